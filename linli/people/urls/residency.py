from django.urls import URLPattern, path

from ..views import claiming, residency

urlpatterns: list[URLPattern] = [
    path("residency/", residency.mine, name="residency"),
    path("residency/claim/", claiming.kind, name="claim"),
    path("residency/claim/home/", claiming.home, name="claim_home"),
    path("residency/claim/place/", claiming.place, name="claim_place"),
    path("residency/claim/proof/", claiming.proof, name="claim_proof"),
    path("residency/claim/check/", claiming.check, name="claim_check"),
    path("residency/<uuid:pk>/", residency.one, name="residency_one"),
    path("residency/<uuid:pk>/done/", residency.done, name="residency_done"),
    path("residency/<uuid:pk>/withdraw/", residency.withdraw, name="residency_withdraw"),
    path("residency/<uuid:pk>/end/", residency.end, name="residency_end"),
    path("residency/<uuid:pk>/renew/", residency.prolong, name="residency_renew"),
    path("home-code/<str:code>/", claiming.scanned, name="home_code"),
]
