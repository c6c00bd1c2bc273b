"""Keeping the directory: what each verb writes, and what it leaves behind."""

from dataclasses import replace
from datetime import timedelta

import pytest

from linli.areas.tests.factories import make_cell
from linli.common.errors import UserError
from linli.common.ids import uuid7
from linli.common.models import AuditRow, CacheTag
from linli.messaging.models import Message
from linli.people.rules import BodyKind, Role
from linli.people.tests.factories import actor_of, make_body, make_person, make_post
from linli.portal.actions.directory import (
    MOST_REPORTS,
    end_entry,
    facts_of,
    report_wrong,
    save_entry,
    settle_report,
    verify_entry,
)
from linli.portal.directory_jobs import overdue_by_keeper, remind_keepers
from linli.portal.directory_rules import Number, Wrong
from linli.portal.models import DirectoryEntry, DirectoryReport
from linli.search.models import SearchEntry
from linli.sites.api import place_tag

from .directory_kit import NOW, TODAY, facts, make_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    places = make_cell()
    places["station"] = make_body(BodyKind.SERVICE_STATION, places["community_a"])
    places["keeper"] = make_person("顾晓芸")
    make_post(places["keeper"], places["station"], Role.SERVICE_STATION)
    places["by"] = actor_of(places["keeper"])
    return places


def version(tag):
    return CacheTag.objects.filter(tag=tag).values_list("version", flat=True).first() or 0


def test_what_is_saved_is_read_again_and_can_be_found(town):
    given = facts(town["community_a"], phones=(Number("5550166", "铺子"), Number("5550167")), address="石桥路 92 号", lat=1, lon=2)
    entry = save_entry(facts=given, entry=None, by=town["by"], now=NOW)
    found = DirectoryEntry.objects.get()
    assert facts_of(found) == replace(given, id=entry.pk)
    assert found.verified_by == town["keeper"]
    assert SearchEntry.objects.get(kind="phone").title == "苗师傅修理铺"
    assert AuditRow.objects.get(action="phone.add").actor == town["keeper"].pk


def test_a_correction_moves_the_pages_and_replaces_the_numbers(town):
    entry = make_entry(town["community_a"])
    moved = replace(facts_of(entry), phones=(Number("5550199"),), place=town["community_b"].pk)
    save_entry(facts=moved, entry=entry, by=town["by"], now=NOW)
    assert [phone.number for phone in DirectoryEntry.objects.get().phones.all()] == ["5550199"]
    assert all(version(tag) for tag in ("phones", place_tag(town["community_a"].pk), place_tag(town["community_b"].pk)))
    assert "5550199" in DirectoryEntry.objects.get().plain


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"), ({"phones": ()}, "phones"), ({"wants": ("x",) * 17}, "wants"), ({"lat": 1}, "position"),
        ({"note": "长" * 201}, "note"), ({"languages": ("长" * 21,)}, "languages"), ({"phones": (Number("123"),) * 7}, "phones"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved(town, wrong, field):
    with pytest.raises(UserError) as caught:
        save_entry(facts=replace(facts(town["community_a"]), **wrong), entry=None, by=town["by"], now=NOW)
    assert caught.value.field == field
    assert not DirectoryEntry.objects.exists() and not SearchEntry.objects.filter(kind="phone").exists()


def test_one_tap_verifies_and_taking_out_ends_it(town):
    entry = make_entry(town["community_a"], verified_on=None)
    verify_entry(entry=entry, by=town["by"], now=NOW)
    assert DirectoryEntry.objects.get().verified_on == TODAY
    report_wrong(entry=entry, kind=Wrong.GONE, text="", once=uuid7(), now=NOW)
    end_entry(entry=entry, by=town["by"], now=NOW)
    assert not DirectoryEntry.objects.standing().exists() and not SearchEntry.objects.filter(kind="phone").exists()
    assert not DirectoryReport.objects.filter(done_at=None).exists()


def test_a_report_pressed_twice_counts_once_and_a_flood_is_stopped(town):
    entry, once = make_entry(town["community_a"]), uuid7()
    for _ in range(2):
        assert report_wrong(entry=entry, kind=Wrong.NUMBER, text="打不\u202e通", once=once, now=NOW)
    report = DirectoryReport.objects.get()
    assert report.text == "打不通"
    for _ in range(MOST_REPORTS + 5):
        report_wrong(entry=entry, kind=Wrong.NUMBER, text="", once=uuid7(), now=NOW)
    assert DirectoryReport.objects.count() == MOST_REPORTS
    settle_report(report=report, by=town["by"], now=NOW)
    settle_report(report=report, by=town["by"], now=NOW)
    assert AuditRow.objects.filter(action="phone.settle").count() == 1


def test_the_nearest_keepers_hear_once_a_week_what_nobody_verified(town):
    old = TODAY - timedelta(days=200)
    make_entry(town["compound_a1"], "门房", verified_on=old)
    make_entry(town["community_a"], "旧号", verified_on=None)
    make_entry(town["street"], "街道", verified_on=old)
    make_entry(town["community_a"], "新号", verified_on=TODAY)
    office = make_post(body=make_body(BodyKind.STREET_OFFICE, town["street"]), role=Role.STREET_OFFICE).person
    assert overdue_by_keeper(NOW) == {town["keeper"].pk: 2, office.pk: 1}
    monday = NOW - timedelta(days=1)
    for moment in (monday - timedelta(hours=12), monday, monday + timedelta(hours=1), NOW):
        remind_keepers(moment)
    assert Message.objects.filter(template="directory.stale").count() == 2
    remind_keepers(monday + timedelta(days=7))
    assert Message.objects.filter(template="directory.stale").count() == 4


def test_reminding_takes_as_many_queries_for_many_entries(town, django_assert_num_queries):
    make_entry(town["community_a"], "号 0", verified_on=None)
    with django_assert_num_queries(3):
        overdue_by_keeper(NOW)
    for n in range(1, 12):
        make_entry(town["community_a"], f"号 {n}", verified_on=None)
    with django_assert_num_queries(3):
        assert overdue_by_keeper(NOW)[town["keeper"].pk] == 12
