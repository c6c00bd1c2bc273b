"""Questions, offices and neighbours for tests. Not collected by pytest."""

from linli.areas.tests.factories import make_home
from linli.common.ids import uuid7
from linli.deliberation.actions.answering import answer_question
from linli.deliberation.actions.asking import Words, ask_question
from linli.deliberation.actions.signing import sign_question
from linli.deliberation.models import Question
from linli.people.models import Body
from linli.people.rules import BodyKind
from linli.people.tests.factories import (
    NOW,
    TODAY,
    actor_of,
    make_body,
    make_person,
    make_post,
    make_residency,
)
from linli.people.tests.town import ROLE, Town, make_town


def say(town, office=BodyKind.PROPERTY_COMPANY, **more) -> Words:
    values = {
        "place": town.place, "office": town.bodies[office] if not isinstance(office, Body) else office, "title": "分摊款用了多少？",
        "text": "已经付了多少、付给谁？", "theme": "fees", **more,
    }  # fmt: skip
    return Words(**values)


def ask(town, by=None, office=BodyKind.PROPERTY_COMPANY, now=NOW, key=None, **more) -> Question:
    return ask_question(
        key=key or uuid7(), words=say(town, office, **more), by=by or town.neighbour(), now=now
    )


def sign(town, question, by=None, now=NOW) -> Question:
    return sign_question(question=question.pk, by=by or town.neighbour(), now=now)


def answer(town, question, kind=BodyKind.PROPERTY_COMPANY, text="付了 52 万。", now=NOW):
    return answer_question(question=question.pk, text=text, by=town.head(kind), now=now)


__all__ = [
    "NOW",
    "ROLE",
    "TODAY",
    "Town",
    "actor_of",
    "answer",
    "ask",
    "make_body",
    "make_home",
    "make_person",
    "make_post",
    "make_residency",
    "make_town",
    "say",
    "sign",
]
