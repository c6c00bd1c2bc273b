"""Who speaks in the demo's forum: a few dozen regulars of each place, some personas, and those who sign for offices."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

from linli.areas.api import Area, Level
from linli.forum.actions.cooking import OFFICES
from linli.forum.actions.writing import standing_of
from linli.forum.api import Board
from linli.forum.rules import Standing
from linli.people.api import Body, BodyPlace, Person, Post, Residency, ResidencyKind, ResidencyState
from linli.people.rules import OWNING, Proof, Role

from . import actors
from .forum_texts import Talk

if TYPE_CHECKING:
    from .world import World

REGULARS = 72  # of a compound
HERE_BEFORE = timedelta(days=100)
# key, name, compound's building, room: neighbours from elsewhere
FOREIGNERS = [
    ("emma", "Emma Clarke", "银杏苑2 幢", "804"),
    ("oliver", "Oliver Hayes", "银杏苑3 幢", "1102"),
    ("tomas", "Tomás Ruiz", "运河湾一期3 幢", "1603"),
]
TALKERS = ("he", "hu", "ding", "lu", "fang")  # personas who say a word here and there
SILENT = (Role.CALL_AGENT, Role.AUDITOR, Role.MEDIATOR)


class Voices:
    """Persons by letter, key or office, for a board."""

    def __init__(self, world: World, rng: random.Random) -> None:
        self.world, self.rng = world, rng
        self.people = {**world.people, **_foreigners(world)}
        self._stays: dict[object, Residency] = {}
        self._regulars = self._settle(rng)
        rows = Area.objects.filter(level__in=(Level.COMPOUND, Level.BUILDING))
        self._names = {pk: (name, level) for pk, name, level in rows.values_list("pk", "name", "level")}
        self._standings: dict[tuple[object, int], tuple[str, str]] = {}
        self._bodies = list(
            BodyPlace.objects.filter(until=None).select_related("body", "area").order_by("area__level", "pk")
        )
        self._signers: dict[object, list[Post]] = {}
        for post in (
            Post.objects.held_on(world.today)
            .exclude(role__in=SILENT)
            .select_related("person")
            .order_by("since", "title", "person__display_name")
        ):
            self._signers.setdefault(post.body_id, []).append(post)
        self._homes = _homes(self.people)

    def pool(self, board: Board) -> list[Person]:
        """The regulars of the board, the most talkative first."""
        path = board.place.path
        rows = [people for area, people in self._regulars if area.path.startswith(path)]
        return [one for some in zip(*rows, strict=False) for one in some]

    def cast(self, board: Board, talk: Talk) -> list[Person]:
        """Neighbours in the order in which a topic's letters are given out; the talkative come up more often."""
        pool = self.pool(board)
        luck = {one.pk: self.rng.random() ** (n + 12) for n, one in enumerate(pool)}
        found = sorted(pool, key=lambda one: -luck[one.pk])
        if talk.composed:
            local = [self.people[key] for key in TALKERS if self.lives(key, board)]
            found = [one for one in local if self.rng.random() < 0.22] + found
            head = found[:9]
            self.rng.shuffle(head)
            found[:9] = head
        for flag, most in (("in", 1), ("all", len(found))):
            if building := talk.flag(flag):
                home = [
                    one
                    for one in found
                    if one.pk in self._stays and self.standing(one, board)[1] == f"{building} 幢"
                ][:most]
                found = home + [one for one in found if one not in home]
        return found

    def home_of(self, person: Person) -> int:
        """The key of a regular's home."""
        return self._stays[person.pk].area_id

    def lives(self, key: str, board: Board) -> bool:
        return any(path.startswith(board.place.path) for path in self._homes.get(key, ()))

    def office(self, label: str, board: Board) -> tuple[Body, Post]:
        """The body that people call so here (or else the residents' committee), and who signs for it."""
        body = self._body(label, board) or self._body("居委会", board)
        assert body is not None, (label, board)
        signers = self._signers[body.pk]
        known = [post for post in signers if post.person.demo_key]
        chosen = known if known and self.rng.random() < 0.6 else signers
        return body, self.rng.choice(chosen)

    def post_of(self, key: str) -> Post:
        """The post that a persona holds."""
        return (
            Post.objects.held_on(self.world.today)
            .select_related("body")
            .filter(person=self.people[key])
            .order_by("since")[0]
        )

    def _body(self, label: str, board: Board) -> Body | None:
        if label in self.world.bodies:
            return self.world.bodies[label]
        kind, path, found = OFFICES[label], board.place.path, None
        for row in self._bodies:
            around = path.startswith(row.area.path)
            if row.body.kind == kind and (around or (found is None and row.area.path.startswith(path))):
                found = row.body
        return found

    def _settle(self, rng: random.Random) -> list[tuple[Area, list[Person]]]:
        """The regulars of each compound, each of one home; no two in the street bear the same name."""
        world = self.world
        rows = Residency.objects.verified_on(world.today).filter(
            person__demo_key="", since__lt=world.today - HERE_BEFORE
        )
        rows = rows.select_related("person", "area").order_by("area_id", "kind", "person__display_name")
        names, found = {person.display_name for person in self.people.values()}, []
        for area in Area.objects.filter(level=Level.COMPOUND).order_by("pk"):
            there = list(rows.filter(area__path__under=area.path, area__level=Level.HOME))
            chosen: list[Person] = []
            for stay in rng.sample(there, len(there)):
                if len(chosen) < REGULARS and stay.person.display_name not in names:
                    names.add(stay.person.display_name)
                    chosen.append(stay.person)
                    self._stays[stay.person_id] = stay
            found.append((area, chosen))
        return found

    def standing(self, person: Person, board: Board) -> tuple[str, str]:
        """What `standing_of` says of him (a test compares); of regulars it is known without asking the database."""
        key = (person.pk, board.pk)
        if key not in self._standings:
            stay = self._stays.get(person.pk)
            if stay is None:
                self._standings[key] = standing_of(actors.oneself(self.world, person), board)
            else:
                level = Level.BUILDING if board.place.level >= Level.COMPOUND else Level.COMPOUND
                found = next(
                    self._names[pk]
                    for pk in stay.area.ancestor_ids
                    if self._names.get(pk, ("", 0))[1] == level
                )
                self._standings[key] = (Standing.OWNER if stay.kind in OWNING else Standing.LIVES, found[0])
        return self._standings[key]


def _foreigners(world: World) -> dict[str, Person]:
    since = world.now - timedelta(days=220)
    found = {}
    for key, name, building, room in FOREIGNERS:
        home = Area.objects.under(world.places[building]).get(level=Level.HOME, name=room)
        found[key] = Person.objects.create(display_name=name, legal_name=name, created_at=since)
        Residency.objects.create(
            person=found[key], area=home, kind=ResidencyKind.TENANT, state=ResidencyState.VERIFIED, proof=Proof.IN_PERSON,
            claimed_at=since, since=since.date(), until=world.today + timedelta(days=200),
        )  # fmt: skip
    return found


def _homes(people: dict[str, Person]) -> dict[str, list[str]]:
    keys = {person.pk: key for key, person in people.items()}
    found: dict[str, list[str]] = {}
    for pk, path in Residency.objects.filter(person__in=keys, state=ResidencyState.VERIFIED).values_list(
        "person", "area__path"
    ):
        found.setdefault(keys[pk], []).append(path)
    return found
