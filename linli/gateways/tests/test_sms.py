"""How texts become short messages, and how receipts of parts become the state of a message."""

import random
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.gateways.actions.outgoing import hand_over, queue_message
from linli.gateways.actions.receipts import note_receipts
from linli.gateways.adapters import Adapter, Receipt, Throttled, Unavailable
from linli.gateways.adapters.smpp import gsm_octets
from linli.gateways.models import EarlyReceipt, OutgoingMessage
from linli.gateways.rules import Channel, State
from linli.gateways.sms import BASIC, EXTENDED, is_gsm, size, split_sms

NOW = datetime(2026, 5, 19, 8, 0, tzinfo=UTC)
GSM = st.text(st.sampled_from(sorted(BASIC | EXTENDED)), max_size=900)
WILD = st.text(
    st.one_of(st.sampled_from("好邻里，。a1€[\u0301\u200d\ufe0f🏮👩👧🇨🇳🏽"), st.characters(exclude_categories=["Cs"])), max_size=500
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(GSM, WILD))
def test_parts_join_to_the_text_and_none_is_too_long(text):
    parts = split_sms(text)
    assert "".join(parts) == text
    gsm = is_gsm(text)
    one, part = (160, 153) if gsm else (70, 67)
    for piece in parts:
        octets = gsm_octets(piece) if gsm else piece.encode("utf-16-be")
        assert len(octets) // (1 if gsm else 2) <= (one if len(parts) == 1 else part)
        if gsm:
            assert not octets.endswith(b"\x1b")  # an escape and its character stay together
        else:
            assert octets.decode("utf-16-be") == piece  # no half of a surrogate pair
    assert (len(parts) == 1) == (size(text) <= one)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["e\u0301", "👩\u200d👧", "👍🏽", "🇨🇳", "好"]), min_size=40, max_size=120))
def test_what_a_reader_sees_as_one_character_is_not_cut(clusters):
    for before, after in zip(parts := split_sms("".join(clusters)), parts[1:], strict=False):
        assert not unicodedata.combining(after[0])
        assert after[0] not in "\u200d🏽"
        assert before[-1] != "\u200d"
        assert sum("🇦" <= char <= "🇿" for char in before) % 2 == 0


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1), ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3), ("€" * 80, 1), ("€" * 81, 2), ("€" * 152, 2),
        ("€" * 153, 3), ("好" * 70, 1), ("好" * 71, 2), ("好" * 134, 2), ("好" * 135, 3), ("🏮" * 35, 1), ("🏮" * 36, 2),
    ],
)  # fmt: skip
def test_how_many_parts(text, parts):
    assert len(split_sms(text)) == parts


class Scripted(Adapter):
    near, splits = True, True

    def __init__(self, answers=()):
        self.answers, self.sent = list(answers), []

    def send(self, parcel):
        answer = self.answers.pop(0) if self.answers else f"r{len(self.sent) + 1}"
        if isinstance(answer, Exception):
            raise answer
        self.sent.append(parcel)
        return answer


def long_sms():
    return queue_message(channel=Channel.SMS, to="+8613800000001", text="好" * 150, kind="notice", now=NOW)


def state(message):
    return OutgoingMessage.objects.get(pk=message.pk).state


@pytest.mark.django_db
class TestParts:
    def test_a_message_is_delivered_when_every_part_has_its_receipt(self):
        message, adapter = long_sms(), Scripted()
        hand_over(message_id=message.pk, adapter=adapter, now=NOW)
        assert [(p.part.number, p.part.count) for p in adapter.sent] == [(1, 3), (2, 3), (3, 3)]
        for number in (3, 1):
            note_receipts(receipts=[Receipt(f"r{number}", True)], now=NOW)
        assert state(message) == State.HANDED_OVER
        note_receipts(receipts=[Receipt("r2", True)], now=NOW)
        assert state(message) == State.DELIVERED

    def test_after_a_break_only_the_rest_is_sent(self):
        message, adapter = long_sms(), Scripted(["r1", Unavailable("gone")])
        with pytest.raises(Unavailable):
            hand_over(message_id=message.pk, adapter=adapter, now=NOW)
        OutgoingMessage.objects.update(next_try=NOW)
        adapter.answers = ["r2", "r3"]
        assert hand_over(message_id=message.pk, adapter=adapter, now=NOW) == State.HANDED_OVER
        assert [parcel.part.number for parcel in adapter.sent] == [1, 2, 3]

    def test_being_asked_to_slow_down_is_no_attempt(self):
        message = long_sms()
        with pytest.raises(Throttled):
            hand_over(message_id=message.pk, adapter=Scripted([Throttled("slow")]), now=NOW)
        message.refresh_from_db()
        assert message.attempts == 0
        assert message.next_try > NOW

    @pytest.mark.parametrize("seed", range(25))
    def test_receipts_in_any_order_and_number_end_the_same(self, seed):
        """Each event 1 to 5 times, shuffled, some before the hand-over is noted."""
        dice = random.Random(seed)
        bad = dice.choice([None, 1, 2, 3])
        receipts = [Receipt(f"r{n}", n != bad) for n in (1, 2, 3) for _ in range(dice.randint(1, 5))]
        dice.shuffle(receipts)
        early = dice.randint(0, len(receipts))
        message = long_sms()
        note_receipts(receipts=receipts[:early], now=NOW)
        hand_over(message_id=message.pk, adapter=Scripted(), now=NOW)
        note_receipts(receipts=receipts[early:], now=NOW)
        note_receipts(receipts=receipts, now=NOW)
        assert state(message) == (State.FAILED if bad else State.DELIVERED)
        assert not EarlyReceipt.objects.exists()
