"""What somebody has written himself, for reading it again and for taking it along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from ..models import Post

PAGE = 30


def posts_of(person: UUID) -> QuerySet[Post]:
    """His posts, those written down for him, and those that he signed for an office; the newest first."""
    rows = Post.objects.filter(Q(author=person) | Q(for_person=person))
    return rows.select_related("topic__board", "body", "author", "for_person").order_by("-pk")


def page_of_posts(person: UUID, before: int | None) -> tuple[list[Post], int | None]:
    """A page of them, and the key to go on from."""
    rows = posts_of(person)
    found = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def exported(person: UUID) -> Iterator[dict[str, Any]]:
    """Each as plain values, for a file; read in pieces, however many there are."""
    for post in posts_of(person).prefetch_related("pictures").iterator(chunk_size=500):
        yield {
            "url": f"/posts/{post.pk}/", "board": post.topic.board.name, "topic": post.topic.title, "number": post.number,
            "at": post.at.isoformat(), "edited_at": post.edited_at.isoformat() if post.edited_at else None, "text": post.text,
            "state": post.state, "office": post.body.name if post.body else "", "unnamed": post.unnamed,
            "written_down_by": post.author.display_name if post.for_person_id and post.author else "",
            "agreed": post.agreed, "thanked": post.thanked,
            "pictures": [{"url": f"/files/{one.file_id}/large", "alt": one.alt} for one in post.pictures.all()],
        }  # fmt: skip
