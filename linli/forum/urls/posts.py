"""Routes of posts."""

from django.urls import URLPattern, path

from ..views import posts

urlpatterns: list[URLPattern] = [
    path("posts/<int:pk>/", posts.post, name="post"),
    path("posts/<int:pk>/edit/", posts.edit, name="edit"),
    path("posts/<int:pk>/history/", posts.history, name="history"),
]
