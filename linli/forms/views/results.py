"""What was sent, for the body that asked: a list with what names a person masked, one in clear, a table to take out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from linli.common import audit, clock
from linli.common.sheets import CSV, XLSX, Column, Value, csv_chunks, xlsx_chunks
from linli.design.forms import PlainForm
from linli.people.api import needs

from .. import queries as read
from ..filling_form import origin_of
from ..models import Filling, FormKind
from ..permissions import F, is_of
from ..rules.shown import is_private, lines
from ..rules.states import FillingState
from ..serving import actor_of
from .desk import own_kind

PAGE = 30
SHOWN = 3  # answers that a row of the list tells


class ExportForm(PlainForm):
    file = forms.ChoiceField(
        label=gettext_lazy("存成"), widget=forms.RadioSelect, choices=[("xlsx", "Excel"), ("csv", "CSV")], initial="xlsx"
    )
    in_clear = forms.BooleanField(
        label=gettext_lazy("连同姓名、电话、住址这些"), required=False,
        help_text=gettext_lazy("不勾就遮住。勾了会记下来，每个填表的人都看得到是谁导出、为什么"),
    )  # fmt: skip
    purpose = forms.CharField(label=gettext_lazy("用来做什么"), max_length=200)


@require_safe
@needs(F.FORM_READ)
def results(request: HttpRequest, pk: UUID) -> HttpResponse:
    kind = own_kind(request, pk, F.FORM_READ)
    page = Paginator(read.sent_to(kind), PAGE).get_page(request.GET.get("page"))
    rows = [(row, list(lines(row.version.definition, row.answers, masked=True))[:SHOWN]) for row in page.object_list]
    return render(request, "forms/desk/results.html", {"kind": kind, "page": page, "rows": rows})


@require_safe
@needs(F.FORM_READ)
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One in clear; that it was read stands in the audit, and its person sees that."""
    filling, actor = read.filling(pk), actor_of(request)
    if filling is None or filling.state != FillingState.SENT or not is_of(actor, F.FORM_READ, filling.version.kind):
        raise Http404
    if request.method == "GET":
        audit.record(
            actor=actor, action="filling.read", subject=filling, about=filling.person_id, place=filling.version.kind.place, now=clock.now()
        )
    answers = lines(filling.version.definition, filling.answers)
    rows = [{"label": line.label, "text": line.text, "origin": origin_of(filling, line.key)} for line in answers]
    return render(request, "forms/desk/result.html", {"filling": filling, "kind": filling.version.kind, "lines": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(F.FORM_READ)
def export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A table of all that was sent. Personal facts only on a tick, and then each person sees who took them and why."""
    kind = own_kind(request, pk, F.FORM_READ)
    form = ExportForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "forms/desk/export.html", {"kind": kind, "form": form, "sent": read.sent_to(kind).count()})
    in_clear = form.cleaned_data["in_clear"]
    _note(request, kind, in_clear, form.cleaned_data["purpose"])
    questions = list(read.all_questions(kind))
    columns = [Column(_("编号"), 14), Column(_("交的时间"), 18), Column(_("怎么来的"), 8)]
    columns += [Column(str(definition.find(key).title), 18) for key, definition in questions]  # type: ignore[union-attr]
    rows = _rows(kind, [key for key, _definition in questions], in_clear)
    as_csv = form.cleaned_data["file"] == "csv"
    chunks = csv_chunks(columns, rows) if as_csv else xlsx_chunks(columns, rows, title=kind.title)
    response = StreamingHttpResponse(chunks, content_type=CSV if as_csv else XLSX)
    name = f"{kind.title}.{'csv' if as_csv else 'xlsx'}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return cast(HttpResponse, response)


@transaction.atomic
def _note(request: HttpRequest, kind: FormKind, in_clear: bool, purpose: str) -> None:
    actor, now = actor_of(request), clock.now()
    common: dict[str, Any] = {"actor": actor, "place": kind.place, "purpose": purpose, "now": now}
    audit.record(action="form.export", subject=kind, detail={"in_clear": in_clear}, **common)
    if in_clear:
        for person in read.sent_to(kind).exclude(person=None).order_by("person").values_list("person", flat=True).distinct():
            audit.record(action="filling.export", subject=kind, about=person, **common)


def _rows(kind: FormKind, keys: list[str], in_clear: bool) -> Iterator[list[Value]]:
    for row in read.sent_to(kind).iterator(200):
        yield [row.code, f"{timezone.localtime(row.sent_at):%Y-%m-%d %H:%M}", str(row.get_channel_display()), *_cells(row, keys, in_clear)]


def _cells(row: Filling, keys: list[str], in_clear: bool) -> Iterator[Value]:
    answers, definition = row.answers, row.version.definition
    said = {line.key: line.text for line in lines(definition, answers, masked=not in_clear)}
    for key in keys:
        one, value = definition.find(key), answers.get(key)
        plain = one is not None and not one.format and type(value) is int and not is_private(one)
        yield value if plain else said.get(key)
