"""The outbox of a demo: everything that was sent can be read here. In a real instance there is no such page."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import queries


@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Newest first, by keyset."""
    if not settings.LINLI_DEMO:
        raise Http404
    try:
        before = UUID(request.GET["before"]) if "before" in request.GET else None
    except ValueError:
        raise Http404 from None
    entries, older = queries.outbox(before)
    return render(request, "gateways/outbox.html", {"entries": entries, "older": older, "before": before})


outbox.access = "public"  # type: ignore[attr-defined]  # the decorators live above, in people
