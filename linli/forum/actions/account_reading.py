"""What becomes of reading marks, follows, reactions and votes when an account is closed, or two become one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from ..models import Follow, Post, Reaction, Reading, Visit
from ..rules import Following, Reacts
from .polls import forget_voter, merge_voters
from .reactions import COUNTERS
from .reading import move_forward
from .touching import touch_topics


@transaction.atomic
def forget_reader(*, person: UUID) -> None:
    """Marks, follows and visits go; what he agreed with and voted stays counted, without whose it was to readers."""
    Reading.objects.filter(person=person).delete()
    Follow.objects.filter(Q(person=person) | Q(whom=person)).delete()
    Visit.objects.filter(person=person).delete()
    forget_voter(person=person)


@transaction.atomic
def merge_readers(*, keep: UUID, drop: UUID, now: datetime) -> None:
    """What either has read is read; of two wishes the kept account's stays; nothing is counted twice. Again: no change."""
    for row in Reading.objects.filter(person=drop).order_by("pk"):
        move_forward(person=keep, topic=row.topic_id, number=row.number, now=row.at, following=Following(row.following))
        if row.following != Following.NONE:
            own = Reading.objects.filter(person=keep, topic=row.topic_id, following=Following.NONE)
            own.update(following=row.following)
    Reading.objects.filter(person=drop).delete()
    _merge_follows(keep, drop)
    _merge_reactions(keep, drop)
    merge_voters(keep=keep, drop=drop)
    Visit.objects.filter(person=drop).delete()


def _merge_follows(keep: UUID, drop: UUID) -> None:
    Follow.objects.filter(person=keep, whom=drop).delete()
    Follow.objects.filter(person=drop, whom=keep).delete()
    for row in Follow.objects.filter(Q(person=drop) | Q(whom=drop)):
        target: dict[str, Any] = {
            "person_id": keep if row.person_id == drop else row.person_id, "board_id": row.board_id,
            "whom_id": keep if row.whom_id == drop else row.whom_id,
        }  # fmt: skip
        if Follow.objects.filter(**target).exists():
            row.delete()
        else:
            Follow.objects.filter(pk=row.pk).update(**target)


def _merge_reactions(keep: UUID, drop: UUID) -> None:
    own = set(Reaction.objects.filter(person=keep).values_list("post_id", "kind"))
    twins = [row for row in Reaction.objects.filter(person=drop) if (row.post_id, row.kind) in own]
    for row in twins:
        counter = COUNTERS[Reacts(row.kind)]
        Post.objects.filter(pk=row.post_id, **{f"{counter}__gt": 0}).update(**{counter: F(counter) - 1})
    topics = set(Post.objects.filter(pk__in=[row.post_id for row in twins]).values_list("topic_id", flat=True))
    Reaction.objects.filter(pk__in=[row.pk for row in twins]).delete()
    Reaction.objects.filter(person=drop).update(person=keep)
    if topics:
        touch_topics(topics)
