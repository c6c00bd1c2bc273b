"""Routes of the pages of places."""

from django.urls import path

from . import notice_urls
from .views import chart, edits, home, homes, homes_export, pages, places, search, site

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("streets/", home.streets, name="streets"),
    path("s/<str:slug>/", site.site, name="site"),
    *notice_urls.urlpatterns,
    path("find/", home.find, name="find"),
    path("search/", search.search, name="search"),
    path("phones/", home.phones, name="phones"),
    path("places/<int:pk>/", places.place, name="place"),
    path("places/<int:pk>/chart/", chart.chart, name="chart"),
    path("places/<int:pk>/homes/", homes.upload, name="homes"),
    path("places/<int:pk>/homes/export/", homes_export.export, name="homes_export"),
    path("places/<int:pk>/edit/", edits.place, name="place_edit"),
    path("places/homes/<int:pk>/edit/", edits.home, name="home_edit"),
    path("places/homes/<uuid:pk>/", homes.draft, name="homes_draft"),
    path("about/", pages.about, name="about"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
]
