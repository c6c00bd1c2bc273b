"""All routes. Each is named in the tables under tests/policy/ before it exists."""

from django.conf import settings
from django.urls import include, path

handler500 = "linli.design.errors.server_error"
urlpatterns = [
    path("", include("linli.sites.urls")),  # before portal, whose s/<slug>/ would take s/new/
    path("", include("linli.forum.urls")),  # most of what is asked for
    path("", include("linli.portal.urls")),
    path("", include("linli.studio.urls")),
    path("", include("linli.people.urls")),
    path("", include("linli.search.urls")),
    path("", include("linli.files.urls")),
    path("", include("linli.forms.urls")),
    path("", include("linli.areas.urls")),
    path("", include("linli.calendar.urls")),
    path("", include("linli.messaging.urls")),
    path("", include("linli.activities.urls")),
    path("", include("linli.deliberation.urls")),
    path("", include("linli.casework.urls")),
    path("", include("linli.openapi.urls")),
    path("", include("linli.services.urls")),
    path("", include("linli.design.urls")),
    path("account/", include("linli.people.urls.signin")),
]
if settings.LINLI_DEMO:
    urlpatterns += [path("demo/", include("linli.demo.urls")), path("demo/", include("linli.gateways.urls"))]
