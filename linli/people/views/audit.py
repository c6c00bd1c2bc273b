"""The audit log of one's places. Who reads it is written into it too."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.common import audit, clock

from ..access import needs
from ..forms.audit import AuditFilter
from ..models import Person
from ..permissions import P
from ..queries import audit as log
from ..queries.reach import acting_place


@require_safe
@needs(P.AUDIT_READ)
@transaction.atomic
def audit_log(request: HttpRequest) -> HttpResponse:
    actor, now = request.actor, clock.now()
    form = AuditFilter(request.GET)
    form.is_valid()
    said = form.cleaned_data
    chosen = {"by": said.get("by"), "action": said.get("action") or "", "day": said.get("day")}
    rows = log.filtered(log.rows_for(actor), before=said.get("before"), **chosen)
    detail = {key: str(value) for key, value in chosen.items() if value}
    audit.record(actor=actor, action="audit.read", place=acting_place(actor), detail=detail, now=now)
    more = rows[log.PAGE - 1].pk if len(rows) > log.PAGE else None
    query = urlencode(detail)
    person = Person.objects.filter(pk=chosen["by"], posts__isnull=False).first() if chosen["by"] else None
    context = {
        "lines": log.as_lines(rows[: log.PAGE]), "form": form, "more": more, "query": query, "later": bool(said.get("before")),
        "person": person, "flags": [] if detail or said.get("before") else log.flags(actor, now),
    }  # fmt: skip
    return render(request, "people/audit/log.html", context)
