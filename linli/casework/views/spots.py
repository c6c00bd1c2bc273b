"""Spots with their printed codes."""

from __future__ import annotations

from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.areas.api import Area, Level
from linli.common import clock
from linli.common.errors import NotAllowed
from linli.people.api import Actor, needs

from ..actions.spots import add_spot, retire_spot
from ..forms.spots import SpotForm
from ..models import Spot
from ..permissions import C
from ..themes import theme
from .opened import actor_of


def _places(actor: Actor) -> list[Area]:
    """The compounds, and the places above them, where the actor may put up spots."""
    rows = Area.objects.filter(valid_to=None, level__in=(Level.STREET, Level.COMMUNITY, Level.COMPOUND))
    return list(rows.under_any(actor.paths_for(C.CASE_TABLES)).order_by("path"))


def _spots(actor: Actor) -> list[Spot]:
    rows = Spot.objects.filter(place__in=[one.pk for one in _places(actor)]).select_related("place")
    return list(rows.order_by("retired_at", "place__path", "name"))


@require_safe
@needs(C.CASE_TABLES)
def spots(request: HttpRequest) -> HttpResponse:
    found = _spots(actor_of(request))
    rows = [{"spot": one, "theme": theme(one.theme)} for one in found]
    return render(request, "casework/spots/list.html", {"rows": rows, "living": any(one.retired_at is None for one in found)})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(C.CASE_TABLES)
def new(request: HttpRequest) -> HttpResponse:
    form = SpotForm(request.POST if request.method == "POST" else None, places=_places(actor_of(request)))
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        spot = add_spot(
            place=form.places[got["place"]], name=got["name"], where=got["where"], theme=got["theme"], by=actor_of(request), now=clock.now()
        )
        messages.success(request, _("“%(name)s”加好了，去打印二维码") % {"name": spot.name})
        return redirect("casework:spots")
    return render(request, "casework/spots/new.html", {"form": form})


@require_POST
@needs(C.CASE_TABLES)
def retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    try:
        spot = retire_spot(spot=pk, by=actor_of(request), now=clock.now())
    except (NotAllowed, Spot.DoesNotExist):
        raise Http404 from None
    messages.success(request, _("“%(name)s”停用了，码扫不开了") % {"name": spot.name})
    return redirect("casework:spots")


@require_safe
@needs(C.CASE_TABLES)
def sheets(request: HttpRequest) -> HttpResponse:
    """A sheet each, with large words; `?spot=` one alone."""
    wanted = request.GET.get("spot", "")
    found = [one for one in _spots(actor_of(request)) if one.retired_at is None and wanted in ("", str(one.pk))]
    if not found:
        raise Http404
    papers = [{"spot": one, "qr": qr(settings.LINLI_ORIGIN + reverse("casework:spot", args=[one.code]))} for one in found]
    context = {"papers": papers, "back": reverse("casework:spots"), "hotline": settings.LINLI_INSTANCE.hotline}
    return render(request, "casework/spots/print.html", context)


def qr(text: str) -> str:
    """A QR code as an address for <img>: nothing is asked from elsewhere."""
    return segno.make(text, error="m", micro=False).svg_data_uri(border=2, scale=1, dark="#000", light="#fff")
