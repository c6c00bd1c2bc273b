"""Routes of reading: what concerns one, following, reactions, tags, one's own posts, and writing for another."""

from django.urls import URLPattern, path

from ..views import for_others, home, own, reacting, reading, tags

urlpatterns: list[URLPattern] = [
    path("forum/", home.for_you, name="for_you"),
    path("forum/near/", home.near, name="near"),
    path("forum/following/", reading.following, name="following"),
    path("forum/all-read/", reading.all_read, name="all_read"),
    path("forum/mine/", own.mine, name="mine"),
    path("forum/mine.json", own.mine_json, name="mine_json"),
    path("forum/mine.html", own.mine_html, name="mine_html"),
    path("s/<str:slug>/forum/tags/", tags.tags, name="tags"),
    path("s/<str:slug>/forum/tags/<str:word>/", tags.tagged, name="tagged"),
    path("forum/following/<int:pk>/end/", reading.unfollow, name="unfollow"),
    path("boards/<int:pk>/follow/", reading.follow_a_board, name="follow_board"),
    path("boards/<int:pk>/for-another/", for_others.topic, name="topic_for_other"),
    path("topics/<int:pk>/follow/", reading.follow_a_topic, name="follow_topic"),
    path("topics/<int:pk>/new/", reading.first_unread_post, name="first_unread"),
    path("topics/<int:pk>/new-posts/", reading.new_posts, name="new_posts"),
    path("topics/<int:pk>/press/", reacting.press, name="press"),
    path("topics/<int:pk>/for-another/", for_others.reply, name="reply_for_other"),
    path("posts/<int:pk>/follow/", reading.follow_an_author, name="follow_author"),
    path("posts/<int:pk>/react/", reacting.react, name="react"),
    path("posts/<int:pk>/solves/", reacting.solves, name="solves"),
]
