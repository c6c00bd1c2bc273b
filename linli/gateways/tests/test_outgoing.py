"""The book of what goes out: order, leases, trying again, emptying."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from linli.common.sealed import digests
from linli.gateways import api, dispatch
from linli.gateways.actions import outgoing, parts
from linli.gateways.adapters import Adapter, Receipt, Refused, Unavailable
from linli.gateways.models import OutgoingMessage
from linli.gateways.rules import LEASE, MAX_ATTEMPTS, Channel, Kind, State, pause_after

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 19, 8, 0, tzinfo=UTC)
PHONE = "+8613800001234"


class Fake(Adapter):
    """Takes what it is given, or raises what it is told."""

    near = True

    def __init__(self, error=None):
        self.sent, self.error, self.later = [], error, []

    def open(self):
        if isinstance(self.error, Unavailable):
            raise self.error

    def send(self, parcel):
        if self.error:
            raise self.error
        self.sent.append(parcel)
        return f"r{len(self.sent)}"

    def receipts(self):
        return self.later


@pytest.fixture
def fake(monkeypatch):
    adapter = Fake()
    for module in (outgoing, dispatch, api):
        monkeypatch.setattr(module, "adapter_for", lambda channel: adapter)
    return adapter


@pytest.fixture
def real_instance(settings):
    settings.LINLI_DEMO = False


def sms(text="您的验证码是 204816", kind=Kind.CODE, now=NOW, **more):
    return api.send_sms(to=PHONE, text=text, kind=kind, now=now, **more)


def run(now=NOW):
    return outgoing.hand_over_waiting(channel=Channel.SMS, now=now)


def test_a_message_leaves_only_after_the_commit(fake, django_capture_on_commit_callbacks, monkeypatch):
    monkeypatch.setattr(dispatch.clock, "now", lambda: NOW)
    with django_capture_on_commit_callbacks(execute=True):
        message = sms(person=uuid4())
        assert fake.sent == []
    message.refresh_from_db()
    assert [p.text for p in fake.sent] == ["您的验证码是 204816"]
    assert message.state == State.HANDED_OVER
    assert message.reference == "r1"


def test_a_message_of_a_rolled_back_transaction_was_never_there(fake):
    with pytest.raises(RuntimeError), transaction.atomic():
        sms()
        raise RuntimeError
    assert not OutgoingMessage.objects.exists()
    assert run() == 0


def test_number_and_text_lie_sealed_and_the_number_can_be_found(fake):
    message = sms()
    with connection.cursor() as cursor:
        cursor.execute("SELECT recipient, body FROM linli_gateways_outgoingmessage")
        assert all("3800001234" not in cell and "204816" not in cell for cell in cursor.fetchone())
    assert OutgoingMessage.objects.get(recipient_index__in=digests("contact", PHONE)) == message


def test_codes_go_first(fake):
    sms("停水通知", Kind.NOTICE)
    sms("验证码", now=NOW + timedelta(seconds=5))
    assert run(NOW + timedelta(seconds=6)) == 2
    assert [p.text for p in fake.sent] == ["验证码", "停水通知"]


def test_what_another_process_has_claimed_is_left_alone_until_its_lease_is_over(fake):
    message = sms(kind=Kind.NOTICE)
    OutgoingMessage.objects.filter(pk=message.pk).update(leased_until=NOW + LEASE)
    assert run() == 0
    assert run(NOW + LEASE) == 1


def test_a_crash_after_sending_repeats_that_one_message_once(fake, monkeypatch):
    for text in ("一", "二", "三"):
        sms(text, Kind.NOTICE)
    with monkeypatch.context() as patch:
        patch.setattr(parts, "_note", lambda *args, **kw: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            run()
    run()
    run(NOW + LEASE + timedelta(seconds=1))
    twice = fake.sent[0]
    assert sorted(p.text for p in fake.sent) == sorted(["一", "二", "三", twice.text])
    assert fake.sent[-1].key == twice.key


def test_a_closed_gateway_is_tried_again_later_and_later(fake):
    message = sms(kind=Kind.NOTICE)
    fake.error = ConnectionError("boom")
    now, pauses = NOW, []
    for _ in range(MAX_ATTEMPTS):
        run(now)
        message.refresh_from_db()
        pauses.append(timedelta(seconds=round((message.next_try - now).total_seconds())))
        now = max(message.next_try, now)
    assert pauses[:4] == [pause_after(n) for n in (1, 2, 3, 4)]
    assert message.state == State.FAILED
    assert message.trouble == "ConnectionError"
    fake.error = None
    assert run(now + timedelta(days=1)) == 0
    assert outgoing.try_again(message=message, now=now)
    assert run(now) == 1


def test_no_stale_code_goes_out_when_the_gateway_is_back(fake):
    code, notice = sms(), sms("停水通知", Kind.NOTICE)
    fake.error = Unavailable("away")
    run(NOW + timedelta(minutes=6))
    fake.error = None
    run(NOW + timedelta(minutes=7))
    code.refresh_from_db()
    assert code.state == State.FAILED
    assert [p.text for p in fake.sent] == ["停水通知"]
    notice.refresh_from_db()
    assert notice.state == State.HANDED_OVER


def test_a_refused_message_is_not_tried_again(fake):
    message = sms()
    fake.error = Refused("no such number")
    run()
    message.refresh_from_db()
    assert (message.state, message.attempts, message.trouble) == (State.FAILED, 1, "no such number")


def test_a_receipt_counts_once_and_an_unknown_one_not_at_all(fake):
    message = sms()
    run()
    receipts = [Receipt("r1", True), Receipt("r1", False, "EXPIRED"), Receipt("r9", True), Receipt("", True)]
    assert outgoing.note_receipts(receipts=receipts, now=NOW) == 1
    message.refresh_from_db()
    assert message.state == State.DELIVERED


def test_a_real_instance_forgets_a_code_with_its_hand_over(fake, real_instance):
    message = sms()
    run()
    message.refresh_from_db()
    assert (message.recipient, message.body, message.recipient_index) == ("", "", "")
    assert message.state == State.HANDED_OVER


def test_a_demo_forgets_after_a_day(fake):
    message = sms()
    run()
    outgoing.empty_old(now=NOW + timedelta(hours=23))
    message.refresh_from_db()
    assert message.body
    outgoing.empty_old(now=NOW + timedelta(hours=24, seconds=5))
    message.refresh_from_db()
    assert message.is_empty


def test_an_unknown_kind_and_an_empty_text_are_refused(fake):
    with pytest.raises(ValueError, match="nonsense"):
        sms(kind="nonsense")
    with pytest.raises(ValueError, match="text"):
        sms(text="")
    with pytest.raises(ValueError, match="one line"):
        api.send_email(to="a@example.org", subject="a\nb", text="c", kind=Kind.NOTICE, now=NOW)


def test_a_real_instance_without_a_gateway_says_so(settings):
    from linli.config.instance import Instance

    settings.LINLI_INSTANCE = Instance(kind="real")
    assert not api.is_ready("sms")
    settings.LINLI_INSTANCE = Instance(kind="real", sms={"adapter": "file"})
    assert not api.is_ready("sms")
    settings.LINLI_INSTANCE = Instance(kind="demo")
    assert api.is_ready("sms")
    assert api.is_ready("email")


def test_a_message_of_a_clock_ahead_goes_out_when_it_is_put_back(fake):
    ahead = NOW + timedelta(days=3650)
    message = sms(now=ahead)
    OutgoingMessage.objects.filter(pk=message.pk).update(leased_until=ahead)
    assert outgoing.after_clock_went_back(now=NOW) == 1
    message.refresh_from_db()
    assert (message.next_try, message.leased_until) == (NOW, None)
    assert NOW < message.expires_at < NOW + timedelta(days=4)
    assert outgoing.after_clock_went_back(now=NOW) == 0
