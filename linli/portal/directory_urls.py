"""Routes of the directory of phones, and of what makes it work without a network."""

from django.urls import path

from .views import directory, directory_desk, directory_exchange, offline

urlpatterns = [
    path("phones/", directory.phones, name="phones"),
    path("phones/<uuid:pk>/", directory.entry, name="phone"),
    path("phones/<uuid:pk>/wrong/", directory.wrong, name="phone_wrong"),
    path("s/<str:slug>/phones/", directory.site_phones, name="site_phones"),
    path("s/<str:slug>/phones/plan/", directory.site_plan, name="site_phones_plan"),
    path("desk/phones/", directory_desk.desk, name="phones_desk"),
    path("desk/phones/new/", directory_desk.new, name="phone_new"),
    path("desk/phones/<uuid:pk>/", directory_desk.edit, name="phone_edit"),
    path("desk/phones/<uuid:pk>/verify/", directory_desk.verify, name="phone_verify"),
    path("desk/phones/<uuid:pk>/end/", directory_desk.end, name="phone_end"),
    path("desk/phones/reports/<uuid:pk>/", directory_desk.settle, name="phone_settle"),
    path("desk/phones/import/", directory_exchange.upload, name="phones_import"),
    path("desk/phones/import/<uuid:pk>/", directory_exchange.draft, name="phones_draft"),
    path("desk/phones/export/", directory_exchange.export, name="phones_export"),
    path("sw.js", offline.worker, name="worker"),
    path("app.webmanifest", offline.manifest, name="manifest"),
]
