"""Routes of sites."""

from django.urls import path

from . import views

app_name = "sites"
urlpatterns = [
    path("s/<str:slug>/mine/", views.mine, name="mine"),
]
