"""Printing the paper codes of a building or compound. The sheets are the answer to the press of the button, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.areas.api import Area, Level
from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.common.ids import uuid7
from linli.common.later import later

from .. import rules
from ..access import needs, require
from ..actions.home_codes import MOST_HOMES, Slip, homes_of, in_force, print_codes
from ..permissions import P
from ..queries.residency import committee_of, existing_place, place_names, steps_down

KEY = "print_key"
PER_SHEET = 8


@needs(P.CODES_PRINT)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Down to a compound or building."""
    today = clock.local_date(clock.now())
    at = existing_place(request.GET.get("at"), today)
    paths = request.actor.paths_for(P.CODES_PRINT)  # type: ignore[attr-defined]
    steps = steps_down(at, today, within=paths)
    if steps is None:
        raise Http404
    return render(request, "people/codes/index.html", {"at": steps.at, **_links(steps)})


def _links(steps: Any) -> dict[str, Any]:
    down, here = reverse("people:home_codes"), "people:home_codes_place"
    links = [
        {"label": a.name, "url": reverse(here, args=[a.pk]) if a.level >= Level.COMPOUND else f"{down}?at={a.pk}"}
        for a in steps.options
        if a.level <= Level.BUILDING
    ]
    return {"links": links, "crumbs": [{"label": a.name, "url": f"{down}?at={a.pk}"} for a in steps.above]}


@needs(P.CODES_PRINT)
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Look once more, then print. The same page sent twice prints once: a second print would void the first."""
    now = clock.now()
    area = existing_place(pk, clock.local_date(now))
    if area is None or area.level < Level.COMPOUND:
        raise Http404
    require(request.actor, P.CODES_PRINT, area)  # type: ignore[attr-defined]
    error = ""
    if request.method == "POST":
        if not request.POST.get("key") or request.session.pop(KEY, "") != request.POST["key"]:
            messages.warning(request, _("这一批已经印过了。要作废旧的再印一批，请再按一次“印”"))
            return redirect("people:home_codes_place", pk)
        try:
            return _sheets(request, area, print_codes(by=request.actor, place=area, now=now))  # type: ignore[attr-defined]
        except NotAllowed:
            raise Http404 from None
        except UserError as problem:
            error = str(problem)
    request.session[KEY] = str(uuid7())
    homes, codes = len(list(homes_of(area, now))), in_force(area, now)
    steps = steps_down(area, clock.local_date(now))
    context = {"area": area, "homes": homes, "codes": codes, "key": request.session[KEY], "error": error}
    context |= {"too_many": homes > MOST_HOMES, "days": rules.CODE_DAYS, "uses": rules.CODE_USES, "pages": -(-homes // PER_SHEET)}
    buildings = [a for a in steps.options if a.level == Level.BUILDING] if steps else []
    links = [{"label": a.name, "url": reverse("people:home_codes_place", args=[a.pk])} for a in buildings]
    return render(request, "people/codes/place.html", {**context, "links": links, **_above(steps)})


def _above(steps: Any) -> dict[str, Any]:
    return {"crumbs": _links(steps)["crumbs"]} if steps else {}


def _sheets(request: HttpRequest, area: Area, slips: list[Slip]) -> HttpResponse:
    names = place_names(slip.home for slip in slips)
    papers = [
        {
            "place": names[slip.home.pk],
            "code": " ".join(slip.code[n : n + 4] for n in range(0, len(slip.code), 4)),
            "qr": qr(f"{settings.LINLI_ORIGIN}{reverse('people:home_code', args=[slip.code])}"),
        }
        for slip in slips
    ]
    now = clock.now()
    context = {
        "area": area, "sheets": [papers[n : n + PER_SHEET] for n in range(0, len(papers), PER_SHEET)],
        "until": now + timedelta(days=rules.CODE_DAYS), "uses": rules.CODE_USES,
        "committee": committee_of(area, clock.local_date(now)), "origin": settings.LINLI_ORIGIN.partition("://")[2],
        "back": reverse("people:home_codes_place", args=[area.pk]),
    }  # fmt: skip
    response = render(request, "people/codes/print.html", context)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "strict-origin"
    return response


def qr(text: str) -> str:
    """A QR code as an address for <img>."""
    return later("segno").make(text, error="m", micro=False).svg_data_uri(border=2, scale=1, dark="#000", light="#fff")
