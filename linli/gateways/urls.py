"""Included under /demo/ and only in a demo."""

from django.urls import path

from . import views

app_name = "gateways"
urlpatterns = [path("outbox/", views.outbox, name="outbox")]
