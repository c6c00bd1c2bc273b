"""Queue a message, hand it over, note what became of it, empty it when it is old."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from linli.common import audit
from linli.common.errors import UserError

from ..adapters import Adapter, Refused, Throttled, Unavailable, adapter_for
from ..models import OutgoingMessage
from ..rules import (
    LEASE,
    LONGEST_PAUSE,
    MAX_ATTEMPTS,
    PUT_BACK,
    THROTTLED,
    URGENCY,
    USEFUL_FOR,
    Channel,
    Kind,
    State,
    is_given_up,
    kept_until,
    pause_after,
)
from .parts import send_parts
from .receipts import note_receipts, settle, tell_moved

log = logging.getLogger("linli.gateways")
EMPTY: dict[str, Any] = {"recipient": "", "recipient_index": "", "subject": "", "body": ""}


def queue_message(
    *,
    channel: Channel,
    to: str,
    text: str,
    kind: Kind | str,
    now: datetime,
    person: Any = None,
    subject: str = "",
    wants_news: bool = False,
    unsubscribe: str = "",
) -> OutgoingMessage:
    """Write the message down in the caller's transaction; nothing leaves before its commit.

    Raises ValueError on an unknown kind or without recipient or text.
    """
    kind = Kind(kind)
    if not to or not text:
        raise ValueError("a message needs a recipient and a text")
    return OutgoingMessage.objects.create(
        channel=channel,
        kind=kind,
        urgency=URGENCY[kind],
        person_id=getattr(person, "pk", person),
        recipient=to,
        subject=subject,
        body=text,
        created_at=now,
        next_try=now,
        expires_at=now + USEFUL_FOR[kind],
        wants_news=wants_news,
        unsubscribe=unsubscribe,
    )


def hand_over(*, message_id: UUID, adapter: Adapter, now: datetime) -> State | None:
    """Claim one message and give it to the open adapter; None where it is not due or another process has it.

    A crash between sending and marking repeats this one message, once its lease has run out. Raises
    Unavailable, after noting it, so that the caller stops knocking at a closed door.
    """
    claimed = OutgoingMessage.objects.waiting(now).filter(pk=message_id)
    if not claimed.update(leased_until=now + LEASE, attempts=F("attempts") + 1):
        return None
    message = OutgoingMessage.objects.get(pk=message_id)
    if message.expires_at <= now:
        return _end(message, State.FAILED, now, trouble="too late to be of use")
    if message.attempts > MAX_ATTEMPTS:  # it brought the process down each time
        return _end(message, State.FAILED, now, trouble=message.trouble or "too many attempts")
    try:
        reference = send_parts(message, adapter, now)
    except Throttled as error:
        _slow_down(message, now, str(error))
        raise
    except Refused as error:
        return _end(message, State.FAILED, now, trouble=str(error))
    except Unavailable as error:
        _postpone(message, now, str(error))
        raise
    except Exception as error:
        _postpone(message, now, type(error).__name__)
        log.exception("an adapter failed in an unexpected way")
        raise Unavailable(type(error).__name__) from error
    return _end(message, State.HANDED_OVER, now, reference=reference)


def hand_over_waiting(*, channel: Channel, now: datetime, seconds: float = 20.0) -> int:
    """Hand over what is due, urgent kinds first, for at most so many seconds; how many went out.

    One session of the adapter for all of them; it ends at the first sign that the gateway is away.
    """
    started, sent = time.monotonic(), 0
    if not OutgoingMessage.objects.waiting(now).filter(channel=channel).exists():
        return 0
    try:
        with adapter_for(channel) as adapter:
            try:
                while (passed := time.monotonic() - started) < seconds:
                    moment = now + timedelta(seconds=passed)
                    message_id = next_waiting(channel, moment)
                    if message_id is None:
                        break
                    state = hand_over(message_id=message_id, adapter=adapter, now=moment)
                    sent += state == State.HANDED_OVER
            finally:
                note_receipts(receipts=adapter.receipts(), now=now)
    except Unavailable as error:
        log.warning("the %s gateway is not available: %s", channel, error)
        give_up_late(now=now)
    return sent


def next_waiting(channel: Channel, now: datetime) -> UUID | None:
    """The most urgent message that is due."""
    waiting = OutgoingMessage.objects.waiting(now).filter(channel=channel)
    return waiting.order_by("urgency", "next_try", "id").values_list("pk", flat=True).first()


def give_up_late(*, now: datetime) -> int:
    """Fail what is past its use while a gateway is away, so that no stale code goes out when it is back."""
    late = OutgoingMessage.objects.waiting(now).filter(expires_at__lte=now)
    return sum(
        _end(message, State.FAILED, now, trouble="too late to be of use") == State.FAILED
        for message in late[:500]
    )


def after_clock_went_back(*, now: datetime) -> int:
    """Pull in what was written, put off or leased under a clock that has been put back since; how many."""
    queued, moved, ahead = OutgoingMessage.objects.filter(state=State.QUEUED), 0, now + PUT_BACK
    for kind in Kind:
        late = queued.filter(kind=kind, created_at__gt=ahead)
        moved += late.update(created_at=now, next_try=now, expires_at=now + USEFUL_FOR[kind], leased_until=None)
    moved += queued.filter(next_try__gt=ahead + LONGEST_PAUSE).update(next_try=now)
    return moved + queued.filter(leased_until__gt=ahead + LEASE).update(leased_until=None)


def try_again(*, message: OutgoingMessage, now: datetime) -> bool:
    """Put a dead letter back into the queue, unless it was emptied; for the operator."""
    failed = OutgoingMessage.objects.filter(pk=message.pk, state=State.FAILED).exclude(recipient="")
    expires = now + USEFUL_FOR[Kind(message.kind)]
    changes = {
        "next_try": now,
        "expires_at": expires,
        "attempts": 0,
        "ended_at": None,
        "empty_at": None,
        "trouble": "",
    }
    if not failed.update(state=State.QUEUED, leased_until=None, reference="", handed_over_at=None, **changes):
        return False
    message.parts.all().delete()
    return True


@transaction.atomic
def retry_message(*, message_id: UUID, by: audit.Actor | None, now: datetime) -> None:
    """`try_again` by the operator, with its audit row. Raises UserError where it is no dead letter any more."""
    message = OutgoingMessage.objects.filter(pk=message_id).first()
    if message is None or not try_again(message=message, now=now):
        raise UserError(_("这一件已经不在这里了"))
    audit.record(actor=by, action="outgoing.retry", subject=message, about=message.person_id, now=now)


@transaction.atomic
def give_up_message(*, message_id: UUID, by: audit.Actor | None, now: datetime) -> None:
    """Empty a dead letter, so that it is never sent. Raises UserError where it is none any more."""
    failed = OutgoingMessage.objects.filter(pk=message_id, state=State.FAILED).exclude(recipient="")
    message = failed.first()
    if message is None or not failed.update(empty_at=now, **EMPTY):
        raise UserError(_("这一件已经不在这里了"))
    audit.record(actor=by, action="outgoing.give_up", subject=message, about=message.person_id, now=now)


def empty_old(*, now: datetime) -> int:
    """Take recipient and text out of messages that have done their work; the row stays as a count."""
    return OutgoingMessage.objects.filter(empty_at__lte=now).exclude(recipient="").update(**EMPTY)


def _end(
    message: OutgoingMessage, state: State, now: datetime, *, reference: str = "", trouble: str = ""
) -> State:
    """Mark it handed over or failed, in one conditional update, and empty it if its time to be kept is over."""
    empty_at = kept_until(Kind(message.kind), now, demo=settings.LINLI_DEMO)
    changes: dict[str, Any] = {
        "state": state,
        "leased_until": None,
        "empty_at": empty_at,
        "trouble": trouble[:200],
    }
    if state == State.HANDED_OVER:
        changes |= {"handed_over_at": now, "reference": reference[:100]}
    else:
        changes |= {"ended_at": now}
    if empty_at <= now:
        changes |= EMPTY
    with transaction.atomic():
        if OutgoingMessage.objects.filter(pk=message.pk, state=State.QUEUED).update(**changes):
            tell_moved(message, state, now)
    if state == State.HANDED_OVER:
        settle(message.pk, now)  # receipts that were faster than our note
    return state


def _slow_down(message: OutgoingMessage, now: datetime, trouble: str) -> None:
    """Later, and without counting an attempt: the message itself is fine."""
    changes = {"next_try": now + THROTTLED, "leased_until": None, "trouble": trouble[:200], "attempts": message.attempts - 1}
    OutgoingMessage.objects.filter(pk=message.pk, state=State.QUEUED).update(**changes)


def _postpone(message: OutgoingMessage, now: datetime, trouble: str) -> None:
    next_try = now + pause_after(message.attempts)
    if is_given_up(attempts=message.attempts, expires_at=message.expires_at, next_try=next_try):
        _end(message, State.FAILED, now, trouble=trouble)
        return
    changes = {"next_try": next_try, "leased_until": None, "trouble": trouble[:200]}
    OutgoingMessage.objects.filter(pk=message.pk, state=State.QUEUED).update(**changes)
