"""Putting right what the register says of a compound, a building or one home."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.areas.api import Area, Home, Level, ancestors, edit_home, edit_place, move_compound
from linli.common import clock
from linli.common.errors import UserError
from linli.people.api import Actor, P, needs, require

from ..forms import HomeForm, PlaceForm
from ..words import square_metres
from .places import crumbs_of

page = require_http_methods(["GET", "HEAD", "POST"])


def _crumbs(place: Area) -> list[dict[str, Any]]:
    return crumbs_of(
        [area for area in [*ancestors(place), place] if Level.COMMUNITY <= area.level <= Level.BUILDING]
    )


def communities_for(actor: Actor, compound: Area) -> list[Area]:
    """The communities that stand and lie in the actor's places, and the compound's own."""
    mine = Area.objects.under_any(actor.paths_for(P.HOMES_EDIT)).filter(level=Level.COMMUNITY, valid_to=None)
    found = {area.pk: area for area in mine.order_by("path")}
    if compound.parent is not None:
        found.setdefault(compound.parent.pk, compound.parent)
    return list(found.values())


@page
@needs(P.HOMES_EDIT)
def place(request: HttpRequest, pk: int) -> HttpResponse:
    area = get_object_or_404(
        Area.objects.select_related("parent"),
        pk=pk,
        valid_to=None,
        level__in=[Level.COMPOUND, Level.BUILDING],
    )
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, P.HOMES_EDIT, area)
    communities = communities_for(actor, area)
    form = PlaceForm(request.POST if request.method == "POST" else None, place=area, communities=communities)
    if request.method == "POST" and form.is_valid() and _save_place(form, area, communities, actor):
        messages.success(request, _("改好了"))
        return redirect("portal:place", pk)
    context = {
        "place": area,
        "crumbs": _crumbs(area),
        "form": form,
        "back": reverse("portal:place", args=[pk]),
        "heading": area.name,
    }
    return render(request, "portal/edit.html", context)


def _save_place(form: PlaceForm, area: Area, communities: list[Area], actor: Actor) -> bool:
    data, now = form.cleaned_data, clock.now()
    texts = {name: data[name] for name in ("name", "official_name", "latin", "address")}
    target = next((one for one in communities if str(one.pk) == data.get("community")), None)
    try:
        with transaction.atomic():
            edit_place(place=area, plate=data.get("plate", area.plate), by=actor, now=now, **texts)
            if target is not None and target.pk != area.parent_id:
                require(actor, P.HOMES_EDIT, target)
                move_compound(compound=area, community=target, by=actor, now=now)
    except UserError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    return True


@page
@needs(P.HOMES_EDIT)
def home(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Home.objects.select_related("area"), pk=pk, area__valid_to=None)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, P.HOMES_EDIT, row.area)
    building = next((area for area in reversed(ancestors(row.area)) if area.level == Level.BUILDING), None)
    if building is None:
        raise Http404
    initial = {
        "name": row.area.name, "floor": row.floor, "column": row.column, "use": row.use,
        "floor_area": square_metres(row.floor_area).removesuffix(" ㎡"),
    }  # fmt: skip
    form = HomeForm(request.POST if request.method == "POST" else None, initial=initial)
    back = f"{reverse('portal:chart', args=[building.pk])}?home={pk}#home"
    if request.method == "POST" and form.is_valid():
        try:
            edit_home(home=row, by=actor, now=clock.now(), **form.cleaned_data)
        except UserError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("改好了"))
            return redirect(back)
    context = {
        "place": building,
        "crumbs": _crumbs(building),
        "form": form,
        "back": back,
        "heading": f"{building.name} {row.area.name}",
    }
    return render(request, "portal/edit.html", context)
