"""Routes of the pages of places."""

from django.urls import include, path

from . import notice_urls
from .views import albums, blog, chart, duty, edits, feeds, home, homes, homes_export, pages, places, search, site

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("streets/", home.streets, name="streets"),
    path("s/<str:slug>/", site.site, name="site"),
    *notice_urls.urlpatterns,
    path("s/<str:slug>/blog/", blog.posts, name="blog"),
    path("s/<str:slug>/blog/atom.xml", feeds.blog, name="blog_feed"),
    path("s/<str:slug>/blog/new/", blog.new, name="blog_new"),
    path("blog/mine/", blog.mine, name="blog_mine"),
    path("blog/<uuid:pk>/", blog.post, name="blog_post"),
    path("blog/<uuid:pk>/edit/", blog.edit, name="blog_edit"),
    path("blog/<uuid:pk>/history/", blog.history, name="blog_history"),
    path("blog/<uuid:pk>/author/", blog.by_author, name="blog_author"),
    path("blog/<uuid:pk>/withdraw/", blog.withdraw, name="blog_withdraw"),
    path("s/<str:slug>/albums/", albums.albums, name="albums"),
    path("s/<str:slug>/albums/atom.xml", feeds.albums, name="albums_feed"),
    path("s/<str:slug>/albums/new/", albums.new, name="album_new"),
    path("albums/<uuid:pk>/", albums.album, name="album"),
    path("albums/<uuid:pk>/edit/", albums.edit, name="album_edit"),
    path("albums/<uuid:pk>/withdraw/", albums.withdraw, name="album_withdraw"),
    path("albums/pictures/<uuid:pk>/", albums.picture, name="album_picture"),
    path("albums/pictures/<uuid:pk>/report/", albums.report, name="picture_report"),
    path("desk/pictures/", albums.reports, name="picture_reports"),
    path("desk/pictures/<uuid:pk>/", albums.report_one, name="picture_report_one"),
    path("desk/site/<str:slug>/duty/", duty.desk, name="duty_desk"),
    path("desk/duty/<uuid:pk>/", duty.one, name="duty_one"),
    path("find/", home.find, name="find"),
    path("search/", search.search, name="search"),
    path("", include("linli.portal.directory_urls")),
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
