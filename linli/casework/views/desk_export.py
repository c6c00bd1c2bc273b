"""A desk's list as a table for office programs: what the list shows, nothing of who reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import batched
from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.common import audit, clock
from linli.common.sheets import CSV, XLSX, Column, Value, csv_chunks, xlsx_chunks
from linli.people.api import needs

from .. import desk_words
from ..models import Case
from ..permissions import C
from ..queries import desk as read
from .desk import actor_of, asked, desk_of

MOST = 20_000


@require_safe
@needs(C.CASE_WORK)
def export(request: HttpRequest) -> HttpResponse:
    """The list that the address names, as xlsx or with `form=csv` as CSV; that it was taken out stands in the audit."""
    desk, actor, now = desk_of(request), actor_of(request), clock.now()
    show, typed = asked(request, desk)
    chosen = read.chosen(typed, read.places_of(actor))
    plain = request.GET.get("form") == "csv"
    rows: Iterator[list[Value]] = iter(())
    if request.method == "GET":
        audit.record(actor=actor, action="case.export", detail={"show": show.key, "form": "csv" if plain else "xlsx"}, now=now)
        rows = _rows(list(read.on_desk(desk, show, now, chosen).values_list("pk", flat=True)[:MOST]), now)
    columns = [Column(head, 16) for head in desk_words.heads()]
    chunks = csv_chunks(columns, rows) if plain else xlsx_chunks(columns, rows, title=str(show.label))
    response = StreamingHttpResponse(chunks, content_type=CSV if plain else XLSX)
    name = _("工单-%(show)s") % {"show": show.label} + (".csv" if plain else ".xlsx")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return cast(HttpResponse, response)


def _rows(keys: list[UUID], now: datetime) -> Iterator[list[Value]]:
    """In the order of the list, some hundred at a time."""
    for some in batched(keys, 500, strict=False):
        found = {case.pk: case for case in Case.objects.filter(pk__in=some).for_lists()}
        where = desk_words.places(found.values())
        for key in some:
            if key in found:
                case = found[key]
                yield list(desk_words.row(case, now, where[case.place_id]))
