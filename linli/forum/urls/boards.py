"""Routes of boards."""

from django.urls import URLPattern, path

from ..views import boards, feeds

urlpatterns: list[URLPattern] = [
    path("s/<str:slug>/forum/", boards.boards, name="boards"),
    path("s/<str:slug>/forum/atom.xml", feeds.site, name="feed"),
    path("s/<str:slug>/forum/open/", boards.new, name="board_new"),
    path("boards/<int:pk>/", boards.board, name="board"),
    path("boards/<int:pk>/atom.xml", feeds.board, name="board_feed"),
    path("boards/<int:pk>/shape/", boards.shape, name="board_shape"),
    path("forum/drafts/", boards.drafts, name="drafts"),
    path("forum/drafts/<int:pk>/discard/", boards.discard, name="draft_discard"),
    path("desk/forum/boards/", boards.desk, name="boards_desk"),
]
