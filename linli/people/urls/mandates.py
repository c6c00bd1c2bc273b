"""Mandates, and as whom one acts."""

from django.urls import path

from ..views import acting, mandates

urlpatterns = [
    path("acting/", acting.acting, name="acting"),
    path("mandates/", mandates.home, name="mandates"),
    path("mandates/give/", mandates.give, name="mandate_give"),
    path("mandates/<uuid:key>/revoke/", mandates.revoke, name="mandate_revoke"),
    path("desk/mandates/", mandates.desk, name="mandates_desk"),
    path("desk/mandates/<uuid:key>/revoke/", mandates.desk_revoke, name="mandate_desk_revoke"),
]
