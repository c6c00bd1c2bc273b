"""Kinds of owners: the apps whose things have files say who may see them, and which things are still there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from .rules import MEGABYTE, Type


class Sees(Protocol):
    """Whether the actor may download a file of the owner with this key."""

    def __call__(self, actor: Any, owner_id: str, /) -> bool: ...


class Looked(Protocol):
    """Told of each look at a file, before its bytes go out: the app writes down what has to be written down."""

    def __call__(self, actor: Any, owner_id: str, size: str, now: datetime, /) -> object: ...


def _nothing(actor: Any, owner_id: str, size: str, now: datetime, /) -> None:
    """Most looks need no record."""


@dataclass(frozen=True)
class OwnerKind:
    """`living` gives of some keys those whose thing is still there; `public` files may be kept by caches."""

    name: str
    sees: Sees
    living: Callable[[Iterable[str]], set[str]]
    accepts: frozenset[Type]
    public: bool = False
    most: int = 12  # files of one owner
    looked: Looked = _nothing


PERSON_QUOTA = 200 * MEGABYTE
BODY_QUOTA = 5_000 * MEGABYTE
_kinds: dict[str, OwnerKind] = {}


def register_owner(
    name: str,
    *,
    sees: Sees,
    living: Callable[[Iterable[str]], set[str]],
    accepts: Iterable[Type] = (Type.PICTURE, Type.PDF),
    public: bool = False,
    most: int = 12,
    looked: Looked = _nothing,
) -> None:
    """Let things of a kind own files."""
    _kinds[name] = OwnerKind(name, sees, living, frozenset(accepts), public, most, looked)


def owner_kind(name: str) -> OwnerKind | None:
    return _kinds.get(name)
