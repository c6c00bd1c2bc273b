"""Reads of one's inbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from linli.areas.api import full_name, title
from linli.common import prepared
from linli.people.api import Person

from . import kinds
from .models import Box, Delivery, Message
from .rules import Channel, Level

PAGE = 20


@dataclass(frozen=True)
class Letter:
    """A message as its reader sees it."""

    key: UUID
    title: str
    text: str
    sender: str
    at: datetime
    unread: bool
    urgent: bool
    asks: bool  # an acknowledgement is wanted and not given yet
    acknowledged: datetime | None
    link: str
    link_label: str


def state(person_id: UUID) -> tuple[int, int]:
    """How many are unread, and the inbox's version number; one look by key."""
    found = prepared.rows(_box_of, values=(person_id,))
    return (found[0][0], found[0][1]) if found else (0, 0)


def _box_of(person: UUID) -> QuerySet[Box, Any]:
    return Box.objects.filter(pk=person).values_list("unread", "version")


def said(message: Message, language: str) -> kinds.Said:
    """The message in a language."""
    words = {**message.words, "title": message.title or message.words.get("title", ""), "text": message.text, "sender": message.sent_for}
    return kinds.say(kinds.get(message.template), words, language)


def letter(row: Delivery, language: str) -> Letter:
    message, template = row.message, kinds.get(row.message.template)
    words = said(message, language)
    place = message.place
    return Letter(
        row.pk, words.title, words.text, message.sent_for or (place.name if place else ""), row.created_at,
        row.opened_at is None, message.urgent, message.wants_ack and row.level < Level.ACKNOWLEDGED, row.acknowledged_at,
        template.address(message.words), str(template.link_label),
    )  # fmt: skip


def inbox(person: Person, language: str, before: UUID | None = None) -> tuple[list[Letter], UUID | None]:
    """The newest, or those before a key; and the key to go on from. One query."""
    rows = Delivery.objects.filter(person=person, channel=Channel.INBOX).select_related("message__place").order_by("-id")
    found = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    return [letter(row, language) for row in found[:PAGE]], found[PAGE - 1].pk if len(found) > PAGE else None


def place_name(message: Message) -> str:
    place = message.place
    if place is None:
        return ""
    return full_name(place) or title(place)
