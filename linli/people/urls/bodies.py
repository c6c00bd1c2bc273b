from django.urls import path

from ..views import bodies as views
from ..views import succession
from . import posts

urlpatterns = [
    path("bodies/<uuid:pk>/", views.body, name="body"),
    path("desk/bodies/", views.bodies, name="bodies"),
    path("desk/bodies/new/", views.body_create, name="body_create"),
    path("desk/bodies/<uuid:pk>/", views.body_desk, name="body_desk"),
    path("desk/bodies/<uuid:pk>/edit/", views.body_edit, name="body_edit"),
    path("desk/bodies/<uuid:pk>/places/", views.body_move, name="body_move"),
    path("desk/bodies/<uuid:pk>/end/", views.body_end, name="body_end"),
    path("desk/bodies/<uuid:pk>/rename/", succession.body_rename, name="body_rename"),
    path("desk/bodies/<uuid:pk>/split/", succession.body_split, name="body_split"),
    path("desk/bodies/<uuid:pk>/merge/", succession.body_merge, name="body_merge"),
    *posts.urlpatterns,
]
