"""At the door: the ticket with its code, and whoever checks it."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.common import clock, ids
from linli.common.errors import UserError
from linli.common.later import later
from linli.common.text import fold
from linli.people.api import needs, signed_in
from linli.sites.api import nearest_site, stand_in

from .. import words
from ..actions.line import place_in_line
from ..actions.signups import check_in
from ..forms.signup import CodeForm
from ..models import Signup
from ..permissions import A, may_hold
from ..queries import going
from ..rules import SignupState, door_is_open
from .doors import actor_of, own_event


def qr(text: str) -> str:
    """A QR code as a picture inside the page: nothing is asked from elsewhere."""
    return later("segno").make(text, error="m", micro=False).svg_data_uri(border=2, scale=1, dark="#000", light="#fff")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ticket(request: HttpRequest, code: str) -> HttpResponse:
    """The address in the QR code. An organiser checks the guest in, the guest sees his ticket, others see nothing."""
    row, actor = going.by_code(code), actor_of(request)
    if row is None:
        raise Http404
    if may_hold(actor, row.event):
        return _checking(request, row)
    whose = actor.principal
    if whose is None or whose.pk != row.person_id:
        raise Http404
    if request.method == "POST":
        return redirect("activities:ticket", code)
    return _own(request, row)


def _own(request: HttpRequest, row: Signup) -> HttpResponse:
    now = clock.now()
    site = nearest_site(row.event.place)
    if site is not None:
        stand_in(request, site)
    address = settings.LINLI_ORIGIN + reverse("activities:ticket", args=[row.code])
    context = {
        "row": row, "event": row.event, "when": words.when(row.event, now), "status": words.status(row.event, now),
        "going": row.state == SignupState.GOING, "waiting": row.state == SignupState.WAITING,
        "qr": qr(address), "number": place_in_line(row) + 1, "ahead": row.event.is_ahead(now), "framed": site is not None,
    }  # fmt: skip
    return render(request, "activities/ticket.html", context)


def _checking(request: HttpRequest, row: Signup) -> HttpResponse:
    now = clock.now()
    if request.method == "POST":
        try:
            first = check_in(signup=row.pk, by=actor_of(request), now=now)
        except UserError as error:
            messages.error(request, str(error))
        else:
            if first:
                messages.success(
                    request,
                    _("签到了：%(name)s，%(n)d 人") % {"name": row.person.display_name, "n": row.seats},
                )
        return redirect("activities:ticket", row.code)
    open_now = door_is_open(row.event.starts, row.event.ends, now) and not row.event.is_cancelled
    context = {
        "row": row, "event": row.event, "when": words.when(row.event, now), "open": open_now,
        "ready": open_now and row.state == SignupState.GOING and row.came_at is None,
    }  # fmt: skip
    return render(request, "activities/check_in.html", context)


@require_safe
@needs(A.EVENT_EDIT, groups=True)
def door(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Type a code where the phone's camera does not read it."""
    event = own_event(request, pk)
    typed = request.GET.get("code")
    form = CodeForm(request.GET if typed is not None else None)
    if typed is not None and form.is_valid():
        digits = "".join(fold(form.cleaned_data["code"]).replace("-", " ").split())
        row = going.by_code(digits) if ids.check(digits) else None
        if row is not None and row.event_id == event.pk:
            return redirect("activities:ticket", row.code)
        form.add_error("code", _wrong(digits))
    now = clock.now()
    context = {
        "event": event,
        "form": form,
        "when": words.when(event, now),
        "open": door_is_open(event.starts, event.ends, now),
    }
    return render(request, "activities/desk/door.html", context)


def _wrong(digits: str) -> str:
    if len(digits) != 10:
        return _("签到码是 10 位，现在是 %(n)d 位") % {"n": len(digits)}
    return _("这个活动没有这个签到码，请再看一遍")
