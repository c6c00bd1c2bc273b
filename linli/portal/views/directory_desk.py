"""The keepers' desk of the directory: what to verify, what readers report, adding and correcting."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.common import clock
from linli.common.errors import UserError
from linli.common.text import clean
from linli.people.api import needs, require
from linli.search.api import squash

from .. import directory_queries as book
from ..actions.directory import end_entry, facts_of, save_entry, settle_report, verify_entry
from ..directory_forms import EntryForm, initial_of
from ..directory_permissions import D
from ..directory_rules import Facts
from ..models import DirectoryEntry, DirectoryReport

PAGE = 50


@require_safe
@needs(D.DIRECTORY_EDIT)
def desk(request: HttpRequest) -> HttpResponse:
    """What readers report comes first, then what nobody has verified for half a year."""
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    today, typed = clock.local_date(now), clean(request.GET.get("q", ""))[:60]
    rows = book.desk_rows(actor)
    late = book.kept_by(actor).filter(book.overdue(today)).count()
    only_late = request.GET.get("late") == "1"
    if only_late:
        rows = rows.filter(book.overdue(today))
    if typed:
        rows = rows.filter(plain__contains=squash(typed))
    page = Paginator(rows.order_by("verified_on", "name", "pk"), PAGE).get_page(request.GET.get("page"))
    shown = [{"row": row, "stale": row.stale_on(today), "phone": next((phone.number for phone in row.phones.all()), "")} for row in page]
    context = {
        "shown": shown, "page": page, "late": late, "only_late": only_late, "typed": typed, "reports": book.open_reports(actor),
        "query": "late=1" if only_late else "",
    }  # fmt: skip
    return render(request, "portal/directory/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(D.DIRECTORY_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(D.DIRECTORY_EDIT)
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _form(request, _own(request, pk))


def _own(request: HttpRequest, pk: UUID) -> DirectoryEntry:
    row = book.one(pk)
    if row is None:
        raise Http404
    require(request.actor, D.DIRECTORY_EDIT, row.place)  # type: ignore[attr-defined]
    return row


def _form(request: HttpRequest, row: DirectoryEntry | None) -> HttpResponse:
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    places = book.keeper_places(actor, clock.local_date(now))
    initial = initial_of(facts_of(row)) if row else {"place": places[0].pk if places else None}
    form = EntryForm(request.POST if request.method == "POST" else None, initial=initial, places=places)
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        require(actor, D.DIRECTORY_EDIT, next(place for place in places if place.pk == facts.place))
        try:
            saved = save_entry(facts=_verified(facts, now), entry=row, by=actor, now=now)
            messages.success(request, _("“%(name)s”存好了，今天核对过。") % {"name": saved.name})
            return redirect("portal:phones_desk")
        except UserError as error:
            form.add_error(error.field, str(error))
    return render(request, "portal/directory/form.html", {"form": form, "row": row})


def _verified(facts: Facts, now: datetime) -> Facts:
    """Who types it has looked at it: it counts as verified today."""
    return replace(facts, verified_on=clock.local_date(now))


@require_POST
@needs(D.DIRECTORY_EDIT)
def verify(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _own(request, pk)
    verify_entry(entry=row, by=request.actor, now=clock.now())  # type: ignore[attr-defined]
    messages.success(request, _("“%(name)s”核对过了。") % {"name": row.name})
    return _back(request)


@require_POST
@needs(D.DIRECTORY_EDIT)
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _own(request, pk)
    end_entry(entry=row, by=request.actor, now=clock.now())  # type: ignore[attr-defined]
    messages.success(request, _("“%(name)s”从电话簿里去掉了。") % {"name": row.name})
    return redirect("portal:phones_desk")


@require_POST
@needs(D.DIRECTORY_EDIT)
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    report = get_object_or_404(DirectoryReport.objects.select_related("entry__place"), pk=pk)
    require(request.actor, D.DIRECTORY_EDIT, report.entry.place)  # type: ignore[attr-defined]
    settle_report(report=report, by=request.actor, now=clock.now())  # type: ignore[attr-defined]
    messages.success(request, _("这条处理好了。"))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the same list."""
    late = "?late=1" if request.POST.get("late") == "1" else ""
    return redirect(redirect("portal:phones_desk").url + late)
