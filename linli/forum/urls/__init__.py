"""All routes of the forum, by noun."""

from django.urls import include, path

app_name = "forum"
NOUNS = ("boards", "topics", "posts", "reading", "polls", "moderation")
urlpatterns = [path("", include(f"linli.forum.urls.{noun}")) for noun in NOUNS]
