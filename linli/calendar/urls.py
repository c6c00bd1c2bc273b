"""Routes of the calendar of working days."""

from django.urls import path

from . import views

app_name = "calendar"
urlpatterns = [
    path("calendar/", views.this_year, name="this_year"),
    path("calendar/<int:year>/", views.year, name="year"),
]
