from django.urls import path

from ..views import audit as views

urlpatterns = [path("desk/audit/", views.audit_log, name="audit")]
