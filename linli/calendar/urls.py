"""Routes of the calendar of working days."""

from django.urls import path

from .views import days, rules

app_name = "calendar"
urlpatterns = [
    path("calendar/", days.this_year, name="this_year"),
    path("calendar/<int:year>/", days.year, name="year"),
    path("desk/deadlines/", rules.index, name="rules"),
    path("desk/deadlines/<int:pk>/", rules.place, name="rules_place"),
]
