"""Asking. Who asks is part of every query, before any limit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from linli.common import prepared
from linli.common.pagecache import kept
from linli.people.api import Actor

from .index import Wanted
from .models import Indexed, SearchEntry, Synonym
from .rules import Audience, Question, kind_tag, public_tag, squash, variant, words_of

PAGE = 20
MOST_COUNTED = 200
GUESSED_FROM = 200  # newest entries among which a better spelling is looked for
Condition = dict[str, Any]
Conditions = tuple[tuple[Condition, ...], ...]  # of each tuple one has to hold


@dataclass(frozen=True)
class Filters:
    """`place` is the path at or below which things have to be."""

    kind: str = ""
    place: str = ""
    since: datetime | None = None


class Hit(NamedTuple):
    """What a page shows of an entry."""

    pk: int
    kind: str
    subject: str
    url: str
    title: str
    text: str
    at: datetime | None


@dataclass(frozen=True)
class Found:
    """A page of entries; `total` None: more than are counted; `after` is where the next page begins."""

    entries: list[Hit]
    total: int | None
    after: int | None


def visible(actor: Actor) -> tuple[Condition, ...]:
    """The entries that the actor may find, as conditions of which one has to hold; nothing else is ever read, counted or
    guessed from."""
    allowed: list[Condition] = [{"audience": Audience.PUBLIC}]
    if actor.person_id is None:
        return tuple(allowed)
    if actor.mandate is None:
        allowed.append({"audience": Audience.PERSON, "person": actor.person_id})
    members = {"audience": Audience.MEMBERS, "permission__in": ["", *sorted(map(str, actor.permissions))]}  # some ask for one besides
    if actor.acting:
        allowed += [{**members, "place__under": path} for path in actor.acting.paths]
    elif actor.stays:
        allowed.append({**members, "place__in": sorted({above for stay in actor.stays for above in _up(stay.path)})})
    for permission in sorted(actor.permissions):
        staff = {"audience": Audience.STAFF, "permission": str(permission)}
        allowed += [{**staff, "place__under": path} for path in actor.paths_for(permission)]
    return tuple(allowed)


def _up(path: str) -> Iterable[str]:
    """The path and those of all places around it."""
    parts = path.strip("/").split("/")
    return ("/" + "/".join(parts[: n + 1]) + "/" for n in range(len(parts)))


def _tags(actor: Actor, filters: Filters) -> tuple[str, ...]:
    """Tags spare the database rows that the condition would refuse; they allow nothing."""
    tags = [public_tag(Audience.PUBLIC)] if actor.person_id is None else []
    return (*tags, kind_tag(filters.kind)) if filters.kind else tuple(tags)


class _Asked:
    """Entries with these words that the actor may find."""

    def __init__(self, wanted: Wanted, actor: Actor, filters: Filters) -> None:
        self.match = wanted.fts5() if _reach() else wanted.tsquery()
        self.conditions: Conditions = () if actor.person_id is None else (visible(actor),)
        if filters.place:
            self.also({"place__under": filters.place})
        if filters.since:
            self.also({"at__gte": filters.since})

    def also(self, *conditions: Condition) -> None:
        """One of these has to hold besides."""
        self.conditions += (conditions,)

    def newest(self, *names: str, after: int | None = None, most: int) -> list[Any]:
        """In their order, the highest key first."""
        values = (self.match,) if after is None else (self.match, after)
        if not self.conditions:  # as most visitors ask
            return prepared.rows(_public, names, most, values=values)
        return list(_newest(names, most, self.conditions, *values))

    def titles(self, most: int) -> list[str]:
        return [title for (title,) in self.newest("title", most=most)]


def _public(names: tuple[str, ...], most: int, match: str, after: int | None = None) -> QuerySet[Any, Any]:
    return _newest(names, most, (visible(Actor()),), match, after)


def _newest(names: tuple[str, ...], most: int, conditions: Conditions, match: str, after: int | None = None) -> QuerySet[Any, Any]:
    """Each database is asked from where its index stands, so that the newest are read and no others."""
    to = _reach()
    model: Any = Indexed if to else SearchEntry
    rows = model.objects.filter(words__has=match)
    for some in conditions:
        found = Q()
        for one in some:
            found |= Q(**{f"{to}{name}": value for name, value in one.items()})
        rows = rows.filter(found)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    return rows.order_by("-pk").values_list(*(f"{to}{name}" for name in names))[:most]


def _reach() -> str:
    """How an entry is reached from where it is looked for."""
    return "entry__" if connection.vendor == "sqlite" else ""


def _matching(question: Question, actor: Actor, filters: Filters) -> _Asked:
    asked = _Asked(Wanted(_tags(actor, filters), question.parts), actor, filters)
    for part in question.parts:
        if len(part) > 1 or not part[0].certain:
            asked.also(*({"plain__contains": one.text} for one in part))
    return asked


def search(question: Question, *, actor: Actor, filters: Filters | None = None, after: int | None = None, size: int = PAGE) -> Found:
    """The entries in which every part of the question stands: those put first, then the newest.

    `after` is the key at which the former page ended. Two queries at most.
    """
    asked = _matching(question, actor, filters or Filters())
    entries = [Hit(*row) for row in asked.newest(*Hit._fields, after=after, most=size + 1)]
    more = len(entries) > size
    if after is None and not more:
        total: int | None = len(entries)
    else:
        counted = len(asked.newest("pk", most=MOST_COUNTED + 1))
        total = counted if counted <= MOST_COUNTED else None
    entries = entries[:size]
    return Found(entries, total, entries[-1].pk if more else None)


def guesses(question: Question, *, actor: Actor, filters: Filters | None = None, most: int = 5) -> list[str]:
    """Titles that the person may have meant: those that share the most words with what he typed, at least half."""
    words = [frozenset(word for one in part[:1] for word in words_of(one.text)) for part in question.parts]
    asked = frozenset().union(*words)
    filters = filters or Filters()
    loose = Wanted(_tags(actor, filters), (tuple(v for part in question.parts for v in part[:1]),), loose=True)
    found: dict[str, float] = {}
    for title in _Asked(loose, actor, filters).titles(GUESSED_FROM):
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
    asked = _Asked(Wanted(_tags(actor, Filters()), ((start,),)), actor, Filters())
    asked.also({"plain__startswith": text})
    return list(dict.fromkeys(asked.titles(most * 4)))[:most]


def synonyms_for(typed: str) -> dict[str, list[str]]:
    """The groups of which a word stands in what was typed: each such word and the others of its group, squashed."""
    text = squash("".join(typed[:400].split()))
    if len(text) > 200:
        return {}
    spans = {text[n : n + size] for size in range(2, 21) for n in range(len(text) - size + 1)}
    groups = kept(("synonyms",), _folded_groups, tags=("synonyms",))
    return {word: [w for w in groups[word] if w != word] for word in sorted(spans & groups.keys())}


def _folded_groups() -> dict[str, list[str]]:
    """Each folded word with its whole group."""
    groups: dict[int, list[str]] = {}
    for group, folded in Synonym.objects.order_by("pk").values_list("group", "folded"):
        groups.setdefault(group, []).append(folded)
    return {word: words for words in groups.values() for word in words}


def synonym_groups() -> list[tuple[int, list[str]]]:
    """All groups with their words as written."""
    groups: dict[int, list[str]] = {}
    for group, word in Synonym.objects.order_by("group", "pk").values_list("group", "word"):
        groups.setdefault(group, []).append(word)
    return list(groups.items())
