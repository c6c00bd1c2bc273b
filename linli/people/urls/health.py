from django.urls import path

from ..views import health as views

urlpatterns = [path("desk/health/", views.health, name="health")]
