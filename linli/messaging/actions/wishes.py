"""What a person wishes to get, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from ..models import Box, Delivery, Preference
from ..rules import FAR, PERIODS, QUIET, Channel, Group, Level, Mode


@dataclass(frozen=True)
class Wishes:
    """By group and channel; without an entry at once. Equal hours mean: never quiet."""

    modes: Mapping[tuple[str, str], str]
    quiet_since: int = QUIET[0]
    quiet_until: int = QUIET[1]

    @property
    def shown_quiet(self) -> tuple[int, int]:
        return QUIET if self.quiet_since == self.quiet_until else (self.quiet_since, self.quiet_until)


def wishes_of(person: UUID) -> Wishes:
    modes = {(row.group, row.channel): row.mode for row in Preference.objects.filter(person=person)}
    quiet = Box.objects.filter(pk=person).values_list("quiet_since", "quiet_until").first() or QUIET
    return Wishes(modes, *quiet)


@transaction.atomic
def set_wishes(*, person: UUID, wishes: Wishes) -> None:
    """Replace them all."""
    for (group, channel), mode in wishes.modes.items():
        set_mode(person=person, group=Group(group), channel=Channel(channel), mode=Mode(mode))
    Box.objects.get_or_create(person_id=person)
    Box.objects.filter(pk=person).update(quiet_since=wishes.quiet_since, quiet_until=wishes.quiet_until)


@transaction.atomic
def set_mode(*, person: UUID, group: Group, channel: Channel, mode: Mode) -> None:
    """One wish; what waits for a digest that is no longer wanted goes with the next one of the other kind, or not at all."""
    if channel not in FAR:
        return
    Preference.objects.update_or_create(person_id=person, group=group, channel=channel, defaults={"mode": mode})
    waiting = Delivery.objects.filter(
        person=person, channel=channel, message__group=group, digest=None, level=Level.QUEUED
    ).exclude(period="")
    if mode == Mode.OFF:
        waiting.update(level=Level.UNWANTED, period="")
    else:
        waiting.update(period=mode if mode in PERIODS else Mode.DAILY)
