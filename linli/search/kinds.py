"""What can be found: each kind with its words and a source from which all its entries can be made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from .rules import Audience


@dataclass(frozen=True)
class Entry:
    """A findable thing as its app describes it.

    `first` above 0 stands before all that is sorted by time, the highest first, and among those `nth`, the lowest first.
    """

    kind: str
    subject: str
    title: str
    url: str
    text: str = ""
    place: str = ""
    at: datetime | None = None
    audience: str = Audience.PUBLIC
    permission: str = ""
    person: UUID | None = None
    first: int = 0
    nth: int = 0


@dataclass(frozen=True)
class Kind:
    name: str
    label: Any
    source: Callable[[], Iterator[Entry]]
    order: int = 50
    dated: bool = False  # what belongs there changes with the day, without anybody writing


_kinds: dict[str, Kind] = {}


def register_kind(
    name: str, label: Any, source: Callable[[], Iterator[Entry]], *, order: int = 50, dated: bool = False
) -> None:
    """Add a kind of findable thing; `source` gives all its entries as they should be now.

    A `dated` kind (its things begin or end on a day) is renewed every night.
    """
    _kinds[name] = Kind(name, label, source, order, dated)


def kinds() -> list[Kind]:
    return sorted(_kinds.values(), key=lambda kind: kind.order)


def kind_named(name: str) -> Kind | None:
    return _kinds.get(name)
