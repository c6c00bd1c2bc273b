"""The desk of synonyms; the page of results is portal's."""

from django.urls import path

from . import views

app_name = "search"
urlpatterns = [path("desk/synonyms/", views.synonyms, name="synonyms")]
