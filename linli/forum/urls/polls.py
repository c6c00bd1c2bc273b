"""Routes of polls."""

from django.urls import path

from ..views import polls

urlpatterns = [
    path("posts/<int:pk>/poll/", polls.new, name="poll_new"),
    path("polls/<int:pk>/", polls.poll, name="poll"),
    path("polls/<int:pk>/close/", polls.close, name="poll_close"),
]
