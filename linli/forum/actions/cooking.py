"""Cooking: typed text becomes HTML once, and a post's whole article, when it is written and whenever it changes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.common.errors import UserError
from linli.design.light import light
from linli.people.api import Body, BodyKind

from ..articles import article, facts_of, ours
from ..models import Board, Mention, Post, Topic
from ..queries.posts import whole_posts
from ..rules import MOST_MENTIONS, PostState

_CALL = re.compile(r"(?<![A-Za-z0-9._%+-])@([\w·\-()（）]{2,24})")
_TAG = re.compile(r"(<[^>]*>)")
_TRIED = 40  # marks that may turn out to be a name
# What people call the offices of their place by.
OFFICES: dict[str, BodyKind] = {
    "物业": BodyKind.PROPERTY_COMPANY, "物业公司": BodyKind.PROPERTY_COMPANY, "居委会": BodyKind.RESIDENTS_COMMITTEE,
    "业委会": BodyKind.OWNERS_COMMITTEE, "服务站": BodyKind.SERVICE_STATION, "街道": BodyKind.STREET_OFFICE,
    "街道办": BodyKind.STREET_OFFICE,
}  # fmt: skip


@dataclass(frozen=True)
class Called:
    """Who is called in a text: names as typed, with whom each means."""

    people: dict[str, UUID]
    bodies: dict[str, UUID]

    @property
    def names(self) -> list[str]:
        return sorted({*self.people, *self.bodies}, key=len, reverse=True)


def read_calls(text: str, board: Board, topic: Topic | None) -> Called:
    """Whom `@…` means: people who have written on this board, and offices that serve its place. At most three queries.

    Chinese has no blank after a name, so the longest known name that follows the mark counts; a name that two bear
    calls the one who writes in this topic, else nobody. Raises UserError (text) for too many.
    """
    found = list(dict.fromkeys(_CALL.findall(text)))
    if not found:
        return Called({}, {})
    if len(found) > _TRIED:
        raise UserError(_("一次最多点 %(n)d 个名字") % {"n": MOST_MENTIONS}, field="text")
    tried = {word[:n] for word in found for n in range(2, len(word) + 1)}
    bodies = _bodies(tried, board)
    people = _people(tried - bodies.keys(), board, topic)
    known = sorted({*bodies, *people}, key=len, reverse=True)
    meant = {next((name for name in known if word.startswith(name)), "") for word in found} - {""}
    if len(meant) > MOST_MENTIONS:
        raise UserError(_("一次最多点 %(n)d 个名字") % {"n": MOST_MENTIONS}, field="text")
    return Called(
        {n: k for n, k in people.items() if n in meant}, {n: k for n, k in bodies.items() if n in meant}
    )


def _bodies(tried: set[str], board: Board) -> dict[str, UUID]:
    """By its name, or by what people call the nearest of its kind."""
    kinds = {OFFICES[word] for word in tried & OFFICES.keys()}
    around = Q(places__area__in=[*board.place.ancestor_ids, board.place_id]) | Q(
        places__area__path__under=board.place.path
    )
    rows = Body.objects.filter(
        around, Q(name__in=tried) | Q(kind__in=kinds), places__until=None, valid_to=None
    )
    found: dict[str, UUID] = {}
    for pk, name, kind, path in rows.values_list("pk", "name", "kind", "places__area__path").order_by(
        "places__area__level", "pk"
    ):
        if name in tried:
            found[name] = pk
        if board.place.path.startswith(
            path
        ):  # the deepest that has the whole place in its care is the last one seen
            found |= {word: pk for word in tried & OFFICES.keys() if OFFICES[word] == kind}
    return found


def _people(tried: set[str], board: Board, topic: Topic | None) -> dict[str, UUID]:
    if not tried:
        return {}
    named = Post.objects.filter(
        unnamed=False, state="shown", author__display_name__in=tried, author__closed_at=None
    )
    near = (
        list(named.filter(topic=topic).values_list("author__display_name", "author").distinct())
        if topic
        else []
    )
    rows = near or list(
        named.filter(topic__board=board).values_list("author__display_name", "author").distinct()
    )
    by_name: dict[str, set[UUID]] = {}
    for name, pk in rows:
        by_name.setdefault(name, set()).add(pk)
    return {name: next(iter(keys)) for name, keys in by_name.items() if len(keys) == 1}


def cook(text: str, called: Called) -> str:
    """The text as HTML of a few plain elements; who is called stands out."""
    html = light(text)
    names = [str(escape(name)) for name in called.names]
    if not names:
        return ours(html)
    marks = re.compile("@(" + "|".join(map(re.escape, names)) + ")")
    parts, inside = [], False
    for part in _TAG.split(html):
        if part.startswith("<"):
            inside = part.startswith("<a ") or (inside and part != "</a>")
        elif not inside:
            part = marks.sub(r'<b class="at">@\1</b>', part)
        parts.append(part)
    return ours("".join(parts))


def set_mentions(post: Post, called: Called) -> None:
    """Write down who is called, once each; those no longer called are taken out."""
    wanted = {("person", key) for key in called.people.values()} | {
        ("body", key) for key in called.bodies.values()
    }
    there = {
        (("person", row.person_id) if row.person_id else ("body", row.body_id)): row.pk
        for row in post.mentions.all()
    }
    post.mentions.filter(pk__in=[pk for key, pk in there.items() if key not in wanted]).delete()
    Mention.objects.bulk_create(
        Mention(post=post, **{f"{kind}_id": key}) for kind, key in sorted(wanted - there.keys(), key=str)
    )


def cook_post(post: Post, *, called: Called | None = None) -> None:
    """Set `cooked` and `article` of a post whose row, pictures and mentions stand; the caller saves it.

    `called` is found again from the text where it is not given.
    """
    post.cooked = cook(post.text, called if called is not None else _called_before(post))
    with override("zh-hans"):
        post.article = article(facts_of(post))


def _called_before(post: Post) -> Called:
    """Whom a stored post calls: names may have changed since, so that those that no longer match are left plain."""
    if "@" not in post.text:
        return Called({}, {})
    try:
        return read_calls(post.text, post.topic.board, post.topic)
    except UserError:
        return Called({}, {})


@transaction.atomic
def recook(posts: Iterable[int]) -> int:
    """Cook these posts anew, as after a change of names or of what articles look like; returns how many."""
    from .touching import touch_topics

    rows = list(whole_posts().filter(pk__in=list(posts)))
    for post in rows:
        cook_post(post)
    Post.objects.bulk_update(rows, ["cooked", "article"], batch_size=100)
    touch_topics({post.topic_id for post in rows})
    return len(rows)


def recook_of_person(person: Any) -> int:
    """All posts on which this person's name stands."""
    mine = Q(author=person) | Q(for_person=person)
    return sum(recook(some) for some in _batches(Post.objects.filter(mine).values_list("pk", flat=True)))


def recook_renamed(*, people: Iterable[Any] = (), bodies: Iterable[Any] = ()) -> int:
    """The posts of these persons and offices that bear another name than theirs; returns how many."""
    named = Q(author__in=list(people), body=None, unnamed=False) & ~Q(
        article__contains=F("author__display_name")
    )
    spoken = Q(body__in=list(bodies)) & ~Q(article__contains=F("body__name"))
    rows = Post.objects.filter(named | spoken, state__in=[PostState.SHOWN, PostState.WAITING])
    return sum(recook(some) for some in _batches(list(rows.values_list("pk", flat=True))))


def _batches(keys: Iterable[int], size: int = 200) -> Iterable[list[int]]:
    some: list[int] = []
    for key in keys:
        some.append(key)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some
