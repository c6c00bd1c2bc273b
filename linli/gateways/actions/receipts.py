"""What the other side says later, in any order, often twice, sometimes before our own note of having sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from linli.common.bus import publish
from linli.events.gateways import OutgoingMoved

from ..adapters import Receipt
from ..models import EarlyReceipt, OutgoingMessage, OutgoingPart
from ..rules import Outcome, State, together

EARLY_KEPT = timedelta(days=1)


def note_receipts(*, receipts: Iterable[Receipt], now: datetime) -> int:
    """Note what became of parts handed over; how many receipts said something new."""
    return sum(_note(receipt, now) for receipt in receipts if receipt.reference)


def _note(receipt: Receipt, now: datetime) -> bool:
    """A part that is not known yet: the receipt came before the answer to our hand-over and waits for it."""
    outcome = Outcome.DELIVERED if receipt.delivered else Outcome.FAILED
    if OutgoingPart.objects.filter(reference=receipt.reference).exists():
        return apply(receipt.reference, outcome, receipt.word, now)
    keep_early(receipt.reference, outcome, receipt.word, now)
    # Its part may have been noted between our look and our note.
    done = apply(receipt.reference, outcome, receipt.word, now)
    if done:
        EarlyReceipt.objects.filter(reference=receipt.reference).delete()
    return done


def keep_early(reference: str, outcome: Outcome, word: str, now: datetime) -> None:
    with transaction.atomic():
        rows = EarlyReceipt.objects.select_for_update()
        row, made = rows.get_or_create(reference=reference, defaults={"outcome": outcome, "word": word[:40], "noted_at": now})
        whole = Outcome(row.outcome).and_then(outcome)
        if not made and whole != row.outcome:
            EarlyReceipt.objects.filter(pk=row.pk).update(outcome=whole, word=word[:40])


@transaction.atomic
def apply(reference: str, outcome: Outcome, word: str, now: datetime) -> bool:
    """Note it of the newest part of that reference; whether it was news. A failure of what has arrived is none."""
    part = OutgoingPart.objects.select_for_update().filter(reference=reference).order_by("-pk").first()
    if part is None or (whole := Outcome(part.outcome).and_then(outcome)) == part.outcome:
        return False
    OutgoingPart.objects.filter(pk=part.pk).update(outcome=whole, word=word[:40])
    settle(part.message_id, now)
    return not part.outcome & Outcome.DELIVERED


def take_early(reference: str, now: datetime) -> None:
    """After a part is noted: a receipt that was faster."""
    early = EarlyReceipt.objects.filter(reference=reference, noted_at__gt=now - EARLY_KEPT).first()
    if early is not None:
        apply(reference, Outcome(early.outcome), early.word, now)
        early.delete()


@transaction.atomic
def settle(message_id: UUID, now: datetime) -> None:
    """The message's own state from those of its parts: delivered when every part is, failed when one has failed."""
    message = OutgoingMessage.objects.select_for_update().filter(pk=message_id).first()
    if message is None or message.state not in (State.HANDED_OVER, State.DELIVERED, State.FAILED) or message.handed_over_at is None:
        return
    parts = list(message.parts.order_by("number").values_list("outcome", "word"))
    state = together([Outcome(outcome) for outcome, _word in parts], message.part_count)
    if state == message.state or state == State.HANDED_OVER:
        return
    words = [word for outcome, word in parts if outcome & Outcome.FAILED]
    trouble = f"not delivered: {words[0]}"[:200] if state == State.FAILED and words else ""
    OutgoingMessage.objects.filter(pk=message_id).update(state=state, ended_at=message.ended_at or now, trouble=trouble)
    tell_moved(message, state, now)


def tell_moved(message: OutgoingMessage, state: State, now: datetime) -> None:
    """To whoever had it sent and asked to hear of it; in the caller's transaction."""
    if message.wants_news:
        publish(OutgoingMoved(outgoing_id=message.pk, state=state), now=now, key=f"{message.pk.hex}:{state}")


def forget_early(now: datetime) -> int:
    return EarlyReceipt.objects.filter(noted_at__lte=now - EARLY_KEPT).delete()[0]
