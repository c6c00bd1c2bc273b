"""A resident signs up, changes his mind, and finds what he signed up for."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.common import clock
from linli.common.errors import UserError
from linli.people.api import MandateScope, Person, signed_in, within
from linli.sites.api import nearest_site, stand_in

from .. import words
from ..actions.signups import cancel_signup, sign_up
from ..forms.signup import JoinForm
from ..models import Event
from ..queries import events as read
from ..queries import going
from ..rules import How, SignupState
from .doors import actor_of
from .trying import blame

PAST = 20


def _event(request: HttpRequest, pk: UUID) -> Event:
    found = read.public_event(pk)
    site = nearest_site(found.place) if found else None
    if found is None or site is None:
        raise Http404
    stand_in(request, site)
    return found


def _person(request: HttpRequest) -> Person:
    """Whose place it is: one's own, or the one's for whom one acts."""
    person = actor_of(request).principal
    assert person is not None
    return person


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@within(MandateScope.APPLICATIONS)
def join(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How many come; the same page changes that later."""
    event, person, now = _event(request, pk), _person(request), clock.now()
    own = going.own_signup(person.pk, event)
    there = own is not None and own.state != SignupState.GONE
    start = {"companions": own.companions if own and there else 0}
    form = JoinForm(request.POST if request.method == "POST" else None, event=event, initial=start)
    if request.method == "POST" and form.is_valid():
        how = How.MANDATE if actor_of(request).mandate else How.ONLINE
        try:
            row = sign_up(
                event=event.pk, person=person, companions=form.number, by=actor_of(request), how=how, now=now
            )
        except UserError as error:
            blame(form, error)
        else:
            messages.success(request, _said(row.state, there))
            return redirect("activities:ticket", row.code)
    context = {
        "event": event, "form": form, "own": own if there else None, "status": words.status(event, now),
        "when": words.when(event, now), "joins": event.takes_signups(now), "fee": words.fee(event.fee),
        "may_come": going.may_come(person, event.place, clock.local_date(now)), "person": person,
        "acting_for": actor_of(request).mandate is not None,
    }  # fmt: skip
    return render(request, "activities/join.html", context)


def _said(state: str, there: bool) -> str:
    if there:
        return _("改好了")
    return _("排上候补了，轮到就告诉您") if state == SignupState.WAITING else _("报上了")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@within(MandateScope.APPLICATIONS)
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One question, one press; whoever has no place is led to the event."""
    event, person, now = _event(request, pk), _person(request), clock.now()
    own = going.own_signup(person.pk, event)
    if own is None or own.state == SignupState.GONE:
        return redirect("activities:event", event.pk)
    if request.method == "POST":
        try:
            cancel_signup(signup=own.pk, by=actor_of(request), now=now)
        except UserError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("取消了，位子让给后面的人"))
        return redirect("activities:event", event.pk)
    return render(
        request, "activities/leave.html", {"event": event, "own": own, "when": words.when(event, now)}
    )


@require_safe
@signed_in
@within(MandateScope.APPLICATIONS)
def mine(request: HttpRequest) -> HttpResponse:
    """What one has signed up for, and where one has been."""
    person, now = _person(request), clock.now()
    lines = [(row, words.line(row.event, now)) for row in going.ahead(person.pk, now)]
    before = [(row, words.line(row.event, now)) for row in going.behind(person.pk, now, PAST)]
    return render(request, "activities/mine.html", {"lines": lines, "before": before})
