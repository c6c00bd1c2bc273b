"""Routes of service items and of people's papers."""

from django.urls import path

from .views import desk, edit, papers, papers_desk, public

app_name = "services"
urlpatterns = [
    path("s/<str:slug>/services/", public.items, name="items"),
    path("services/<uuid:pk>/", public.item, name="item"),
    path("me/papers/", papers.papers, name="papers"),
    path("me/papers/new/", papers.paper_new, name="paper_new"),
    path("me/papers/<uuid:pk>/", papers.paper, name="paper"),
    path("me/papers/<uuid:pk>/renew/", papers.paper_renew, name="paper_renew"),
    path("me/papers/<uuid:pk>/share/", papers.paper_share, name="paper_share"),
    path("me/papers/<uuid:pk>/remove/", papers.paper_remove, name="paper_remove"),
    path("me/papers/shares/<uuid:pk>/end/", papers.share_end, name="share_end"),
    path("desk/papers/", papers_desk.shown, name="papers_desk"),
    path("desk/papers/<uuid:pk>/", papers_desk.look, name="paper_look"),
    path("desk/services/", desk.desk, name="desk"),
    path("desk/services/new/", desk.new, name="new"),
    path("desk/services/<uuid:pk>/", desk.manage, name="manage"),
    path("desk/services/<uuid:pk>/preview/", desk.preview, name="preview"),
    *(path(f"desk/services/<uuid:pk>/{part}/", edit.page, {"part": part}, name=part) for part in edit.PARTS),
    path("desk/services/<uuid:pk>/publish/", desk.publish, name="publish"),
    path("desk/services/<uuid:pk>/verify/", desk.verify, name="verify"),
    path("desk/services/<uuid:pk>/withdraw/", desk.withdraw, name="withdraw"),
    path("desk/services/<uuid:pk>/drop/", desk.drop, name="drop"),
]
