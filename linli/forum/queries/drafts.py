"""One's drafts, and where each goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from linli.common import prepared
from linli.people.api import Actor

from ..models import Board, Draft, Post, Topic


@dataclass(frozen=True)
class DraftLine:
    pk: int
    kind: str  # board, topic, post
    where: str
    title: str
    text: str
    url: str
    at: datetime


def draft_at(person: UUID, at_what: str) -> Draft | None:
    """What he is writing there; asked on every page with a form to write."""
    return next(iter(prepared.objects(_draft_of, values=(person, at_what))), None)


def _draft_of(person: UUID, at_what: str) -> QuerySet[Draft]:
    return Draft.objects.filter(person=person, at_what=at_what)


def drafts_of(actor: Actor) -> list[DraftLine]:
    """The newest first; four statements however many. What they belonged to may be gone by now: those are left out."""
    rows = list(Draft.objects.filter(person=actor.person_id).order_by("-at"))
    keys: dict[str, set[int]] = {"board": set(), "topic": set(), "post": set()}
    for row in rows:
        kind, _colon, key = row.at_what.partition(":")
        keys.setdefault(kind, set()).add(int(key))
    boards = dict(Board.objects.filter(pk__in=keys["board"]).values_list("pk", "name"))
    topics = dict(Topic.objects.filter(pk__in=keys["topic"]).values_list("pk", "title"))
    posts = dict(Post.objects.filter(pk__in=keys["post"]).values_list("pk", "topic__title"))
    names = {"board": boards, "topic": topics, "post": posts}
    urls = {"board": "/boards/{}/new/", "topic": "/topics/{}/reply/", "post": "/posts/{}/edit/"}
    lines = []
    for row in rows:
        kind, _colon, key = row.at_what.partition(":")
        where = names.get(kind, {}).get(int(key))
        if where is not None:
            lines.append(DraftLine(row.pk, kind, where, row.title, row.text, urls[kind].format(key), row.at))
    return lines
