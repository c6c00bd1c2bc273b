"""The desk of events: made, changed, published, closed, cancelled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.common import clock
from linli.common.errors import UserError
from linli.common.states import UnknownTransition
from linli.files.api import delete_file, take
from linli.people.api import Body, P, needs

from .. import words
from ..actions import events as actions
from ..forms.event import EventForm, filled
from ..forms.signup import CancelForm
from ..models import Event
from ..permissions import A
from ..pictures import OWNER, picture_of
from ..queries import events as read
from ..queries import going
from ..rules import COMING, EVENT, door_is_open
from .doors import actor_of, own_event
from .trying import blame

PAGE, GUESTS = 30, 100
page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(A.EVENT_EDIT, groups=True)
def desk(request: HttpRequest) -> HttpResponse:
    """What is ahead and drafts; with `?past=1` what is over."""
    now, past = clock.now(), bool(request.GET.get("past"))
    rows = read.held_by(actor_of(request))
    rows = (
        rows.filter(ends__lte=now).order_by("-starts", "pk")
        if past
        else rows.filter(ends__gt=now).order_by("starts", "pk")
    )
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [words.line(event, now) | {"when": words.when(event, now)} for event in shown.object_list]
    return render(request, "activities/desk/list.html", {"lines": lines, "page": shown, "past": past})


@page
@needs(A.EVENT_EDIT, groups=True)
def new(request: HttpRequest) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    assert actor.acting is not None
    body = Body.objects.get(pk=actor.acting.body_id)
    places = read.places_for(actor, clock.local_date(now))
    form = EventForm(
        request.POST if request.method == "POST" else None, request.FILES or None, writer=actor, places=places,
        known=(body.phone,), initial={"contact": body.phone},
    )  # fmt: skip

    def save() -> Event:
        return actions.create_event(
            facts=form.facts(), place=form.cleaned_data["place"], body=body, by=actor, now=now
        )

    if request.method == "POST" and (event := _saved(request, form, save)):
        messages.success(request, _("草稿存好了。看一遍，再发布"))
        return redirect("activities:manage", event.pk)
    return render(request, "activities/desk/edit.html", {"form": form, "event": None})


@page
@needs(A.EVENT_EDIT, groups=True)
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    event, actor, now = own_event(request, pk), actor_of(request), clock.now()
    form = EventForm(
        request.POST if request.method == "POST" else None, request.FILES or None, writer=actor, places=None,
        event=event, known=(event.body.phone,), initial=filled(event),
    )  # fmt: skip

    def save() -> Event:
        return actions.edit_event(event=event, facts=form.facts(), by=actor, now=now)

    if request.method == "POST" and (saved := _saved(request, form, save)):
        messages.success(request, _("改好了"))
        return redirect("activities:manage", saved.pk)
    return render(request, "activities/desk/edit.html", {"form": form, "event": event})


def _saved(request: HttpRequest, form: EventForm, save: Callable[[], Event]) -> Event | None:
    """The event with its picture, both or neither; None with the errors in the form, which keeps the picture."""
    try:
        if form.is_valid():
            with transaction.atomic():
                event = save()
                _keep_picture(request, form, event)
            return event
    except UserError as error:
        blame(form, error)
    form.keep(clock.now())
    return None


def _keep_picture(request: HttpRequest, form: EventForm, event: Event) -> None:
    alt, now = form.cleaned_data["picture_alt"], clock.now()
    for chosen in form.chosen_files:
        old = picture_of(event)
        file = take(
            chosen, owner=(OWNER, event.pk), by=actor_of(request), purpose="event.picture", alt=alt, now=now
        )
        if old is not None:
            delete_file(file=old)
        actions.set_picture(event=event, picture=file.pk, alt=alt, now=now)
    if not form.chosen_files and event.picture_id and alt != event.picture_alt:
        actions.set_picture(event=event, picture=event.picture_id, alt=alt, now=now)


@require_safe
@needs(A.EVENT_EDIT, groups=True)
def manage(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One event: how far it is, who comes, what can be done now."""
    event, now = own_event(request, pk), clock.now()
    shown = Paginator(going.guests(event), GUESTS).get_page(request.GET.get("page"))
    ahead = event.state == "draft" or event.is_ahead(now)
    context = {
        "event": event, "status": words.status(event, now), "rows": words.kv(event, now), "guests": shown.object_list, "page": shown,
        "may": set(EVENT.events(event.state)) if ahead else set(), "ahead": ahead, "figures": _figures(event),
        "door": event.with_signup and event.state in (*COMING, "held") and door_is_open(event.starts, event.ends, now),
        "adds": event.is_ahead(now) and P.PEOPLE_FIND in actor_of(request).permissions,
        "steps": event.steps.select_related("by").order_by("-id")[:20],
    }  # fmt: skip
    return render(request, "activities/desk/manage.html", context)


def _figures(event: Event) -> list[dict[str, Any]]:
    rows = [{"label": _("报名"), "value": _("%(n)d 人") % {"n": event.taken}}]
    if event.capacity is not None:
        rows.append({"label": _("名额"), "value": _("%(n)d 个") % {"n": event.capacity}})
    rows.append({"label": _("候补"), "value": _("%(n)d 人") % {"n": event.queued}})
    rows.append({"label": _("签到"), "value": _("%(n)d 人") % {"n": event.came}})
    return rows if event.with_signup else []


def _pressed(request: HttpRequest, pk: UUID, verb: Callable[..., Event], said: str) -> HttpResponse:
    event = own_event(request, pk)
    try:
        verb(event=event, by=actor_of(request), now=clock.now())
    except UnknownTransition:
        messages.error(request, _("刚才有人先改过了，请看现在的情况"))
    except UserError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("activities:manage", event.pk)


@require_POST
@needs(A.EVENT_EDIT, groups=True)
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _pressed(request, pk, actions.publish_event, _("发布了，大家看得到了"))


@require_POST
@needs(A.EVENT_EDIT, groups=True)
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _pressed(request, pk, actions.close_signup, _("报名截止了"))


@require_POST
@needs(A.EVENT_EDIT, groups=True)
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _pressed(request, pk, actions.reopen_signup, _("又可以报名了"))


@page
@needs(A.EVENT_EDIT, groups=True)
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Why, and whom it tells; then it is cancelled for good."""
    event = own_event(request, pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_event(
                event=event, why=form.cleaned_data["why"], by=actor_of(request), now=clock.now()
            )
        except UnknownTransition:
            form.add_error(None, _("活动已经结束或取消了"))
        except UserError as error:
            blame(form, error)
        else:
            messages.success(
                request, _("取消了，报名的人都告诉了") if event.published_at else _("草稿不要了")
            )
            return redirect("activities:manage", event.pk)
    return render(
        request,
        "activities/desk/cancel.html",
        {"event": event, "form": form, "when": words.when(event, clock.now())},
    )
