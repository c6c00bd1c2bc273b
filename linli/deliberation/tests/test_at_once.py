"""Many press at the same moment, each on a connection of his own."""

import pytest

from linli.common.ids import uuid7
from linli.common.states import UnknownTransition
from linli.common.tests.at_once_kit import at_once
from linli.deliberation.actions.answering import answer_question
from linli.deliberation.actions.signing import sign_question
from linli.deliberation.models import Answer, Duty, Question, Signature
from linli.people.rules import BodyKind, Role

from .factories import NOW, actor_of, ask, make_person, make_post, make_town

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]
PC = BodyKind.PROPERTY_COMPANY


def test_of_eight_officials_at_once_one_answers(patient):
    town = make_town()
    question = ask(town)
    hands = [
        actor_of(make_post(make_person(f"员工{n}"), town.bodies[PC], Role.PROPERTY_COMPANY).person)
        for n in range(8)
    ]
    said = at_once(*[lambda by=by: answer_question(question=question.pk, text="好了", by=by, now=NOW) for by in hands]
    )
    assert sum(isinstance(one, Answer) for one in said) == 1
    assert sum(isinstance(one, UnknownTransition) for one in said) == 7, said
    assert Answer.objects.count() == 1


def test_thirty_neighbours_sign_at_once_and_the_question_is_put_once(patient):
    town = make_town()
    question = ask(town, joint=True)
    hands = [town.neighbour() for _ in range(30)]
    said = at_once(*[lambda by=by: sign_question(question=question.pk, by=by, now=NOW) for by in hands])
    assert all(isinstance(one, Question) for one in said), said
    after = Question.objects.get()
    assert (after.signed, after.state, Signature.objects.count(), Duty.objects.count()) == (
        31,
        "routed",
        31,
        1,
    )
    assert after.steps.filter(done="route").count() == 1


def test_the_same_form_sent_ten_times_at_once_asks_once(patient):
    town = make_town()
    he, key = town.neighbour(), uuid7()
    at_once(*[lambda: ask(town, he, key=key) for _ in range(10)])
    assert Question.objects.count() == 1 and Duty.objects.count() == 1


def test_questions_asked_at_once_get_numbers_of_their_own(patient):
    town = make_town()
    hands = [town.neighbour() for _ in range(10)]
    said = at_once(*[lambda by=by: ask(town, by) for by in hands])
    assert sorted(one.serial for one in said) == list(range(1, 11))
