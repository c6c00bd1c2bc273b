"""Many press at the same moment, each on a connection of his own."""

import threading

import pytest
from django.db import close_old_connections, connection, connections

from linli.common.errors import UserError
from linli.common.ids import uuid7
from linli.common.states import UnknownTransition
from linli.deliberation.actions.answering import answer_question
from linli.deliberation.actions.signing import sign_question
from linli.deliberation.models import Answer, Duty, Question, Signature
from linli.people.rules import BodyKind, Role

from .factories import NOW, actor_of, ask, make_person, make_post, make_town

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]
PC = BodyKind.PROPERTY_COMPANY


def all_at_once(calls):
    """Run them together; what each said."""
    barrier, said = threading.Barrier(len(calls)), [None] * len(calls)

    def run(n, call):
        close_old_connections()
        try:
            barrier.wait(30)
            said[n] = call()
        except UserError as error:
            said[n] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n, call)) for n, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return said


@pytest.fixture
def patient():
    """Fifty threads of a test wait longer for each other than web workers would."""
    connection.close()
    kept = connection.settings_dict["OPTIONS"].get("timeout")
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["timeout"] = 60
    yield
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["timeout"] = kept
    connection.close()


def test_of_eight_officials_at_once_one_answers(patient):
    town = make_town()
    question = ask(town)
    hands = [
        actor_of(make_post(make_person(f"员工{n}"), town.bodies[PC], Role.PROPERTY_COMPANY).person)
        for n in range(8)
    ]
    said = all_at_once(
        [lambda by=by: answer_question(question=question.pk, text="好了", by=by, now=NOW) for by in hands]
    )
    assert sum(isinstance(one, Answer) for one in said) == 1
    assert sum(isinstance(one, UnknownTransition) for one in said) == 7, said
    assert Answer.objects.count() == 1


def test_thirty_neighbours_sign_at_once_and_the_question_is_put_once(patient):
    town = make_town()
    question = ask(town, joint=True)
    hands = [town.neighbour() for _ in range(30)]
    said = all_at_once([lambda by=by: sign_question(question=question.pk, by=by, now=NOW) for by in hands])
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
    all_at_once([lambda: ask(town, he, key=key) for _ in range(10)])
    assert Question.objects.count() == 1 and Duty.objects.count() == 1


def test_questions_asked_at_once_get_numbers_of_their_own(patient):
    town = make_town()
    hands = [town.neighbour() for _ in range(10)]
    said = all_at_once([lambda by=by: ask(town, by) for by in hands])
    assert sorted(one.serial for one in said) == list(range(1, 11))
