from django.urls import path, re_path

from .views import about, georeport, hsds, keys, reading

app_name = "openapi"
FORM = r"\.(?P<form>json|xml)$"
urlpatterns = [
    path("api/", about.about, name="interface"),
    path("api/v1/openapi.json", reading.openapi, name="document"),
    path("api/v1/<slug:name>", reading.resource, name="resource"),
    path("hsds/", hsds.root, name="hsds"),
    path("hsds/services", hsds.services, name="hsds_services"),
    path("hsds/services/<str:key>", hsds.service, name="hsds_service"),
    path("hsds/organizations", hsds.organizations, name="hsds_organizations"),
    path("hsds/organizations/<str:key>", hsds.organization, name="hsds_organization"),
    path("desk/api-keys/", keys.keys, name="keys"),
    path("desk/api-keys/<uuid:pk>/revoke/", keys.revoke, name="key_revoke"),
    re_path(rf"^open311/discovery{FORM}", georeport.discovery, name="discovery"),
    re_path(rf"^open311/v2/services{FORM}", georeport.service_list, name="services"),
    re_path(rf"^open311/v2/services/(?P<code>[a-z_]{{1,30}}){FORM}", georeport.service, name="service"),
    re_path(rf"^open311/v2/requests{FORM}", georeport.request_list, name="requests"),
    re_path(rf"^open311/v2/requests/(?P<key>[0-9A-Za-z-]{{1,64}}){FORM}", georeport.request_one, name="request"),
    re_path(rf"^open311/v2/tokens/(?P<key>[0-9A-Za-z-]{{1,64}}){FORM}", georeport.token, name="token"),
]
