"""Asking. Who asks is part of every query, before any limit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from linli.people.api import Actor

from .index import Wanted
from .models import SearchEntry, Synonym
from .rules import Audience, Question, kind_tag, public_tag, squash, variant, words_of

PAGE = 20
MOST_COUNTED = 200
GUESSED_FROM = 200  # newest entries among which a better spelling is looked for


@dataclass(frozen=True)
class Filters:
    """`place` is the path at or below which things have to be."""

    kind: str = ""
    place: str = ""
    since: datetime | None = None


@dataclass(frozen=True)
class Found:
    """A page of entries; `total` None: more than are counted; `after` is where the next page begins."""

    entries: list[SearchEntry]
    total: int | None
    after: int | None


def visible(actor: Actor) -> Q:
    """The entries that the actor may find; one condition, so that nothing else is ever read, counted or guessed from."""
    allowed = Q(audience=Audience.PUBLIC)
    if actor.person_id is None:
        return allowed
    if actor.mandate is None:
        allowed |= Q(audience=Audience.PERSON, person=actor.person_id)
    given = ["", *sorted(map(str, actor.permissions))]  # what members find may ask for a permission besides
    if actor.acting:
        for path in actor.acting.paths:
            allowed |= Q(audience=Audience.MEMBERS, permission__in=given, place__under=path)
    elif actor.stays:
        around = {above for stay in actor.stays for above in _up(stay.path)}
        allowed |= Q(audience=Audience.MEMBERS, permission__in=given, place__in=sorted(around))
    for permission in sorted(actor.permissions):
        for path in actor.paths_for(permission):
            allowed |= Q(audience=Audience.STAFF, permission=str(permission), place__under=path)
    return allowed


def _up(path: str) -> Iterable[str]:
    """The path and those of all places around it."""
    parts = path.strip("/").split("/")
    return ("/" + "/".join(parts[: n + 1]) + "/" for n in range(len(parts)))


def _tags(actor: Actor, filters: Filters) -> tuple[str, ...]:
    """Tags spare the database rows that the condition would refuse; they allow nothing."""
    tags = [public_tag(Audience.PUBLIC)] if actor.person_id is None else []
    return (*tags, kind_tag(filters.kind)) if filters.kind else tuple(tags)


def _matching(question: Question, actor: Actor, filters: Filters) -> QuerySet[SearchEntry]:
    wanted = Wanted(_tags(actor, filters), question.parts)
    rows = SearchEntry.objects.filter(words__has=wanted)
    for part in question.parts:
        if len(part) == 1 and part[0].certain:
            continue
        stands = Q(pk__in=[])
        for one in part:
            stands |= Q(plain__contains=one.text)
        rows = rows.filter(stands)
    return _filtered(rows.filter(visible(actor)), filters)


def _filtered(rows: QuerySet[SearchEntry], filters: Filters) -> QuerySet[SearchEntry]:
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.place:
        rows = rows.filter(place__under=filters.place)
    if filters.since:
        rows = rows.filter(at__gte=filters.since)
    return rows


def search(question: Question, *, actor: Actor, filters: Filters | None = None, after: int | None = None, size: int = PAGE) -> Found:
    """The entries in which every part of the question stands: those put first, then the newest.

    `after` is the key at which the former page ended. Two queries at most.
    """
    rows = _matching(question, actor, filters or Filters())
    page = rows.filter(pk__lt=after) if after is not None else rows
    entries = list(page.defer("plain", "words").order_by("-pk")[: size + 1])
    more = len(entries) > size
    if after is None and not more:
        total: int | None = len(entries)
    else:
        counted = rows.order_by()[: MOST_COUNTED + 1].count()
        total = counted if counted <= MOST_COUNTED else None
    entries = entries[:size]
    return Found(entries, total, entries[-1].pk if more else None)


def guesses(question: Question, *, actor: Actor, filters: Filters | None = None, most: int = 5) -> list[str]:
    """Titles that the person may have meant: those that share the most words with what he typed, at least half."""
    words = [frozenset(word for one in part[:1] for word in words_of(one.text)) for part in question.parts]
    asked = frozenset().union(*words)
    filters = filters or Filters()
    loose = Wanted(_tags(actor, filters), (tuple(v for part in question.parts for v in part[:1]),), loose=True)
    rows = _filtered(SearchEntry.objects.filter(visible(actor), words__has=loose), filters)
    found: dict[str, float] = {}
    for title in rows.order_by("-pk").values_list("title", flat=True)[:GUESSED_FROM]:
        own = frozenset(words_of(squash(title)))
        shared = len(asked & own) * 100 // max(1, len(asked))
        if shared >= 40:
            found.setdefault(title, shared * 1000 - len(own))
    best: list[str] = []
    for title in sorted(found, key=lambda title: -found[title]):
        if not any(title.startswith(shorter) for shorter in best):
            best.append(title)
    return best[:most]


def beginnings(typed: str, *, actor: Actor, most: int = 8) -> list[str]:
    """Titles that begin with what was typed, the first in order."""
    text = squash(typed)[:40]
    start = variant(text)
    if start is None:
        return []
    rows = SearchEntry.objects.filter(visible(actor), words__has=Wanted(_tags(actor, Filters()), ((start,),)))
    titles = rows.filter(plain__startswith=text).order_by("-pk").values_list("title", flat=True)[: most * 4]
    return list(dict.fromkeys(titles))[:most]


def synonyms_for(typed: str) -> dict[str, list[str]]:
    """The groups of which a word stands in what was typed: each such word and the others of its group, squashed."""
    text = squash("".join(typed[:400].split()))
    if len(text) > 200:
        return {}
    spans = {text[n : n + size] for size in range(2, 21) for n in range(len(text) - size + 1)}
    groups = set(Synonym.objects.filter(folded__in=sorted(spans)).values_list("group", flat=True)[:20]) if spans else set()
    members: dict[int, list[str]] = {}
    for group, folded in Synonym.objects.filter(group__in=groups).order_by("pk").values_list("group", "folded"):
        members.setdefault(group, []).append(folded)
    return {word: [w for w in words if w != word] for words in members.values() for word in words if word in spans}


def synonym_groups() -> list[tuple[int, list[str]]]:
    """All groups with their words as written."""
    groups: dict[int, list[str]] = {}
    for group, word in Synonym.objects.order_by("group", "pk").values_list("group", "word"):
        groups.setdefault(group, []).append(word)
    return list(groups.items())
