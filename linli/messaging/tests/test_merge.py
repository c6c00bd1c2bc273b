"""Two accounts of one person become one: he finds everything in one inbox."""

from datetime import timedelta

import pytest

from linli.messaging import queries
from linli.messaging.actions import levels, wishes
from linli.messaging.models import Box, Delivery, Preference
from linli.messaging.rules import Channel, Group, Level, Mode
from linli.people.api import merge_accounts
from linli.people.policy import Actor

from .factories import NOON, make_reader, work, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return make_reader("何立群"), make_reader("老何", email=False)


def merge(keep, drop):
    merge_accounts(keep=keep, drop=drop, by=Actor(person=keep), now=NOON)
    work(NOON)


def test_letters_go_over_and_the_unread_are_counted_anew(pair):
    keep, drop = pair
    write(drop, key="a"), write(drop, key="b"), write(keep, key="c")
    levels.open_delivery(delivery=Delivery.objects.get(message__key="a", person=drop, channel=Channel.INBOX), now=NOON)
    merge(keep, drop)
    letters, _older = queries.inbox(keep, "zh-hans")
    assert len(letters) == 3 and queries.state(keep.pk)[0] == 2
    assert not Box.objects.filter(pk=drop.pk).exists()


def test_a_letter_that_both_got_is_one_that_was_read_and_the_figures_still_add_up(pair):
    keep, drop = pair
    message = write(keep, drop, key="both")
    levels.open_delivery(delivery=Delivery.objects.get(person=drop, channel=Channel.INBOX), now=NOON)
    merge(keep, drop)
    assert queries.state(keep.pk)[0] == 0
    assert Delivery.objects.get(person=keep, channel=Channel.INBOX).level == Level.OPENED
    assert Delivery.objects.filter(message=message, channel=Channel.INBOX).count() == message.audience == 2
    assert len(queries.inbox(keep, "zh-hans")[0]) == 1


def test_wishes_of_the_kept_account_count_and_others_are_taken_over(pair):
    keep, drop = pair
    wishes.set_mode(person=keep.pk, group=Group.NOTICES, channel=Channel.SMS, mode=Mode.NOW)
    wishes.set_mode(person=drop.pk, group=Group.NOTICES, channel=Channel.SMS, mode=Mode.OFF)
    wishes.set_mode(person=drop.pk, group=Group.DUTY, channel=Channel.EMAIL, mode=Mode.WEEKLY)
    merge(keep, drop)
    found = wishes.wishes_of(keep.pk).modes
    assert found == {(Group.NOTICES, Channel.SMS): Mode.NOW, (Group.DUTY, Channel.EMAIL): Mode.WEEKLY}
    assert not Preference.objects.filter(person=drop.pk).exists()


def test_what_is_told_to_the_dropped_account_later_reaches_the_kept_one(pair):
    keep, drop = pair
    merge(keep, drop)
    write(drop, key="late", now=NOON + timedelta(hours=1))
    assert {row.person_id for row in Delivery.objects.filter(message__key="late")} == {keep.pk}
