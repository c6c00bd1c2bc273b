"""The posts of a topic's page: a range of numbers, read as plain rows."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from linli.common import prepared
from linli.common.pagecache import kept

from ..articles import Row, Viewer, article, facts_of, join
from ..models import Post, PostVersion, Reaction
from ..rules import numbers_of

_FIELDS = ("pk", "number", "state", "article", "at", "agreed", "thanked", "author_id", "body_id")


def whole_posts() -> Any:
    """Posts with all that an article says."""
    rows = Post.objects.select_related("topic__board__place", "author", "body", "for_person")
    return rows.prefetch_related("pictures__file")


def _of_page(topic: int, first: int, last: int) -> QuerySet[Post, Any]:
    return (
        Post.objects.filter(topic=topic, number__gte=first, number__lte=last)
        .order_by("number")
        .values_list(*_FIELDS)
    )



def rows_between(topic: int, first: int, last: int) -> list[Row]:
    """The posts with these numbers. In Chinese their articles are as stored; in another language they are made here."""
    rows = [Row(*row) for row in prepared.rows(_of_page, values=(topic, first, last))]
    if not (get_language() or "zh").startswith("zh"):
        whole = {
            post.pk: post for post in whole_posts().filter(topic=topic, number__gte=first, number__lte=last)
        }
        rows = [row._replace(article=article(facts_of(whole[row.pk]))) for row in rows]
    return rows


def rows_of_page(topic: int, page: int) -> list[Row]:
    return rows_between(topic, *numbers_of(page))


def joined(
    rows: Sequence[Row], topic: int, viewer: Viewer, now: datetime, below: Mapping[int, str], *, key: tuple[Hashable, ...]
) -> list[tuple[int, SafeString]]:
    """The same as `join`, from what is kept under the key (the page as it stands) for all who look like this one.

    Joined for himself alone are his own posts, those that he pressed a button of, and those with something below.
    """
    plain = kept(("articles", *key, viewer.kind), lambda: dict(join(rows, topic, viewer.anybody(), now)))
    pressed = {post for post, _kind in viewer.reacted}
    own = [row for row in rows if row.number in below or row.pk in pressed or viewer.owns(row)]
    shown = plain | dict(join(own, topic, viewer, now, below)) if own else plain
    return [(row.number, shown[row.number]) for row in rows if row.number in shown]


def rows_of(keys: list[int]) -> list[Row]:
    """Posts by their keys, whatever their topic, in the order of the keys."""
    posts = {post.pk: post for post in whole_posts().filter(pk__in=keys)}
    chinese = (get_language() or "zh").startswith("zh")
    return [
        Row(
            p.pk,
            p.number,
            p.state,
            p.article if chinese else article(facts_of(p)),
            p.at,
            p.agreed,
            p.thanked,
            p.author_id,
            p.body_id,
        )
        for p in (posts[key] for key in keys if key in posts)
    ]


_REACTED = f"SELECT post_id, kind FROM {Reaction._meta.db_table} WHERE person_id = %s AND post_id IN ({{keys}})"  # noqa: S608


def reacted(person: Any, rows: list[Row]) -> frozenset[tuple[int, str]]:
    """What the reader has agreed to or thanked for, among these. By hand: each page has other keys."""
    if not rows:
        return frozenset()
    who = Reaction._meta.get_field("person").get_db_prep_value(person, connection)
    with connection.cursor() as cursor:
        cursor.execute(_REACTED.format(keys=", ".join(["%s"] * len(rows))), [who, *(row.pk for row in rows)])
        return frozenset((post, kind) for post, kind in cursor.fetchall())


def post_at(pk: int) -> Post | None:
    """A post with its topic, board and place."""
    return (
        Post.objects.select_related("topic__board__place", "author", "body", "for_person")
        .filter(pk=pk)
        .first()
    )


def post_numbered(topic: int, number: int) -> Post | None:
    return (
        Post.objects.select_related("topic__board__place", "author", "body", "for_person")
        .filter(topic=topic, number=number)
        .first()
    )


def versions_of(post: Post) -> list[PostVersion]:
    """What it said before, the newest first."""
    return list(post.versions.select_related("by").order_by("-pk"))
