"""F7: what a gateway says of our messages comes early, late, up to five times and in any order; the end is the same."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.common import outbox
from linli.common.models import OutboxRow
from linli.gateways.actions.outgoing import hand_over
from linli.gateways.actions.receipts import note_receipts
from linli.gateways.adapters import Adapter
from linli.gateways.adapters.smpp import read_receipt
from linli.gateways.models import EarlyReceipt, OutgoingMessage, OutgoingPart
from linli.messaging.actions.tell import Free, tell
from linli.messaging.models import Delivery
from linli.messaging.rules import Channel
from linli.messaging.tests.factories import NOON, make_reader

pytestmark = [pytest.mark.faults, pytest.mark.database, pytest.mark.django_db]
TEXT = "明天上午停水，" * 12  # two parts as an SMS
LATER = NOON + timedelta(minutes=1)
STATES = {"DELIVRD": 2, "UNDELIV": 5}


class Taking(Adapter):
    """Takes everything; its references can be foreseen, so that receipts may come before they are noted."""

    near = splits = has_receipts = True

    def send(self, parcel):
        return f"ref-{parcel.key}"


def receipt_of(reference, word):
    """As an SMSC says it: in the text or in fields of its own, by turns."""
    text = f"id:{reference} sub:001 dlvrd:001 submit date:2605191200 done date:2605191201 stat:{word} err:000 text:"
    if word == "UNDELIV":
        fields = {"receipted_message_id": reference.encode() + b"\0", "message_state": STATES[word], "short_message": b""}
    else:
        fields = {"receipted_message_id": None, "message_state": None, "short_message": text.encode()}
    return read_receipt(SimpleNamespace(esm_class=0x04, message_payload=None, **fields))


@st.composite
def stories(draw):
    """For each part of two messages what is said of it; the same things many times, in another order, cut in pieces."""
    said = {(m, p): draw(st.sets(st.sampled_from(sorted(STATES)))) for m in range(2) for p in range(2)}
    once = [(*key, word) for key, words in said.items() for word in sorted(words)]
    many = [one for one in once for _ in range(draw(st.integers(1, 5)))]
    shuffled = draw(st.permutations(many))
    return once, shuffled, draw(st.integers(0, len(shuffled))), draw(st.randoms(use_true_random=False))


def play(events, early, chance):
    """What stands in the book and in the inbox at the end; undone afterwards."""
    with transaction.atomic():
        people = [make_reader("何立群", email=False) for _ in range(2)]
        for number, person in enumerate(people):
            tell(people=[person], template="free", key=f"k{number}", now=NOON, channels=[Channel.SMS], free=Free("停水", TEXT))
        outbox.run(NOON)
        rows = [OutgoingMessage.objects.get(person_id=person.pk) for person in people]

        def hear(some):
            for message, part, word in some:
                note_receipts(receipts=[receipt_of(f"ref-{rows[message].pk}-{part + 1}", word)], now=LATER)
                if chance.random() < 0.5:
                    work_in_any_order(chance)

        hear(events[:early])
        for row in rows:
            hand_over(message_id=row.pk, adapter=Taking(), now=LATER)
        hear(events[early:])
        work_in_any_order(chance)
        end = [facts(row, person) for row, person in zip(rows, people, strict=True)]
        left = EarlyReceipt.objects.count(), OutboxRow.objects.exclude(state="done").count()
        transaction.set_rollback(True)
    return end, left


def work_in_any_order(chance):
    keys = list(OutboxRow.objects.filter(state="waiting").values_list("pk", flat=True))
    chance.shuffle(keys)
    for key in keys:
        outbox.attempt(key, LATER)


def facts(row, person):
    row.refresh_from_db()
    parts = OutgoingPart.objects.filter(message=row).order_by("number").values_list("number", "outcome")
    delivery = Delivery.objects.get(person=person, channel=Channel.SMS)
    return row.state, list(parts), delivery.level


@settings(max_examples=60, deadline=None)
@given(story=stories())
def test_f7_receipts_repeated_early_and_in_any_order_end_in_the_same_state(story):
    once, shuffled, early, chance = story
    plain = play(once, 0, chance)
    assert play(shuffled, early, chance) == plain
    assert plain[1] == (0, 0)
