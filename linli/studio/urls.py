"""Routes of guides and files, and of the desks of editors. The editor itself: `editor/urls.py`."""

from django.urls import path

from .views import desk, guides

app_name = "studio"
urlpatterns = [
    path("s/<str:slug>/guides/", guides.guides, name="guides"),
    path("s/<str:slug>/guides/<slug:page>/", guides.guide, name="guide"),
    path("s/<str:slug>/files/", guides.files, name="files"),
    path("desk/site/", desk.desk, name="desk"),
    path("desk/site/<str:slug>/", desk.site, name="desk_site"),
    path("desk/site/<str:slug>/arrange/", desk.arrange, name="arrange"),
    path("desk/site/<str:slug>/look/", desk.look, name="look"),
    path("desk/site/<str:slug>/files/", desk.files, name="desk_files"),
    path("desk/files/<uuid:pk>/remove/", desk.remove, name="file_remove"),
]
