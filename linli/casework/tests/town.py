"""A small town with its bodies, and cases at every station. Not collected by pytest."""

from dataclasses import dataclass
from itertools import count

from linli.areas.tests.factories import make_cell
from linli.casework.actions.reporting import CaseFacts, submit_case
from linli.casework.models import Case
from linli.common.ids import uuid7
from linli.people.models import Body
from linli.people.policy import Actor
from linli.people.rules import BodyKind, ResidencyKind, Role
from linli.people.tests.factories import NOW, actor_of, make_body, make_person, make_post, make_residency
from linli.sites.api import ensure_sites, site_of

_n = count(1)
B = BodyKind
NAMES = {
    B.PROPERTY_COMPANY: ("邻安物业", "compound_a1", Role.PROPERTY_COMPANY), B.OWNERS_COMMITTEE: ("纺机新村业委会", "compound_a1", Role.OWNERS_COMMITTEE),
    B.RESIDENTS_COMMITTEE: ("青砖里居委会", "community_a", Role.RESIDENTS_COMMITTEE), B.SERVICE_STATION: ("青砖里服务站", "community_a", Role.SERVICE_STATION),
    B.STREET_OFFICE: ("柳渡街道办", "street", Role.STREET_OFFICE), B.DISTRICT: ("桂江区政府", "district", Role.DISTRICT),
}  # fmt: skip


@dataclass
class Town:
    places: dict
    bodies: dict[BodyKind, Body]
    heads: dict

    def head(self, kind) -> Actor:
        """The head of the body of this kind, as he acts."""
        return actor_of(self.heads[kind])

    def neighbour(self, name="", phone=None) -> Actor:
        person = make_person(name or f"邻居{next(_n)}", phone)
        make_residency(person, self.places["home"], ResidencyKind.FAMILY)
        return actor_of(person)

    @property
    def place(self):
        return self.places["compound_a1"]

    @property
    def slug(self):
        return site_of(self.place).slug


def make_town() -> Town:
    places = make_cell()
    ensure_sites(now=NOW)
    bodies = {kind: make_body(kind, places[place], name=name, phone="5550132") for kind, (name, place, _role) in NAMES.items()}
    heads = {
        kind: make_post(make_person(f"{NAMES[kind][0]}主任"), body, NAMES[kind][2], is_head=True, title="主任").person for kind, body in bodies.items()
    }
    return Town(places, bodies, heads)


def facts(town, **more) -> CaseFacts:
    values = {"key": str(uuid7()), "place": town.place, "text": "北门第三盏灯不亮。晚上看不清台阶", "theme": "light", **more}
    return CaseFacts(**values)


def submit(town, by=None, now=NOW, **more) -> Case:
    return submit_case(facts=facts(town, **more), by=by or town.neighbour(), now=now)


def put(case: Case, **columns) -> Case:
    """As the desk and the unit would leave it: their verbs have tests of their own."""
    Case.objects.filter(pk=case.pk).update(**columns)
    case.refresh_from_db()
    return case
