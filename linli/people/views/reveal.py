"""A sealed fact in clear: asked for by POST with a purpose, shown in this one answer, kept nowhere."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from linli.common import clock

from ..access import needs
from ..actions.reveal import reveal as look
from ..forms.people_desk import RevealForm
from ..permissions import P
from ..queries import people_desk as read
from ..queries.reach import place_of
from ..rules import RevealField
from .bodies import today
from .people_desk import reachable
from .trying import FAILED, attempt


@require_POST
@needs(P.PEOPLE_REVEAL)
def reveal(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, _place = reachable(request, pk)
    place = place_of(request.actor, found, P.PEOPLE_REVEAL, today())
    if place is None:
        raise Http404
    card = read.card(request.actor, found, today())
    form = RevealForm(request.POST, facts=card["facts"])
    context = {"person": found, "card": card, "reveal": form}
    if form.is_valid():
        text = attempt(form, look, actor=request.actor, person=found, place=place, now=clock.now(), **form.cleaned_data)
        if text is not FAILED:
            context |= {"shown": text, "label": RevealField(form.cleaned_data["field"]).label, "reveal": RevealForm(facts=card["facts"])}
    return render(request, "people/people_desk/person.html", context)
