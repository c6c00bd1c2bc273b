"""Bringing an office's list of homes in: choose the file, look at what would happen, confirm."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.areas.api import (
    Area,
    HomesDraft,
    HomesPlan,
    HomeUse,
    Level,
    ancestors,
    guess_columns,
    import_homes,
    plan_homes,
    start_homes,
)
from linli.common import clock
from linli.common.errors import UserError
from linli.people.api import P, needs, require

from ..forms import ColumnsForm, UploadForm
from ..words import square_metres
from .chart import floor_name
from .places import crumbs_of

SAMPLE = 12
MOST_BAD = 100


def _frame(compound: Area) -> dict[str, Any]:
    above = [area for area in ancestors(compound) if area.level >= Level.COMMUNITY]
    return {"compound": compound, "crumbs": crumbs_of([*above, compound])}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.HOMES_EDIT)
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    compound = get_object_or_404(Area, pk=pk, level=Level.COMPOUND, valid_to=None)
    actor = request.actor  # type: ignore[attr-defined]
    require(actor, P.HOMES_EDIT, compound)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            draft = start_homes(compound=compound, source=file.file, name=file.name, by=actor, now=clock.now())
            return redirect("portal:homes_draft", draft.pk)
        except UserError as error:
            form.add_error("file", str(error))
    return render(request, "portal/homes_upload.html", {**_frame(compound), "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.HOMES_EDIT)
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    waiting = get_object_or_404(HomesDraft.objects.select_related("compound"), pk=pk)
    if waiting.by != actor.person_id:
        raise Http404
    compound = waiting.compound
    require(actor, P.HOMES_EDIT, compound)
    headers, rows = json.loads(waiting.content)
    form = ColumnsForm(headers, guess_columns(headers), request.POST if request.method == "POST" else request.GET)
    columns = form.columns()
    problem = ""
    if request.method == "POST":
        skip = {int(line) for line in request.POST.getlist("skip") if line.isdecimal() and len(line) < 9}
        try:
            plan = import_homes(compound=compound, rows=rows, columns=columns, skip=skip, by=actor, now=clock.now())
            waiting.delete()
            messages.success(request, _("新增 %(new)d 户，更新 %(changed)d 户。") % {"new": len(plan.new), "changed": len(plan.changed)})
            return redirect("portal:place", compound.pk)
        except UserError as error:
            problem = str(error)
    context = {**_frame(compound), "draft": waiting, "form": form, "columns": columns, "problem": problem}
    return render(request, "portal/homes_draft.html", {**context, **_preview(compound, rows, columns, len(rows))})


def _preview(compound: Area, rows: list[Any], columns: dict[str, int], total: int) -> dict[str, Any]:
    try:
        plan = plan_homes(compound=compound, rows=rows, columns=columns)
    except UserError as error:
        return {"missing": str(error), "total": total}
    return {
        "total": total, "plan": plan, "sample": _sample(plan), "bad": plan.bad[:MOST_BAD], "bad_more": len(plan.bad) - MOST_BAD,
        "nothing": not (plan.new or plan.changed),
    }  # fmt: skip


def _sample(plan: HomesPlan) -> list[dict[str, Any]]:
    """The first homes as they were understood."""
    changed = [row for _home, row in plan.changed]
    return [
        {
            "row": row, "floor": floor_name(row.floor), "area": square_metres(row.floor_area, exact=True),
            "use": HomeUse(row.use).label if row.use else "",
        }
        for row in [*plan.new, *changed][:SAMPLE]
    ]  # fmt: skip
