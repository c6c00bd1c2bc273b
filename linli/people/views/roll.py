"""Importing an office's roll of homes: choose the compound, look at what was understood, then take it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.areas.api import Area, Level, read_table
from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.common.text import mask_name, mask_phone

from ..access import needs, require
from ..actions.roll import COLUMNS, Preview, import_roll, open_preview, read_roll, seal_preview
from ..forms.roll import RollForm
from ..models import RollEntry
from ..permissions import P
from ..queries.residency import existing_place, place_names, steps_down
from ..rules import ResidencyKind
from .claiming import typed

SHOWN = 10


@needs(P.HOMES_EDIT)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    today = clock.local_date(clock.now())
    at = existing_place(request.GET.get("at"), today)
    steps = steps_down(at, today, within=request.actor.paths_for(P.HOMES_EDIT))  # type: ignore[attr-defined]
    if steps is None:
        raise Http404
    down = reverse("people:roll")
    links = [
        {"label": a.name, "url": reverse("people:roll_upload", args=[a.pk]) if a.level >= Level.COMPOUND else f"{down}?at={a.pk}"}
        for a in steps.options
        if a.level <= Level.COMPOUND
    ]
    crumbs = [{"label": a.name, "url": f"{down}?at={a.pk}"} for a in steps.above]
    return render(request, "people/roll/index.html", {"at": steps.at, "links": links, "crumbs": crumbs})


def _compound(request: HttpRequest, pk: int) -> Area:
    area = existing_place(pk, clock.local_date(clock.now()))
    if area is None or area.level not in (Level.COMPOUND, Level.BUILDING):
        raise Http404
    require(request.actor, P.HOMES_EDIT, area)  # type: ignore[attr-defined]
    return area


@needs(P.HOMES_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    area = _compound(request, pk)
    form = RollForm(typed(request), request.FILES or None)
    context: dict[str, Any] = {"area": area, "form": form, "known": RollEntry.objects.filter(home__path__under=area.path).count()}
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        try:
            table = read_table(form.cleaned_data["file"], form.cleaned_data["file"].name)
            preview = read_roll(by=request.actor, place=area, table=table, now=now)  # type: ignore[attr-defined]
        except NotAllowed:
            raise Http404 from None
        except UserError as error:
            form.add_error("file", str(error))
        else:
            sealed = seal_preview(by=request.actor, place=area, lines=preview.lines, now=now)  # type: ignore[attr-defined]
            return render(request, "people/roll/preview.html", {"area": area, "sealed": sealed, **_shown(preview)})
    return render(request, "people/roll/upload.html", context)


def _shown(preview: Preview) -> dict[str, Any]:
    """The first lines, masked: whether the columns are right can be seen without reading anybody's number."""
    lines = preview.lines[:SHOWN]
    names = place_names(Area.objects.filter(pk__in={line.home for line in lines}))
    return {
        "columns": [(COLUMNS[key][0], name) for key, name in preview.columns.items()],
        "sample": [
            {"place": names.get(line.home, ""), "name": mask_name(line.name),
             "phone": mask_phone(line.phone) if line.phone else "", "kind": ResidencyKind(line.kind).label}
            for line in lines
        ],
        "people": len(preview.lines), "homes": preview.homes, "problems": preview.problems[:50],
        "problem_count": len(preview.problems),
    }  # fmt: skip


@needs(P.HOMES_EDIT)
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    area, now = _compound(request, pk), clock.now()
    try:
        lines = open_preview(by=request.actor, place=area, sealed=request.POST.get("lines", ""), now=now)  # type: ignore[attr-defined]
        done = import_roll(by=request.actor, place=area, lines=lines, now=now)  # type: ignore[attr-defined]
    except NotAllowed:
        raise Http404 from None
    except UserError as error:
        messages.error(request, str(error))
        return redirect("people:roll_upload", pk)
    facts = {"new": done.new, "same": done.same, "gone": done.gone}
    messages.success(request, _("名册导入好了：新 %(new)d 条，没变 %(same)d 条，去掉 %(gone)d 条") % facts)
    return redirect("people:roll_upload", pk)
