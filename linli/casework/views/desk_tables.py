"""Tables of dispatch of the acting body's places: written, tried on last month's cases, switched on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.areas.api import Area
from linli.common import clock
from linli.common.errors import UserError
from linli.people.api import Body, may, needs

from ..actions import tables as verbs
from ..forms.tables import RowsForm
from ..models import Case, DispatchTable, ThemeModel
from ..permissions import C
from ..rules import dispatch
from ..themes import themes
from .desk import actor_of


def _place(request: HttpRequest) -> Area:
    """The place of the acting body, of several the topmost."""
    acting = actor_of(request).acting
    found = Area.objects.filter(path__in=acting.paths if acting else ()).order_by("level", "pk").first()
    if found is None:
        raise Http404
    return found


def _own(request: HttpRequest, pk: UUID) -> DispatchTable:
    row = DispatchTable.objects.select_related("place", "made_by").filter(pk=pk).first()
    if row is None or not may(actor_of(request), C.CASE_TABLES, row.place):
        raise Http404
    return row


@require_safe
@needs(C.CASE_TABLES)
def tables(request: HttpRequest) -> HttpResponse:
    place = _place(request)
    rows = DispatchTable.objects.filter(place=place).select_related("made_by").order_by("-version")[:50]
    model = ThemeModel.objects.filter(place=place).defer("counts").first()
    share = model.right * 100 // model.tested if model is not None and model.tested else 0
    return render(request, "casework/desk/tables.html", {"place": place, "rows": rows, "model": model, "share": share})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(C.CASE_TABLES)
def new(request: HttpRequest) -> HttpResponse:
    """A new version, begun from the newest."""
    place, now = _place(request), clock.now()
    last = DispatchTable.objects.filter(place=place).order_by("-version").first()
    given: dict[str, Any] = {"place": place, "day": clock.local_date(now), "start": dispatch.read(last.rows) if last else []}
    form = RowsForm(request.POST or None, **given)
    if request.method == "POST" and form.is_valid():
        try:
            table = verbs.save_table(place=place, rules=form.rules(), by=actor_of(request), now=now)
        except UserError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("写好了，还没启用。先试一遍"))
            return redirect("casework:table", table.pk)
    return render(request, "casework/desk/table_new.html", {"place": place, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(C.CASE_TABLES)
def table(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One version with what came out of the trial; posted, tried or switched."""
    row = _own(request, pk)
    if request.method == "POST":
        return _press(request, row)
    rules = dispatch.read(row.rows)
    bodies = Body.objects.in_bulk([rule.unit for rule in rules])
    areas = Area.objects.in_bulk([rule.place for rule in rules if rule.place is not None])
    hits = (row.tried or {}).get("rows", [])
    lines = [
        {
            "theme": str(themes()[rule.theme]) if rule.theme in themes() else "", "place": areas[rule.place].name if rule.place in areas else "",
            "hours": rule.hours, "unit": bodies[rule.unit].name if rule.unit in bodies else "", "auto": rule.auto,
            "hits": hits[at] if at < len(hits) else None,
        }
        for at, rule in enumerate(rules)
    ]  # fmt: skip
    return render(request, "casework/desk/table.html", {"row": row, "lines": lines, "named": _named(row)})


def _named(row: DispatchTable) -> list[dict[str, Any]]:
    """Cases that would have gone elsewhere, with from whom to whom."""
    named = (row.tried or {}).get("named", [])
    cases = {str(case.pk): case for case in Case.objects.filter(pk__in=[one[0] for one in named])}
    bodies = {str(body.pk): body for body in Body.objects.filter(pk__in={key for one in named for key in one[1:]})}
    return [
        {"case": cases[pk], "would": bodies[to].name, "did": bodies[was].name}
        for pk, to, was in named if pk in cases and to in bodies and was in bodies
    ]  # fmt: skip


def _press(request: HttpRequest, row: DispatchTable) -> HttpResponse:
    by, now, do = actor_of(request), clock.now(), request.POST.get("do")
    try:
        if do == "try":
            verbs.try_table(table=row.pk, by=by, now=now)
            messages.success(request, _("试好了，看看下面"))
        elif do in ("on", "off"):
            verbs.switch_table(table=row.pk, on=do == "on", by=by, now=now)
            messages.success(request, _("启用了，新来的照它派") if do == "on" else _("停用了"))
    except UserError as error:
        messages.error(request, str(error))
    return redirect("casework:table", row.pk)
