"""Downloads."""

from django.urls import path

from . import views

app_name = "files"
urlpatterns = [path("files/<uuid:pk>/<slug:size>", views.download, name="download")]
