"""The homes of a compound as a table: doors, never persons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.areas.api import HOME_LABELS, Area, HomeUse, Level, home_rows
from linli.common import audit, clock
from linli.common.sheets import CSV, XLSX, Column, Value, csv_chunks, number, xlsx_chunks
from linli.people.api import P, needs, require

WIDTHS = {"building": 14, "entrance": 12, "room": 12, "floor": 8, "floor_area": 12, "use": 12}


@require_safe
@needs(P.HOMES_EDIT)
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """An xlsx, or with `?form=csv` a CSV; what was taken out is in the audit."""
    compound = get_object_or_404(Area, pk=pk, level=Level.COMPOUND)
    actor = request.actor  # type: ignore[attr-defined]
    require(actor, P.HOMES_EDIT, compound)
    plain = request.GET.get("form") == "csv"
    columns = [Column(HOME_LABELS[key], width) for key, width in WIDTHS.items()]
    if request.method == "GET":
        detail = {"form": "csv" if plain else "xlsx"}
        audit.record(actor=actor, action="homes.export", subject=compound, place=compound, detail=detail, now=clock.now())
    rows = _rows(compound) if request.method == "GET" else iter(())
    chunks = csv_chunks(columns, rows) if plain else xlsx_chunks(columns, rows, title=compound.name)
    response = StreamingHttpResponse(chunks, content_type=CSV if plain else XLSX)
    name = _("%(name)s房屋表") % {"name": compound.name} + (".csv" if plain else ".xlsx")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return cast(HttpResponse, response)


def _rows(compound: Area) -> Iterator[list[Value]]:
    """Areas exactly, in square metres; uses in the reader's language."""
    uses = {use.value: str(use.label) for use in HomeUse}
    for building, entrance, room, floor, area, use in home_rows(compound):
        yield [building, entrance, room, floor, number(area), uses.get(use, use)]
