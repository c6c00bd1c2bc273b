"""Finding an account, the page of one, and the people of a building; all masked."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from linli.areas.api import Area, Level
from linli.common import audit, clock

from ..access import needs
from ..actions.finding import find_person, is_card_number
from ..forms.people_desk import RevealForm
from ..forms.posts import FindForm
from ..models import Person
from ..permissions import P
from ..policy import may
from ..queries import people_desk as read
from ..queries.reach import place_of
from ..queries.residency import existing_place, masked_name, steps_down
from .bodies import today
from .trying import FAILED, attempt

PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@needs(P.PEOPLE_FIND)
def people_desk(request: HttpRequest) -> HttpResponse:
    """Found and in reach: his page. By card only, since he handed it over: his name, though he lives elsewhere."""
    actor, context = request.actor, {}
    form = FindForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"]
        person = attempt(form, find_person, actor=actor, text=number, why="desk", now=clock.now())
        if isinstance(person, Person) and place_of(actor, person, P.PEOPLE_FIND, today()):
            return redirect("people:person", person.pk)
        if isinstance(person, Person) and is_card_number(number):
            context = {"stranger": masked_name(person), "may_verify": bool(actor.paths_for(P.CLAIMS_DECIDE))}
        elif person is not FAILED:
            context = {"missed": True}
    context |= {"form": form, "may_list": bool(actor.paths_for(P.OCCUPANTS_SEE)), "may_enrol": bool(actor.paths_for(P.PEOPLE_ENROL))}
    return render(request, "people/people_desk/find.html", context)


@require_safe
@needs(P.PEOPLE_FIND)
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, place = reachable(request, pk)
    now = clock.now()
    audit.record(actor=request.actor, action="person.open", subject=found, about=found, place=place, now=now)
    card = read.card(request.actor, found, today())
    look = RevealForm(facts=card["facts"]) if card["may_reveal"] and card["facts"] else None
    context = {"person": found, "card": card, "reveal": look}
    return render(request, "people/people_desk/person.html", context)


@require_safe
@needs(P.OCCUPANTS_SEE)
@transaction.atomic
def living(request: HttpRequest) -> HttpResponse:
    """Down from the actor's places to a building, then who is at which door; opening a list is on the record."""
    actor, day = request.actor, today()
    at = existing_place(request.GET.get("at"), day)
    steps = steps_down(at, day, within=actor.paths_for(P.OCCUPANTS_SEE))
    if steps is None or (at is not None and not _near(actor.paths_for(P.OCCUPANTS_SEE), at)):
        raise Http404
    context: dict[str, object] = {"steps": steps, "at": steps.at}
    if steps.at.level >= Level.BUILDING and may(actor, P.OCCUPANTS_SEE, steps.at):
        page = Paginator(read.living_in(steps.at, day), PAGE).get_page(request.GET.get("page"))
        audit.record(
            actor=actor, action="people.list", place=steps.at, detail={"n": len(page.object_list)}, now=clock.now()
        )
        context |= {"page": page, "lines": read.as_lines(list(page), steps.at), "query": f"at={steps.at.pk}"}
    return render(request, "people/people_desk/living.html", context)


def _near(paths: tuple[str, ...], at: Area) -> bool:
    return any(at.path.startswith(path) or path.startswith(at.path) for path in paths)


def reachable(request: HttpRequest, pk: UUID) -> tuple[Person, Area]:
    """The person and the place by which he is within reach; else 404, as for nobody."""
    found = read.within_reach(request.actor, pk, today())
    if found is None:
        raise Http404
    return found
