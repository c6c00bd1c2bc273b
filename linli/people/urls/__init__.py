"""Routes of people, one file a noun."""

from . import account, bodies, claims, health, mandates, outbox, people_desk, residency

app_name = "people"
urlpatterns = [
    *account.urlpatterns,
    *residency.urlpatterns,
    *claims.urlpatterns,
    *mandates.urlpatterns,
    *people_desk.urlpatterns,
    *bodies.urlpatterns,
    *outbox.urlpatterns,
    *health.urlpatterns,
]
