"""Routes of cases: the desks', and those of whoever reports."""

from django.urls import URLPattern

from .desk import patterns as of_desks
from .resident import patterns as of_residents

app_name = "casework"
urlpatterns: list[URLPattern] = [*of_residents, *of_desks]
