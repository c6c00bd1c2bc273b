"""Closed and merged accounts, and what other apps hear."""

import pytest

from linli.deliberation.actions.account import forget_asker, merge_askers
from linli.deliberation.actions.answering import contest_answer
from linli.deliberation.models import Signature
from linli.people.rules import BodyKind

from .factories import NOW, answer, ask, make_town, sign
from .test_questions import day, let_pass

pytestmark = pytest.mark.django_db
PC, RC, SO = BodyKind.PROPERTY_COMPANY, BodyKind.RESIDENTS_COMMITTEE, BodyKind.STREET_OFFICE


@pytest.fixture
def town():
    return make_town()


def test_the_other_apps_hear_who_owes_answered_and_looks_after_it(town, monkeypatch):
    heard = []
    monkeypatch.setattr(
        "linli.common.bus.publish", lambda fact, **kw: heard.append((type(fact).__name__, fact.office_id))
    )
    he = town.neighbour()
    question = ask(town, he, now=day(19))
    answer(town, question, now=day(20))
    contest_answer(question=question.pk, why="没说付给谁", by=he, now=day(20))
    let_pass(day(28))
    assert heard == [
        ("QuestionPut", town.bodies[PC].pk), ("QuestionAnswered", town.bodies[PC].pk), ("QuestionContested", town.bodies[RC].pk),
        ("QuestionOverdue", town.bodies[SO].pk),
    ]  # fmt: skip


def test_a_closed_account_leaves_its_questions_without_a_name(town):
    he = town.neighbour("何立群")
    put, joint, other = ask(town, he), ask(town, he, joint=True), ask(town, joint=True)
    sign(town, other, he)
    assert forget_asker(person=he.person.pk, now=NOW) == 2
    for row in (put, joint, other):
        row.refresh_from_db()
    assert put.asker is None and put.visibility == "nameless" and put.is_public
    assert joint.withdrawn and joint.state == "closed" and other.signed == 1
    assert not Signature.objects.filter(person=he.person).exists()


def test_merged_accounts_keep_one_signature(town):
    he, twin = town.neighbour(), town.neighbour()
    question, own = ask(town, joint=True), ask(town, twin)
    sign(town, question, he)
    sign(town, question, twin)
    merge_askers(keep=he.person.pk, drop=twin.person.pk, now=NOW)
    question.refresh_from_db()
    own.refresh_from_db()
    assert question.signed == 2 and own.asker == he.person
    assert not Signature.objects.filter(person=twin.person).exists()
