"""Routes of service items."""

from django.urls import path

from .views import desk, edit, public

app_name = "services"
urlpatterns = [
    path("s/<str:slug>/services/", public.items, name="items"),
    path("services/<uuid:pk>/", public.item, name="item"),
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
