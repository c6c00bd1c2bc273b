"""The auditor reads, masked, of his places only, and is written down for it."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from linli.areas.tests.factories import make_cell
from linli.common import audit
from linli.common.clock import now
from linli.common.models import AuditRow
from linli.people.account_words import _WORDS
from linli.people.actions.reveal import reveal
from linli.people.queries.audit import WORDS, describe, rows_for
from linli.people.rules import RESIDENCY, BodyKind, Role

from .factories import NOW, actor_of, make_body, make_person, make_post, make_residency

pytestmark = pytest.mark.django_db
B, R = BodyKind, Role


@pytest.fixture
def town():
    places = make_cell()
    clerk = make_post(make_person("沈玉兰"), make_body(B.RESIDENTS_COMMITTEE, places["community_a"], name="青砖里居委会")).person
    auditor = make_post(make_person("审计"), make_body(B.STREET_OFFICE, places["street"]), R.AUDITOR).person
    person = make_person("老何", "+8613800001234", legal_name="何立群")
    make_residency(person, places["home"])
    for n in range(3):
        reveal(
            actor=actor_of(clerk), person=person, field="phone", purpose="contact", words=f"第{n}次", place=places["home"], now=now()
        )
    return places, clerk, auditor, person


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


def test_the_auditor_reads_who_did_what_why_and_nothing_in_clear(town):
    _places, _clerk, auditor, _person = town
    page = client_of(auditor).get(reverse("people:audit")).content.decode()
    assert "沈玉兰" in page and "看了手机号" in page and "第2次" in page and "何*" in page
    assert "13800001234" not in page and "何立群" not in page
    assert AuditRow.objects.get(action="audit.read").actor == auditor.pk


def test_rows_of_other_places_and_of_no_place_are_not_his(town):
    places, clerk, auditor, _person = town
    audit.record(actor=None, action="people.find", place=places["district"], now=NOW)
    audit.record(actor=None, action="people.find", now=NOW)
    assert set(rows_for(actor_of(auditor)).values_list("action", flat=True)) == {"reveal"}
    district = make_post(body=make_body(B.DISTRICT, places["district"]), role=R.AUDITOR).person
    assert rows_for(actor_of(district)).count() == 5
    assert client_of(clerk).get(reverse("people:audit")).status_code == 404
    assert not rows_for(actor_of(clerk)).exists()


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 3), ("action=reveal", 3), ("action=body.end", 0), ("by=clerk", 3), ("by=other", 0), ("day=2001-01-01", 0),
     ("day=nonsense", 3), ("action=%27", 3), ("before=1", 0), ("by=x", 3), ("before=99999999999999999999", 3)],
)  # fmt: skip
def test_the_log_is_narrowed_by_person_action_and_day_and_odd_wishes_are_none(town, query, count):
    _places, clerk, auditor, person = town
    query = query.replace("clerk", str(clerk.pk)).replace("other", str(person.pk))
    page = client_of(auditor).get(reverse("people:audit") + "?" + query)
    assert page.status_code == 200 and page.content.decode().count("联系本人办事：第") == count


def test_pages_go_by_key_and_take_the_same_queries(town, django_assert_max_num_queries):
    places, clerk, auditor, _person = town
    for _n in range(120):
        audit.record(actor=actor_of(clerk), action="people.find", place=places["home"], now=NOW)
    client, seen = client_of(auditor), 0
    url = reverse("people:audit") + "?action=people.find"
    while url:
        with django_assert_max_num_queries(22):
            page = client.get(url).content.decode()
        seen += page.count('<th scope="row">')
        following = re.search(r'rel="next" href="\?([^"]+)"', page)
        url = reverse("people:audit") + "?" + following[1].replace("&amp;", "&") if following else ""
    assert seen == 120


def test_who_looks_too_often_is_shown_to_the_auditor_first(town):
    places, clerk, auditor, person = town
    for _n in range(30):
        reveal(actor=actor_of(clerk), person=person, field="phone", purpose="contact", place=places["home"], now=now())
    for name in ("audit", "desk"):
        assert "一天里看资料超过" in client_of(auditor).get(reverse(f"people:{name}")).content.decode()


def test_every_action_that_the_code_records_has_words(town):
    root = Path(__file__).parents[2]
    used = set()
    for path in root.rglob("*.py"):
        if "tests" not in path.parts and "management" not in path.parts:
            used |= set(re.findall(r'audit\.record\([^)]*?action="([a-z_.]+)"', path.read_text(), re.S))
    used |= {f"residency.{row.event}" for row in RESIDENCY.rows} | {"residency.claim"}
    assert used and not {a for a in used if a not in WORDS and a not in _WORDS}


def test_a_row_is_one_phrase(town):
    row = AuditRow.objects.filter(action="reveal").first()
    assert describe(row) == "看了手机号，理由：联系本人办事：第0次"
