"""What can be done to a thing of an upper app at the desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from linli.people.api import Actor

from .actions.things import hide_thing, restore_thing
from .models import Act
from .post_acts import HIDE, RESTORE, Doing, more, why_of
from .things import Thing

__all__ = ["carry_out", "more", "possible"]


def possible(thing: Thing) -> list[Doing]:
    return [RESTORE if thing.hidden else HIDE]


def carry_out(doing: Doing, thing: Thing, data: dict[str, Any], *, by: Actor, now: datetime) -> Act:
    """Raises what the verbs raise."""
    verb = hide_thing if doing is HIDE else restore_thing
    return verb(ref=thing.ref, why=why_of(data), by=by, now=now)
