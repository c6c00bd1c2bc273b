"""The three rates, held against plain SQL, and the lists behind each number."""

from datetime import date, datetime, timedelta
from itertools import product

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.casework.models import Case
from linli.casework.queries.rates import behind, by_body, closed_in, rates_of
from linli.casework.rules.rates import Part, Rate, Share, month_before, month_of, next_month
from linli.common import clock
from linli.common.clock import SHANGHAI
from linli.common.ids import digits_code, uuid7
from linli.common.pagecache.parts import forget
from linli.people.rules import BodyKind

from .town import NOW, make_town

PC, RC = BodyKind.PROPERTY_COMPANY, BodyKind.RESIDENTS_COMMITTEE
MAY = date(2026, 5, 1)
HOUR = timedelta(hours=1)


def add(town, n, **columns):
    values = {
        "key": str(uuid7()), "code": digits_code(15), "state": "closed", "place": town.place, "title": f"事 {n}", "text": "x", "made_at": NOW,
        "changed_at": NOW, "submitted_at": NOW - timedelta(days=9), "answered_at": NOW - timedelta(days=2), "closed_at": NOW, "desk": town.bodies[RC],
        "unit": town.bodies[PC], "due": NOW, "contact_due": NOW - timedelta(days=8), **columns,
    }  # fmt: skip
    return Case.objects.create(**values)


@pytest.fixture
def town(db):
    """A month with all that can come of a case, at its edges too."""
    town = make_town()
    results = ("solved", "explained", "unreasonable", "unreached", "withdrawn", "duplicate")
    spoken = (None, NOW - timedelta(days=8) - HOUR, NOW - timedelta(days=8), NOW - timedelta(days=7))
    for n, (result, at, outcome) in enumerate(product(results, spoken, ("", "yes", "partly", "no"))):
        stars = 1 + n % 5 if outcome else None
        unit = town.bodies[PC] if n % 3 else None
        add(town, n, result=result, contacted_at=at, outcome=outcome, stars=stars, unit=unit, contact_due=NOW - timedelta(days=8) if unit else None)
    add(town, "refused", state="refused", closed_at=None, result="")
    lead = add(town, "lead", result="solved", outcome="yes", stars=5)
    add(town, "child", result="solved", outcome="no", stars=1, parent=lead)
    for n, at in enumerate((datetime(2026, 4, 30, 23, 59, 59, tzinfo=SHANGHAI), datetime(2026, 5, 1, tzinfo=SHANGHAI), datetime(2026, 6, 1, tzinfo=SHANGHAI))):
        add(town, f"edge {n}", closed_at=at, result="solved", outcome="yes", stars=4, contacted_at=at)
    add(town, "open", state="signed", closed_at=None)
    add(town, "archived", state="archived", result="solved", outcome="yes", stars=2)
    return town


SQL = """
SELECT b.name,
       SUM(CASE WHEN COALESCE(c.contacted_at, c.answered_at) < COALESCE(c.contact_due, c.due) THEN 1 ELSE 0 END), COUNT(*),
       SUM(CASE WHEN c.outcome = 'yes' THEN 1 ELSE 0 END), SUM(CASE WHEN c.outcome <> '' THEN 1 ELSE 0 END),
       SUM(CASE WHEN c.stars >= 4 THEN 1 ELSE 0 END), COUNT(c.stars), SUM(CASE WHEN c.result = 'unreached' THEN 1 ELSE 0 END)
FROM linli_casework_case c JOIN linli_people_body b ON b.id = COALESCE(c.unit_id, c.desk_id)
WHERE c.state IN ('closed', 'archived') AND c.closed_at >= %(since)s AND c.closed_at < %(until)s AND c.parent_id IS NULL
  AND c.result NOT IN ('withdrawn', 'duplicate')
GROUP BY b.name ORDER BY b.name
"""


def counted_by_hand():
    since, until = (connection.ops.adapt_datetimefield_value(datetime(2026, month, 1, tzinfo=SHANGHAI)) for month in (5, 6))
    with connection.cursor() as cursor:
        cursor.execute(SQL, {"since": since, "until": until})
        return [tuple(row) for row in cursor.fetchall()]


def flat(one):
    return tuple(n for rate in Rate for n in (one.shares[rate].yes, one.shares[rate].all))


def test_what_is_shown_is_what_plain_sql_counts(town):
    rows = by_body(closed_in(MAY, place=town.place))
    shown = sorted((row.body.name, *flat(row), row.unreached) for row in rows)
    assert shown == counted_by_hand() and len(shown) == 2
    whole = rates_of(closed_in(MAY, place=town.place))
    assert flat(whole) == tuple(sum(row[n] for row in shown) for n in range(1, 7))


def test_each_number_has_as_many_rows_behind_it(town):
    for place, body in ((town.place, None), (None, town.bodies[PC]), (None, town.bodies[RC])):
        rows = closed_in(MAY, place=place, body=body)
        found = rates_of(rows)
        for rate in Rate:
            assert behind(rows, rate, Part.YES).count() == found.shares[rate].yes
            assert behind(rows, rate, Part.ALL).count() == found.shares[rate].all
            yes = set(behind(rows, rate, Part.YES).values_list("pk", flat=True))
            assert yes <= set(behind(rows, rate, Part.ALL).values_list("pk", flat=True))
        assert behind(rows, Rate.SOLVED, Part.UNREACHED).count() == found.unreached
        assert behind(rows, Rate.SOLVED, Part.LEFT_OUT).count() == found.left_out
        response = set(behind(rows, Rate.RESPONSE, Part.ALL).values_list("pk", flat=True))
        left = set(behind(rows, Rate.RESPONSE, Part.LEFT_OUT).values_list("pk", flat=True))
        assert not response & left and response | left == set(rows.values_list("pk", flat=True)), "every case is somewhere"


def test_the_page_shows_the_numbers_and_nothing_personal(town, client, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    forget()
    address = reverse("casework:rates", args=[town.slug])
    whole = rates_of(closed_in(MAY, place=town.place))
    page = client.get(address).content.decode()
    assert whole.solved.text in page and f"算进去的 {whole.solved.all}</a>" in page
    first = behind(closed_in(MAY, place=town.place), Rate.SOLVED, Part.YES).first()
    with django_assert_max_num_queries(40):
        listed = client.get(f"{address}?month=2026-05&rate=solved&part=yes").content.decode()
    assert f">{first.code[-5:]}</th>" in listed and first.code not in listed and first.title not in listed
    assert client.get(reverse("casework:body_rates", args=[town.bodies[PC].pk]) + "?month=2026-05&part=unreached").status_code == 200
    assert client.get(f"{address}?month=x&rate=y&part=z&page=9999").status_code == 200


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a busy machine is no finding
@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_shares_are_compared_as_fractions_are(a, b, c, d):
    one, two = Share(min(a, b), b), Share(min(c, d), d)
    if b and d:
        assert one.is_less(two) == (one.yes * d < two.yes * b) and not (one.is_less(two) and two.is_less(one))
        assert (2 * one.mille - 1) * b <= 2000 * one.yes < (2 * one.mille + 1) * b
    assert Share().text == "—" and Share().mille is None


def test_months_are_those_of_shanghai_and_none_is_still_to_come():
    assert month_of("2026-02", date(2026, 5, 19)) == date(2026, 2, 1)
    assert month_of("2027-01", date(2026, 5, 19)) == month_of("../etc", date(2026, 5, 19)) == MAY
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1) and month_before(date(2026, 1, 1)) == date(2025, 12, 1)
