"""Things of upper apps that the moderators of their place may hide and bring back: by the same acts, rules, log and appeals.

An app registers its kind once. Only what everybody reads is a thing here: nobody keeps order in what he cannot read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from linli.areas.api import Area
from linli.people.api import Person


@dataclass(frozen=True)
class Thing:
    """One of them. `author`: whom an act on it concerns; `parties`: bodies that have a part in it, and so neither act
    on it nor decide an appeal; `html`: its words as they are shown."""

    ref: str
    row: models.Model
    place: Area
    title: str
    html: Any
    at: datetime
    author: Person | None
    parties: frozenset[UUID]
    hidden: bool


@dataclass(frozen=True)
class Kind:
    """`find`: by its key, locked where asked for; None for what is no thing here. `turn`: hide it, with what stands in
    its place, or bring it back (None). `words`: how the log calls each kind of act."""

    label: Any
    find: Callable[[UUID, bool], Thing | None]
    turn: Callable[[UUID, str | None, datetime], object]
    url: Callable[[UUID], str]
    words: dict[str, Any]


_kinds: dict[str, Kind] = {}


def register_thing(name: str, kind: Kind) -> None:
    _kinds[name] = kind


def ref_of(name: str, key: UUID) -> str:
    return f"{name}:{key}"


def kind_of(ref: str) -> Kind:
    return _kinds[ref.partition(":")[0]]


def find_thing(ref: str, *, lock: bool = False) -> Thing | None:
    """The thing that acts call so; None for what nobody knows or not everybody reads."""
    name, _colon, key = ref.partition(":")
    return _kinds[name].find(UUID(key), lock) if name in _kinds else None


def thing_of(key: UUID) -> Thing | None:
    """The thing of this key, of whatever kind: keys are nobody's twice."""
    found = (kind.find(key, False) for kind in _kinds.values())
    return next((thing for thing in found if thing is not None), None)


def turn(thing: Thing, said: str | None, now: datetime) -> None:
    kind_of(thing.ref).turn(_key(thing.ref), said, now)


def url_of(ref: str) -> str:
    return kind_of(ref).url(_key(ref))


def parties_of(ref: str) -> frozenset[UUID]:
    thing = find_thing(ref) if ref else None
    return thing.parties if thing is not None else frozenset()


def _key(ref: str) -> UUID:
    return UUID(ref.partition(":")[2])
