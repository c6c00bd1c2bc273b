"""The operator's page: what waits, what fails, what could not be delivered."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.common import clock, outbox_desk
from linli.common.errors import UserError
from linli.common.outbox_rules import OutboxState
from linli.common.states import UnknownTransition
from linli.gateways import api as gateways

from ..access import needs
from ..permissions import P

GONE = _("这一件已经不在这里了")
DONE = {"retry": _("放回去了，马上再试一次"), "give_up": _("已放弃，不会再试")}


@require_safe
@needs(P.OUTBOX_RUN)
def outbox(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    context = {
        "own": outbox_desk.figures(now), "sent": gateways.figures(),
        "dead": outbox_desk.troubled(OutboxState.DEAD), "failing": outbox_desk.troubled(OutboxState.WAITING),
        "letters": gateways.dead_letters(),
    }  # fmt: skip
    return render(request, "people/outbox/desk.html", context)


@require_POST
@needs(P.OUTBOX_RUN)
def outbox_row(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try a dead letter again, or give it up."""
    verbs = {"retry": outbox_desk.retry, "give_up": outbox_desk.give_up}
    act = request.POST.get("act", "")
    if act in verbs:
        try:
            verbs[act](row_id=pk, by=request.actor, now=clock.now())
            messages.success(request, DONE[act])
        except (UnknownTransition, ObjectDoesNotExist):
            messages.warning(request, GONE)
    return redirect("people:outbox")


@require_POST
@needs(P.OUTBOX_RUN)
def outbox_message(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same for an SMS or e-mail."""
    verbs = {"retry": gateways.retry_message, "give_up": gateways.give_up_message}
    act = request.POST.get("act", "")
    if act in verbs:
        try:
            verbs[act](message_id=pk, by=request.actor, now=clock.now())
            messages.success(request, DONE[act])
        except UserError as error:
            messages.warning(request, str(error))
    return redirect("people:outbox")
