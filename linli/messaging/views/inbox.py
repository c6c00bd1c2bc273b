"""One's inbox. Always one's own: a mandate opens no other's letters."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.common import clock
from linli.common.middleware import on_the_side
from linli.people.access import signed_in
from linli.people.api import Person

from .. import queries
from ..actions import levels
from ..models import Delivery
from ..rules import Channel


def me(request: HttpRequest) -> Person:
    person = request.actor.person  # type: ignore[attr-defined]
    assert isinstance(person, Person)
    return person


def key_of(text: str) -> UUID | None:
    """A key from an address, or None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


@require_safe
@signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    before = key_of(request.GET.get("before", ""))
    letters, older = queries.inbox(me(request), get_language() or "zh-hans", before)
    unread, _version = queries.state(me(request).pk)
    return render(request, "messaging/inbox.html", {"letters": letters, "older": older, "before": before, "unread": unread})


@require_safe
@signed_in
def letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _mine(request, pk)
    if request.method == "GET":
        on_the_side(lambda: levels.open_delivery(delivery=row, now=clock.now()))
    shown = queries.letter(row, get_language() or "zh-hans")
    return render(request, "messaging/letter.html", {"letter": shown, "link": shown.link})


@require_POST
@signed_in
def acknowledge(request: HttpRequest, pk: UUID) -> HttpResponse:
    levels.acknowledge(delivery=_mine(request, pk), now=clock.now())
    messages.success(request, _("记下了，发的人知道您收到了"))
    return redirect("messaging:letter", pk)


@require_POST
@signed_in
def open_all(request: HttpRequest) -> HttpResponse:
    levels.open_all(person=me(request), now=clock.now())
    return redirect("messaging:inbox")


@require_safe
@signed_in
def count(request: HttpRequest) -> HttpResponse:
    """For the number in the header: asked again and again, answered with 304 while nothing has changed."""
    unread, version = queries.state(me(request).pk)
    tag = f'"{version}"'
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = JsonResponse({"unread": unread})
    response["ETag"] = tag
    return response


def _mine(request: HttpRequest, pk: UUID) -> Delivery:
    rows = Delivery.objects.select_related("message__place").filter(channel=Channel.INBOX)
    return get_object_or_404(rows, pk=pk, person=me(request))
