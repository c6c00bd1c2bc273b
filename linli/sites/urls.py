"""Routes of sites."""

from django.urls import path

from . import views, views_groups

app_name = "sites"
urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.site_index, name="map"),
    path("s/new/", views_groups.new, name="group_new"),
    path("s/<str:slug>/group/", views_groups.group, name="group"),
    path("me/sites/", views_groups.mine, name="group_mine"),
    path("desk/sites/", views_groups.desk, name="group_desk"),
    path("desk/sites/<uuid:pk>/", views_groups.one, name="group_one"),
    path("s/<str:slug>/sitemap.xml", views.site_map, name="map_of_site"),
    path("s/<str:slug>/mine/", views.mine, name="mine"),
]
