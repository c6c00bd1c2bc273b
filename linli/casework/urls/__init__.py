"""Routes of cases: the desks', and those of whoever reports."""

from .desk import patterns as of_desks
from .resident import patterns as of_residents

app_name = "casework"
urlpatterns = [*of_residents, *of_desks]
