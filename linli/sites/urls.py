"""Routes of sites."""

from django.urls import path

from . import views

app_name = "sites"
urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.site_index, name="map"),
    path("s/<str:slug>/sitemap.xml", views.site_map, name="map_of_site"),
    path("s/<str:slug>/mine/", views.mine, name="mine"),
]
