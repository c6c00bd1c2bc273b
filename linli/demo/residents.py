"""About 4,000 neighbours in 1,680 homes: owners, co-owners, families and tenants, as a real house has them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from linli.areas.api import HomeUse
from linli.common.ids import digits_code
from linli.people.api import Identifier, Person, Residency, ResidencyKind, ResidencyState
from linli.people.models import RollEntry
from linli.people.rules import Proof

from . import names

if TYPE_CHECKING:
    from .world import World

K = ResidencyKind
FIRST_PHONE = 100  # the personas have the numbers before


def build(world: World) -> None:
    taken = set(Residency.objects.values_list("area_id", flat=True))
    people: list[Person] = []
    stays: list[Residency] = []
    for home in world.homes:
        if home.use == HomeUse.DWELLING and home.pk not in taken and world.rng.random() < 0.93:
            _household(world, home.area, people, stays)
    _tell_apart(people)
    Person.objects.bulk_create(people, batch_size=500)
    phones = [
        Identifier(person=person, kind=Identifier.Kind.PHONE, value=f"+861380000{n:04d}", verified_at=person.created_at)
        for n, person in enumerate((p for p in people if world.rng.random() < 0.8), FIRST_PHONE)
    ]
    Identifier.objects.bulk_create(phones, batch_size=500)
    Residency.objects.bulk_create(stays, batch_size=500)
    _roll(world, phones)


def _tell_apart(people: list[Person]) -> None:
    """Among 4,000 random codes two are alike in one world of a hundred."""
    codes = set(Person.objects.values_list("code", flat=True))
    for person in people:
        while person.code in codes:
            person.code = digits_code()
        codes.add(person.code)


def _household(world: World, area, people: list[Person], stays: list[Residency]) -> None:
    rng = world.rng
    let = rng.random() < 0.19
    family = names.family(rng)
    size = rng.choices((1, 2, 3, 4, 5), (14, 30, 34, 15, 7))[0]
    age = rng.choice((27, 34, 41, 48, 55, 63, 71, 78))
    for n in range(size):
        own = n < 2 and not let
        kind = (K.TENANT if n == 0 else K.FAMILY) if let else (K.OWNER, K.CO_OWNER)[n] if own else K.FAMILY
        years = age if n < 2 else max(age - 28, 15)
        name = (family if n != 1 else names.family(rng)) + names.given(rng, years)
        since = world.now - timedelta(days=rng.randint(30, 900))
        person = Person(display_name=name, legal_name=name, code=digits_code(), created_at=since)
        people.append(person)
        stays.append(
            Residency(
                person=person, area=area, kind=kind, claimed_at=since, since=since.date(),
                state=ResidencyState.VERIFIED, proof=rng.choice((Proof.CODE, Proof.CODE, Proof.ROLL, Proof.IN_PERSON)),
                until=world.today + timedelta(days=rng.randint(20, 360)) if kind == K.TENANT else None,
            )
        )  # fmt: skip


def _roll(world: World, phones: list[Identifier]) -> None:
    """The roll that 邻安物业 handed over: who is known to own or rent in 纺机新村, with the phones it had."""
    path = world.places["纺机新村"].path
    rows = (
        Residency.objects.filter(area__path__under=path, kind__in=[K.OWNER, K.TENANT], person__demo_key="")
        .select_related("person")
        .order_by("area_id", "id")
    )
    known = {phone.person_id: phone.value for phone in phones}
    RollEntry.objects.bulk_create(
        [
            RollEntry(
                home_id=row.area_id, kind=row.kind, name=row.person.display_name, phone=known.get(row.person_id, ""),
                imported_at=world.now - timedelta(days=300),
            )
            for row in rows
        ]
    )  # fmt: skip
