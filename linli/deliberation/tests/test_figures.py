"""The figures of an office, held against plain SQL and against the history from which they can be computed anew."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from linli.deliberation.actions.answering import contest_answer, rate_answer
from linli.deliberation.actions.asking import withdraw_question
from linli.deliberation.actions.handling import pause_question, resume_question, transfer_question
from linli.deliberation.models import Duty, QuestionStep
from linli.deliberation.queries.figures import behind, of_office, of_place, recompute
from linli.deliberation.rules import per_mille, twice_median
from linli.people.rules import BodyKind

from .factories import NOW, answer, ask, make_town
from .test_questions import let_pass

PC, OC, RC = BodyKind.PROPERTY_COMPANY, BodyKind.OWNERS_COMMITTEE, BodyKind.RESIDENTS_COMMITTEE
LATER = NOW + timedelta(days=30)


@pytest.fixture
def town(db):
    """A month with all that can happen to a question."""
    town = make_town()
    he = town.neighbour()
    for n in range(4):  # answered after 1, 3, 5 and 7 hours
        question = ask(town, he)
        answer(town, question, now=NOW + timedelta(hours=2 * n + 1))
        rate_answer(
            question=question.pk,
            solved=("yes", "partly", "no", "yes")[n],
            stars=5 - n,
            by=he,
            now=NOW + timedelta(days=1),
        )
    late = ask(town)
    moved = ask(town, office=RC)
    transfer_question(
        question=moved.pk, to=town.bodies[PC].pk, why="归物业", by=town.head(RC), now=NOW + timedelta(days=1)
    )
    paused = ask(town)
    pause_question(question=paused.pk, why="等", by=town.head(PC), now=NOW + timedelta(days=1))
    resume_question(question=paused.pk, by=town.head(PC), now=NOW + timedelta(days=2))
    ask(town)
    withdraw_question(question=(gone := ask(town, he)).pk, by=he, now=NOW + timedelta(hours=1))
    contested = ask(town, he)
    answer(town, contested, now=NOW + timedelta(hours=9))
    contest_answer(question=contested.pk, why="没说清", by=he, now=NOW + timedelta(days=1))
    ask(town, joint=True)
    old = ask(town, now=NOW - timedelta(days=80))
    answer(town, old, now=NOW - timedelta(days=79))
    for n in range(1, 20):
        let_pass(NOW + timedelta(days=n))
    answer(town, late, now=NOW + timedelta(days=20))
    assert gone.pk and Duty.objects.count() == 12
    return town


SHOWN = """
SELECT b.name, COUNT(*), COUNT(d.answered_at), SUM(CASE WHEN d.answered_at IS NOT NULL OR d.due <= %(now)s THEN 1 ELSE 0 END),
       SUM(CASE WHEN d.due <= COALESCE(d.answered_at, %(now)s) THEN 1 ELSE 0 END), COUNT(d.stars), COALESCE(SUM(d.stars), 0)
FROM linli_deliberation_duty d JOIN linli_people_body b ON b.id = d.office_id
WHERE d.dropped_at IS NULL AND d.started_at > %(since)s AND d.started_at <= %(now)s GROUP BY b.name
"""


def test_what_is_shown_is_what_plain_sql_counts(town):
    now = connection.ops.adapt_datetimefield_value(LATER)
    since = connection.ops.adapt_datetimefield_value(LATER - timedelta(days=90))
    with connection.cursor() as cursor:
        cursor.execute(SHOWN, {"now": now, "since": since})
        counted = {row[0]: tuple(row[1:]) for row in cursor.fetchall()}
    shown = {}
    for body in town.bodies.values():
        row = of_office(body, LATER)
        if row.received:
            shown[body.name] = (row.received, row.answered, row.decided, row.late, row.rated, row.stars)
    assert shown == counted and shown["邻安物业"] == (9, 6, 9, 4, 4, 14), shown


def test_the_history_alone_gives_the_same_figures(town):
    again = recompute(LATER)
    shown = {body.pk: row for body in town.bodies.values() if (row := of_office(body, LATER)).received}
    assert again == shown and len(shown) == 2
    assert of_place(town.places["street"], LATER) == shown


def test_a_figure_that_somebody_typed_does_not_agree_with_the_history(town):
    Duty.objects.filter(answered_at=None, dropped_at=None).update(due=LATER + timedelta(days=9))
    assert recompute(LATER)[town.bodies[PC].pk] != of_office(town.bodies[PC], LATER)


def test_each_number_has_as_many_rows_behind_it(town):
    body = town.bodies[PC]
    row = of_office(body, LATER)
    found = {show: behind(body, show, LATER).count() for show in ("late", "answered", "rated", "received")}
    assert found == {"late": row.late, "answered": row.answered, "rated": row.rated, "received": row.received}


def test_the_median_of_an_even_number_is_exact(town):
    minutes = sorted(duty.minutes for duty in behind(town.bodies[PC], "answered", LATER))
    assert minutes[:5] == [60, 180, 300, 420, 540]
    assert of_office(town.bodies[PC], LATER).twice_median == 300 + 420


def test_what_is_older_than_ninety_days_counts_no_longer(town):
    assert of_office(town.bodies[PC], NOW + timedelta(days=120)).received == 0
    assert recompute(NOW + timedelta(days=120)) == {}


@given(st.lists(st.integers(0, 10**7), min_size=1))
def test_twice_the_median_lies_between_its_neighbours(values):
    ordered, twice = sorted(values), twice_median(values)
    below = sum(2 * value < twice for value in ordered)
    assert below <= len(ordered) // 2 and sum(2 * value > twice for value in ordered) <= len(ordered) // 2


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_shares_are_rounded_half_up_in_integers(part, whole):
    found = per_mille(part, whole)
    assert (2 * found - 1) * whole <= 2000 * part < (2 * found + 1) * whole


def test_nothing_has_no_median_and_no_share():
    assert twice_median([]) is None and per_mille(0, 0) is None


def test_steps_hold_what_the_figures_need(town):
    assert not QuestionStep.objects.filter(done__in=("route", "contest"), due=None).exists()
