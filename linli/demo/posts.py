"""Fills the posts that no persona holds: committees, stations, companies and groups have their people."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from linli.people.api import Body, BodyKind, Identifier, Person, Post, Residency, ResidencyKind, Role

from . import names

if TYPE_CHECKING:
    from .world import World

K = BodyKind

# kind: role, title of the head, titles of the others
TEAMS: dict[str, tuple[Role, str, tuple[str, ...]]] = {
    K.RESIDENTS_COMMITTEE: (Role.RESIDENTS_COMMITTEE, "主任", ("副主任", "委员", "网格员", "网格员")),
    K.SERVICE_STATION: (Role.SERVICE_STATION, "站长", ("窗口", "窗口")),
    K.OWNERS_COMMITTEE: (Role.OWNERS_COMMITTEE, "主任", ("副主任", "委员", "委员")),
    K.PROPERTY_COMPANY: (Role.PROPERTY_COMPANY, "项目经理", ("客服主管", "工程主管", "保安队长")),
    K.STREET_OFFICE: (Role.STREET_OFFICE, "主任", ("民政科", "城管科", "平安办")),
    K.SOCIAL_ORG: (Role.SITE_EDITOR, "召集人", ()),
}
FIRST_PHONE = 9000


def build(world: World) -> None:
    number = FIRST_PHONE
    for body in world.bodies.values():
        if body.kind not in TEAMS:
            continue
        role, head, others = TEAMS[body.kind]
        has_head = body.posts.filter(is_head=True).exists()
        titles = list(others) if has_head else [head, *others]
        for person, title in zip(_people(world, body, len(titles), number), titles, strict=False):
            Post.objects.create(
                person=person, body=body, role=role, title=title, is_head=title == head and not has_head,
                since=max(body.valid_from, world.today - timedelta(days=world.rng.randint(120, 1500))),
            )  # fmt: skip
        number += len(titles)


def _people(world: World, body: Body, amount: int, number: int) -> list[Person]:
    """Owners of the place for an owners' committee; for the others, people from elsewhere who work here."""
    if body.kind == K.OWNERS_COMMITTEE:
        path = body.places.get().area.path
        owners = Residency.objects.filter(area__path__under=path, kind=ResidencyKind.OWNER, person__demo_key="", state="verified")
        return [row.person for row in owners.select_related("person").order_by("area_id")[3 : 3 + amount * 7 : 7]]
    made = []
    for n in range(amount):
        name = names.family(world.rng) + names.given(world.rng, world.rng.choice((29, 38, 47, 61)))
        person = Person.objects.create(display_name=name, legal_name=name, created_at=world.now - timedelta(days=500))
        phone = f"+861380000{number + n:04d}"
        Identifier.objects.create(person=person, kind=Identifier.Kind.PHONE, value=phone, verified_at=person.created_at)
        made.append(person)
    return made
