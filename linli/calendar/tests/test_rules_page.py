"""The head of a street or committee sets a period; what came before keeps its own."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from linli.areas.tests.factories import make_cell
from linli.calendar.claims import CLAIM, claim_days
from linli.calendar.models import DeadlineRule
from linli.calendar.rules import Period, Unit
from linli.calendar.views.rules import example
from linli.common import clock
from linli.common.clock import SHANGHAI
from linli.common.models import AuditRow
from linli.people.rules import BodyKind, Role
from linli.people.tests.factories import make_body, make_person, make_post, make_residency

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 19, 9, tzinfo=SHANGHAI)  # a Tuesday


@pytest.fixture(autouse=True)
def time(monkeypatch, settings):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.LINLI_STAFF_SECOND_FACTOR = False


@pytest.fixture
def places():
    return make_cell()


def staff(kind, role, place, head=True):
    client = Client()
    client.force_login(make_post(make_person(), make_body(kind, place), role, is_head=head).person)
    return client


@pytest.fixture
def head(places):
    return staff(BodyKind.RESIDENTS_COMMITTEE, Role.RESIDENTS_COMMITTEE, places["community_a"])


def url(place):
    return reverse("calendar:rules_place", args=[place.pk]) + "?key=residency.claim"


def form(**more):
    return {"amount": "5", "unit": "working-day", "valid_from": "2026-05-20", **more}


def test_the_example_says_it_in_days_that_people_know():
    text = example(Period(3, Unit.WORKING_DAY), NOW.date(), NOW)
    assert text.replace("\u00a0", "") == "5月22日（周五）17:00 来的，5月27日（周三）到期"


def test_a_new_period_is_shown_first_and_kept_on_the_second_press(places, head):
    page = head.post(url(places["community_a"]), form()).text
    assert "来的" in page and "就这么定" in page and not DeadlineRule.objects.exists()
    for _press in range(2):
        assert head.post(url(places["community_a"]), form(save="1")).status_code == 302
    rule = DeadlineRule.objects.get()
    assert (rule.key, rule.version, rule.amount, rule.valid_from) == (CLAIM.key, 1, 5, date(2026, 5, 20))
    assert AuditRow.objects.filter(action="deadline_rule.set").count() == 1
    assert "第 1 版" in head.get(url(places["community_a"])).text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "wrong, says", [({"amount": "0"}, "至少是 1"), ({"amount": "9999"}, "太长了"), ({"valid_from": "2026-05-01"}, "过去的日期")]
)
def test_what_cannot_be_is_said_at_its_field(places, head, wrong, says):
    page = head.post(url(places["community_a"]), form(**wrong, save="1")).text
    assert says in page and not DeadlineRule.objects.exists()


def test_a_claim_keeps_the_period_of_the_day_on_which_it_was_made(places, head):
    head.post(url(places["community_a"]), form(amount="5", valid_from="2026-05-20", save="1"))
    path = places["home"].path
    before, after = claim_days([(NOW, path), (NOW + timedelta(days=2), path)])
    assert before == date(2026, 5, 22) and after == date(2026, 5, 28)
    assert claim_days([(NOW + timedelta(days=2), places["community_b"].path)]) == [date(2026, 5, 26)]


def test_holidays_do_not_count_for_a_claim(places):
    assert claim_days([(datetime(2026, 9, 30, 9, tzinfo=SHANGHAI), places["home"].path)]) == [date(2026, 10, 10)]


def test_only_heads_and_only_for_their_places(places, head):
    assert head.get(url(places["community_b"])).status_code == 404
    assert head.get(url(places["street"])).status_code == 404
    clerk = staff(BodyKind.RESIDENTS_COMMITTEE, Role.RESIDENTS_COMMITTEE, places["community_a"], head=False)
    neighbour = Client()
    neighbour.force_login(make_residency(make_person(), places["home"]).person)
    for client in (clerk, neighbour):
        for address in (reverse("calendar:rules"), url(places["community_a"])):
            assert client.get(address).status_code == 404
    street = staff(BodyKind.STREET_OFFICE, Role.STREET_OFFICE, places["street"])
    assert places["community_a"].name in street.get(reverse("calendar:rules")).text
    assert street.get(url(places["community_a"])).status_code == 200


def test_an_empty_cap_says_what_holds_then(places, head):
    of_claims = head.get(url(places["community_a"])).text
    of_questions = head.get(url(places["community_a"]).replace("residency.claim", "question.property")).text
    assert "空着就不限" in of_claims and "空着就最多停 5" in of_questions
    assert "空着就不限" not in of_questions
