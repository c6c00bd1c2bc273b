"""A directory from a file, looked at before it is written; and given out as a table or as HSDS 3.0."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.areas.api import Area
from linli.common import audit, clock
from linli.common.errors import UserError
from linli.common.sheets import XLSX
from linli.people.api import needs

from .. import directory_exchange as exchange
from .. import directory_queries as book
from .. import directory_sheet
from ..actions.directory import import_entries, keep_draft
from ..directory_forms import ExchangeForm
from ..directory_permissions import D
from ..models import DirectoryDraft

SAMPLE = 20
DRAFT = timedelta(days=1)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(D.DIRECTORY_EDIT)
def upload(request: HttpRequest) -> HttpResponse:
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    places = book.keeper_places(actor, clock.local_date(now))
    form = ExchangeForm(request.POST or None, request.FILES or None, places=places) if request.method == "POST" else ExchangeForm(places=places)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            content = {**exchange.read_file(file.file, file.name), "place": form.cleaned_data["place"]}
            held = keep_draft(content=json.dumps(content), name=file.name, by=actor.person_id, now=now, oldest=now - DRAFT)
            return redirect("portal:phones_draft", held.pk)
        except UserError as error:
            form.add_error("file", str(error))
    return render(request, "portal/directory/upload.html", {"form": form, "columns": directory_sheet.columns()})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(D.DIRECTORY_EDIT)
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    held = get_object_or_404(DirectoryDraft, pk=pk)
    if held.by != actor.person_id:
        raise Http404
    content = json.loads(held.content)
    places = book.keeper_places(actor, clock.local_date(now))
    if content["place"] not in {place.pk for place in places}:
        raise Http404
    plan = exchange.plan_import(content, places=places, otherwise=content["place"])
    problem = ""
    if request.method == "POST":
        if plan.bad:
            problem = _("还有要改的行，什么也没有导入。改好文件再传一次。")
        else:
            n = import_entries(new=plan.new, changed=plan.changed, by=actor, now=now)
            held.delete()
            messages.success(request, _("电话簿导入好了，写进 %(n)d 条。") % {"n": n})
            return redirect("portal:phones_desk")
    rows = [*plan.new, *(facts for _entry, facts in plan.changed)]
    context = {"plan": plan, "draft": held, "rows": rows[:SAMPLE], "bad": plan.bad[:100], "problem": problem}
    return render(request, "portal/directory/draft.html", context)


@require_safe
@needs(D.DIRECTORY_EDIT)
def export(request: HttpRequest) -> HttpResponse:
    """What the reader keeps, as xlsx, or with `?form=hsds` as HSDS 3.0."""
    actor, now = request.actor, clock.now()  # type: ignore[attr-defined]
    hsds = request.GET.get("form") == "hsds"
    rows = book.kept_by(actor).select_related("place").prefetch_related("phones")
    entries = list(rows.order_by("place__level", "place__sort", "place_id", "rank", "name", "pk")) if request.method == "GET" else []
    if request.method == "GET":
        audit.record(actor=actor, action="phone.export", detail={"form": "hsds" if hsds else "xlsx", "rows": len(entries)}, now=now)
    name = _("电话簿") + (".json" if hsds else ".xlsx")
    response = _hsds(actor, entries) if hsds else _xlsx(entries)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _hsds(actor: Any, entries: list[Any]) -> HttpResponse:
    paths = actor.paths_for(D.DIRECTORY_EDIT)
    around = Area.objects.filter(path__in=paths).order_by("level").first()
    content = exchange.hsds_of(entries, around) if around else {}
    return HttpResponse(json.dumps(content, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8")


def _xlsx(entries: list[Any]) -> HttpResponse:
    return cast(HttpResponse, StreamingHttpResponse(exchange.xlsx_of(entries), content_type=XLSX))
