"""A message, its deliveries and the inbox."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from linli.common.models import OutboxRow
from linli.gateways.jobs import send_email
from linli.gateways.models import OutgoingMessage
from linli.messaging import kinds, queries
from linli.messaging.actions import digests, levels, wishes
from linli.messaging.actions.tell import fan_out
from linli.messaging.addresses import unsubscribe
from linli.messaging.models import Box, Delivery, Message
from linli.messaging.rules import Channel, Group, Level, Mode, period_start, quiet_until

from .factories import NOON, make_reader, work, write

pytestmark = pytest.mark.django_db


def level(person, channel):
    return Delivery.objects.get(person=person, channel=channel).level


def test_the_same_key_is_told_once():
    he = make_reader()
    assert write(he).pk == write(he).pk
    assert Message.objects.count() == 1
    assert Delivery.objects.filter(person=he, channel=Channel.INBOX).count() == 1
    assert queries.state(he.pk) == (1, 2)


def test_a_repeated_batch_gives_nobody_a_second_copy():
    he, hu = make_reader(), make_reader("胡可")
    message = write(he)
    assert fan_out(message=message, people=[he.pk, hu.pk], now=NOON) == 1
    assert queries.state(he.pk)[0] == queries.state(hu.pk)[0] == 1


def test_who_left_no_number_has_a_row_that_says_so():
    he = make_reader(phone=False)
    write(he, channels=[Channel.SMS, Channel.EMAIL])
    assert level(he, Channel.SMS) == Level.NO_ADDRESS
    assert level(he, Channel.EMAIL) == Level.QUEUED


def test_the_mail_goes_out_once_and_its_delivery_rises():
    he = make_reader()
    write(he)
    work(NOON)
    mail = OutgoingMessage.objects.get(channel="email")
    assert "List-Unsubscribe" not in mail.body
    assert "/inbox/off/" in mail.unsubscribe
    assert he.pk.hex not in mail.unsubscribe
    send_email(NOON + timedelta(minutes=1))
    work(NOON + timedelta(minutes=2))
    assert level(he, Channel.EMAIL) == Level.HANDED_OVER


def test_nothing_rings_at_night_but_the_urgent_does():
    night = NOON.replace(hour=23)
    he = make_reader()
    write(he, now=night)
    work(night)
    assert not OutgoingMessage.objects.exists()
    write(he, now=night, key="urgent", urgent=True)
    work(night)
    assert OutgoingMessage.objects.count() == 1
    work(night + timedelta(hours=8, minutes=1))
    assert OutgoingMessage.objects.count() == 2


def test_quiet_hours_end_at_seven():
    assert quiet_until(NOON.replace(hour=23), 22, 7) == (NOON + timedelta(days=1)).replace(hour=7)
    assert quiet_until(NOON.replace(hour=3), 22, 7) == NOON.replace(hour=7)
    assert quiet_until(NOON.replace(hour=7), 22, 7) == NOON.replace(hour=7)
    assert quiet_until(NOON, 22, 7) == quiet_until(NOON, 0, 0) == NOON
    assert quiet_until(NOON, 12, 14) == NOON.replace(hour=14)


def test_a_week_begins_on_monday_at_eight():
    assert period_start(Mode.DAILY, NOON.replace(hour=7)) == (NOON - timedelta(days=1)).replace(hour=8)
    assert period_start(Mode.WEEKLY, NOON).isoweekday() == 1  # NOON is a Tuesday
    assert period_start(Mode.WEEKLY, NOON - timedelta(days=1, hours=5)) == (NOON - timedelta(days=8)).replace(hour=8)


def wish(person, mode, group=Group.DUTY, channel=Channel.EMAIL):
    wishes.set_mode(person=person.pk, group=group, channel=channel, mode=mode)


def test_what_one_does_not_want_is_not_sent_unless_it_is_urgent():
    he = make_reader()
    wish(he, Mode.OFF)
    write(he)
    assert level(he, Channel.EMAIL) == Level.UNWANTED
    write(he, key="urgent", urgent=True)
    assert Delivery.objects.filter(channel=Channel.EMAIL, level=Level.QUEUED).count() == 1


def test_one_digest_a_day_and_nothing_lost_after_two_days_without_worker():
    he = make_reader()
    wish(he, Mode.DAILY)
    for number in range(3):
        write(he, key=f"day 1 {number}")
    assert digests.send_due(now=NOON) == 0
    write(he, key="day 3", now=NOON + timedelta(days=2))
    late = NOON + timedelta(days=2, hours=1)
    assert digests.send_due(now=late) == 1
    assert digests.send_due(now=late) == 0
    assert Delivery.objects.filter(channel=Channel.EMAIL).exclude(digest=None).count() == 3
    assert digests.send_due(now=late + timedelta(days=1)) == 1
    assert digests.send_due(now=late + timedelta(days=2)) == 0
    assert OutgoingMessage.objects.count() == 2
    send_email(late + timedelta(days=2))
    work(late + timedelta(days=2, minutes=1))
    assert set(Delivery.objects.filter(channel=Channel.EMAIL).values_list("level", flat=True)) == {Level.HANDED_OVER}


def test_opening_counts_once_and_a_level_never_falls():
    he = make_reader()
    write(he, wants_ack=True)
    row = Delivery.objects.get(channel=Channel.INBOX)
    for _ in range(2):
        levels.open_delivery(delivery=row, now=NOON)
    assert queries.state(he.pk) == (0, 3)
    levels.acknowledge(delivery=row, now=NOON)
    levels.open_delivery(delivery=row, now=NOON)
    levels.raise_to(Delivery.objects.filter(pk=row.pk), Level.FAILED, NOON)
    assert level(he, Channel.INBOX) == Level.ACKNOWLEDGED


def test_every_template_can_be_said_in_both_languages():
    for template in kinds.all_templates():
        for language in ("zh-hans", "en"):
            said = kinds.say(template, template.sample, language)
            assert said.title
            assert said.text
            assert said.sms


class TestPages:
    def test_opening_a_letter_marks_it(self, client):
        he = make_reader()
        write(he, wants_ack=True)
        client.force_login(he)
        row = Delivery.objects.get(channel=Channel.INBOX)
        assert "1 条没看" in client.get(reverse("messaging:inbox")).content.decode()
        client.head(reverse("messaging:letter", args=[row.pk]))
        assert queries.state(he.pk)[0] == 1
        assert "收到" in client.get(reverse("messaging:letter", args=[row.pk])).content.decode()
        assert queries.state(he.pk)[0] == 0
        client.post(reverse("messaging:acknowledge", args=[row.pk]))
        assert level(he, Channel.INBOX) == Level.ACKNOWLEDGED

    def test_another_ones_letter_does_not_exist(self, client):
        he, hu = make_reader(), make_reader("胡可")
        write(he)
        client.force_login(hu)
        row = Delivery.objects.get(channel=Channel.INBOX)
        assert client.get(reverse("messaging:letter", args=[row.pk])).status_code == 404

    def test_an_unchanged_inbox_answers_304_after_one_look(self, client, django_assert_max_num_queries):
        he = make_reader()
        client.force_login(he)
        write(he)
        first = client.get(reverse("messaging:count"))
        assert first.json() == {"unread": 1}
        with django_assert_max_num_queries(8):  # the session, the person and his rights; ours is one
            again = client.get(reverse("messaging:count"), headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304
        assert again.content == b""
        write(he, key="second")
        third = client.get(reverse("messaging:count"), headers={"if-none-match": first["ETag"]})
        assert third.json() == {"unread": 2}

    def test_settings_are_kept(self, client):
        he = make_reader()
        client.force_login(he)
        page = client.get(reverse("messaging:settings"))
        data = {name: page.context["form"][name].initial for name in page.context["form"].fields}
        client.post(reverse("messaging:settings"), {**data, "duty_email": "weekly", "quiet_since": "21"})
        kept = wishes.wishes_of(he.pk)
        assert kept.modes["duty", "email"] == "weekly"
        assert (kept.quiet_since, kept.quiet_until) == (21, 7)
        assert Box.objects.get(pk=he.pk).quiet_since == 21

    def test_the_link_of_a_mail_ends_that_kind_without_signing_in(self, client):
        he = make_reader()
        path = "/" + unsubscribe(he.pk, Group.DUTY).split("/", 3)[3]
        shown = client.get(path)
        assert shown.status_code == 200
        assert he.display_name not in shown.content.decode()
        assert wishes.wishes_of(he.pk).modes == {}
        client.handler.enforce_csrf_checks = True
        for _ in range(2):
            assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert wishes.wishes_of(he.pk).modes == {("duty", "email"): "off"}
        assert client.get("/inbox/off/k1.nonsense/").status_code == 410


def test_a_failed_transaction_tells_nobody():
    he = make_reader()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write(he)
        1 / 0  # noqa: B018
    assert not Message.objects.exists()
    assert not OutboxRow.objects.exists()
