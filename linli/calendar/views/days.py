"""The public page of a year's days off and make-up days."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from linli.common import clock
from linli.people.access import public

from .. import queries
from .. import year as years


@require_safe
@public
def this_year(request: HttpRequest) -> HttpResponse:
    return redirect("calendar:year", clock.local_date(clock.now()).year)


@require_safe
@public
def year(request: HttpRequest, year: int) -> HttpResponse:
    """A year with a table, this one or the next; any other is not found."""
    today = clock.local_date(clock.now())
    days = queries.days()
    known = sorted(days.years | {today.year, today.year + 1})
    if year not in known:
        raise Http404
    reasons = queries.reasons(year)
    months = years.months(year, days, reasons, today)
    cells = [cell for month in months for week in month.weeks for cell in week if cell is not None]
    context = {
        "year": year, "has_table": year in days.years, "table": queries.table_of(year),
        "months": months, "holidays": years.holidays(year, days, reasons),
        "working": sum(not cell.rest for cell in cells), "next": year + 1 if year + 1 in known else None,
        "weekdays": [date(2024, 1, day) for day in range(1, 8)], "anchor": clock.start_of(date(year, 1, 1)),
        "before": year - 1 if year - 1 in known else None,
    }  # fmt: skip
    return render(request, "calendar/year.html", context)
