"""Downloads, and the photos that prove a residency claim."""

from django.urls import path

from .views import downloads, proofs

app_name = "files"
urlpatterns = [
    path("files/<uuid:pk>/<slug:size>", downloads.download, name="download"),
    path("residency/<uuid:pk>/photos/", proofs.photos, name="proofs"),
    path("residency/photos/<uuid:pk>/remove/", proofs.remove, name="proof_remove"),
    path("desk/claims/photos/<uuid:pk>/", proofs.look, name="proof"),
]
