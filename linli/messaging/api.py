"""The door of messaging: `tell`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.areas.api import Area
from linli.people.api import Person

from .actions import tell as telling
from .actions.levels import open_for
from .actions.tell import Free
from .kinds import Template, register
from .models import Message
from .rules import Channel, Group, Level

__all__ = ["Channel", "Free", "Group", "Level", "Message", "Template", "open_for", "register", "tell"]


def tell(
    *,
    template: str,
    key: str,
    now: datetime,
    person: Person | UUID | None = None,
    people: Iterable[Person | UUID] = (),
    context: Mapping[str, Any] | None = None,
    place: Area | None = None,
    urgent: bool = False,
    wants_ack: bool = False,
    channels: Collection[Channel] | None = None,
    free: Free | None = None,
) -> Message:
    """Tell a person, or many, in the inbox and by their wishes on the template's channels.

    `context` holds ids and public words only. The same `key` is told once. Raises LookupError for an unknown template.
    """
    audience = [*people, *([person] if person is not None else [])]
    return telling.tell(
        people=audience, template=template, key=key, now=now, words=context, place=place, urgent=urgent,
        wants_ack=wants_ack, channels=channels, free=free,
    )  # fmt: skip
