from django.urls import path

from ..views import posts as views

urlpatterns = [
    path("desk/bodies/<uuid:pk>/appoint/", views.post_appoint, name="post_appoint"),
    path("desk/posts/<uuid:pk>/dismiss/", views.post_dismiss, name="post_dismiss"),
]
