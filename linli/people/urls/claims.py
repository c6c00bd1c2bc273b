from django.urls import URLPattern, path

from ..views import claims, home_codes, roll

urlpatterns: list[URLPattern] = [
    path("desk/claims/", claims.desk, name="claims"),
    path("desk/claims/<uuid:pk>/", claims.one, name="claims_one"),
    path("desk/claims/<uuid:pk>/decide/", claims.decide, name="claims_decide"),
    path("desk/claims/<uuid:pk>/look/", claims.look, name="claims_look"),
    path("desk/claims/<uuid:pk>/end/", claims.end, name="claims_end"),
    path("desk/counter/", claims.counter, name="counter"),
    path("desk/home-codes/", home_codes.index, name="home_codes"),
    path("desk/home-codes/<int:pk>/", home_codes.place, name="home_codes_place"),
    path("desk/roll/", roll.index, name="roll"),
    path("desk/roll/<int:pk>/", roll.upload, name="roll_upload"),
    path("desk/roll/<int:pk>/import/", roll.take, name="roll_import"),
]
