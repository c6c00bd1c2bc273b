"""A small cell with its offices and neighbours, for the tests of every app above people. Not collected by pytest."""

from dataclasses import dataclass
from itertools import count

from linli.areas.tests.factories import make_cell
from linli.people.rules import BodyKind, ResidencyKind, Role
from linli.people.tests.factories import (
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
