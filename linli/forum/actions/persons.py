"""What becomes of what somebody wrote when two accounts become one, or when one closes."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from linli.files.api import delete_files

from ..models import Draft, Mention, Post, PostVersion, Topic
from .pictures import OWNER
from .touching import touch_topics


@transaction.atomic
def merge_persons(*, kept: UUID, dropped: UUID) -> None:
    """What the dropped account wrote is the kept one's; of two drafts for the same place the kept one's stays."""
    topics = set(Post.objects.filter(author=dropped).values_list("topic_id", flat=True))
    Topic.objects.filter(author=dropped).update(author=kept)
    Post.objects.filter(author=dropped).update(author=kept)
    Post.objects.filter(for_person=dropped).update(for_person=kept)
    PostVersion.objects.filter(by=dropped).update(by=kept)
    Mention.objects.filter(person=dropped).update(person=kept)
    there = Draft.objects.filter(person=kept).values_list("at_what", flat=True)
    for draft in Draft.objects.filter(person=dropped, at_what__in=list(there)):
        _throw_away(draft)
    Draft.objects.filter(person=dropped).update(person=kept)
    touch_topics(topics)


@transaction.atomic
def forget_person(*, person: UUID) -> None:
    """Drafts go. What was published stays for its readers, under the name of a closed account."""
    for draft in Draft.objects.filter(person=person):
        _throw_away(draft)


def _throw_away(draft: Draft) -> None:
    if not Post.objects.filter(key=draft.key).exists():
        delete_files(owner=(OWNER, draft.key))
    draft.delete()
