"""Routes of topics."""

from django.urls import URLPattern, path

from ..views import topics

urlpatterns: list[URLPattern] = [
    path("boards/<int:pk>/new/", topics.new, name="topic_new"),
    path("topics/<int:pk>/", topics.topic, name="topic"),
    path("topics/<int:pk>/reply/", topics.reply, name="reply"),
]
