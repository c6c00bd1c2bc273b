"""Questions, offices and neighbours for tests. Not collected by pytest."""

from dataclasses import dataclass
from itertools import count

from linli.areas.tests.factories import make_cell, make_home
from linli.common.ids import uuid7
from linli.deliberation.actions.answering import answer_question
from linli.deliberation.actions.asking import Words, ask_question
from linli.deliberation.actions.signing import sign_question
from linli.deliberation.models import Question
from linli.people.models import Body
from linli.people.rules import BodyKind, ResidencyKind, Role
from linli.people.tests.factories import (
    NOW,
    TODAY,
    actor_of,
    make_body,
    make_person,
    make_post,
    make_residency,
)

_n = count(1)
ROLE = {
    BodyKind.PROPERTY_COMPANY: Role.PROPERTY_COMPANY, BodyKind.OWNERS_COMMITTEE: Role.OWNERS_COMMITTEE,
    BodyKind.RESIDENTS_COMMITTEE: Role.RESIDENTS_COMMITTEE, BodyKind.SERVICE_STATION: Role.SERVICE_STATION,
    BodyKind.STREET_OFFICE: Role.STREET_OFFICE, BodyKind.DISTRICT: Role.DISTRICT,
}  # fmt: skip


@dataclass
class Town:
    """A small cell with its offices, each with a head."""

    places: dict
    bodies: dict
    heads: dict

    def head(self, kind):
        """The head of the office of this kind, as he acts."""
        return actor_of(self.heads[kind])

    def neighbour(self, name=""):
        """A verified resident of compound a1, as he acts."""
        person = make_person(name or f"邻居{next(_n)}")
        make_residency(person, self.places["home"], ResidencyKind.FAMILY)
        return actor_of(person)

    @property
    def place(self):
        return self.places["compound_a1"]


def make_town() -> Town:
    places = make_cell()
    where = {
        BodyKind.PROPERTY_COMPANY: "compound_a1", BodyKind.OWNERS_COMMITTEE: "compound_a1", BodyKind.RESIDENTS_COMMITTEE: "community_a",
        BodyKind.SERVICE_STATION: "community_a", BodyKind.STREET_OFFICE: "street", BodyKind.DISTRICT: "district",
    }  # fmt: skip
    names = {
        BodyKind.PROPERTY_COMPANY: "邻安物业", BodyKind.OWNERS_COMMITTEE: "纺机新村业委会", BodyKind.RESIDENTS_COMMITTEE: "青砖里居委会",
        BodyKind.SERVICE_STATION: "青砖里服务站", BodyKind.STREET_OFFICE: "柳渡街道办", BodyKind.DISTRICT: "桂江区政府",
    }  # fmt: skip
    bodies = {kind: make_body(kind, places[place], name=names[kind]) for kind, place in where.items()}
    heads = {
        kind: make_post(
            make_person(f"{names[kind]}主任"), body, ROLE[kind], is_head=True, title="主任"
        ).person
        for kind, body in bodies.items()
    }
    return Town(places, bodies, heads)


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
