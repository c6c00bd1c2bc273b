"""Writing entries, in the transaction of what they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from linli.common import prepared

from ..kinds import Entry, kind_named, kinds
from ..models import SearchEntry
from ..rules import MOST_TEXT, MOST_TITLE, cut, kind_tag, public_tag, sort_key, squash

BATCH = 500
_FIELDS = ("audience", "place", "permission", "person", "at", "url", "title", "text", "plain", "words")
_LOW = 16


def put_entry(*, kind: str, subject: Any, title: str, url: str, **facts: Any) -> None:
    """Make a thing findable, or its entry as it is now. `facts`: the other fields of `kinds.Entry`.

    Raises LookupError for a kind that nobody registered.
    """
    put_entries([Entry(kind=kind, subject=str(subject), title=title, url=url, **facts)])


def drop_entry(*, kind: str, subject: Any) -> None:
    """The thing can no longer be found."""
    SearchEntry.objects.filter(kind=kind, subject=str(subject)).delete()


def drop_entries(*, kind: str, subjects: Iterable[Any]) -> None:
    for some in batched((str(subject) for subject in subjects), BATCH):
        SearchEntry.objects.filter(kind=kind, subject__in=some).delete()


def forget_person(*, person: UUID) -> None:
    """Drop what only this person could find."""
    SearchEntry.objects.filter(person=person).delete()


def put_entries(entries: Iterable[Entry]) -> int:
    """Make many things findable; returns how many entries were written, unchanged ones left alone."""
    written = 0
    for some in batched(entries, BATCH):
        by_kind: dict[str, dict[str, Entry]] = {}
        for entry in some:
            if kind_named(entry.kind) is None:
                raise LookupError(entry.kind)
            by_kind.setdefault(entry.kind, {})[entry.subject] = entry
        for kind, wanted in by_kind.items():
            written += _put_batch(kind, wanted)
    return written


@transaction.atomic(savepoint=False)
def _put_batch(kind: str, wanted: dict[str, Entry]) -> int:
    rows = {subject: as_row(entry) for subject, entry in wanted.items()}
    near = _near(kind, rows)
    there = {row.subject: row for row in near if row.kind == kind and row.subject in wanted}
    new: list[SearchEntry] = []
    gone: list[int] = []
    changed: list[SearchEntry] = []
    for subject, row in rows.items():
        old = there.get(subject)
        if old is not None and old.pk >> _LOW == row.pk >> _LOW:
            row.pk = old.pk
            if any(getattr(old, name) != getattr(row, name) for name in _FIELDS):
                changed.append(row)
            continue
        if old is not None:
            gone.append(old.pk)
        new.append(row)
    if gone:
        SearchEntry.objects.filter(pk__in=gone).delete()
    if changed:
        SearchEntry.objects.bulk_update(changed, _FIELDS, batch_size=100)
    _part_keys(new, {row.pk for row in near} - set(gone))
    if len(new) == 1:
        prepared.insert(new[0])
    else:
        SearchEntry.objects.bulk_create(new, batch_size=100)
    return len(new) + len(changed)


def _near(kind: str, rows: dict[str, SearchEntry]) -> list[SearchEntry]:
    """The entries of these subjects, and those that have a key which one of the rows would like."""
    if len(rows) == 1:  # as whenever something is written
        return [one for subject, row in rows.items() for one in prepared.objects(_one_near, values=(kind, subject, row.pk))]
    return list(SearchEntry.objects.filter(Q(kind=kind, subject__in=rows) | Q(pk__in=[row.pk for row in rows.values()])))


def _one_near(kind: str, subject: str, key: int) -> QuerySet[SearchEntry]:
    return SearchEntry.objects.filter(Q(kind=kind, subject=subject) | Q(pk=key))


def _part_keys(rows: list[SearchEntry], taken: set[int]) -> None:
    """Give each row a key that none has, near its own."""
    for row in rows:
        while row.pk in taken:
            row.pk = (row.pk >> _LOW << _LOW) | ((row.pk + 1) & ((1 << _LOW) - 1))
            if row.pk not in taken and SearchEntry.objects.filter(pk=row.pk).exists():
                taken.add(row.pk)
        taken.add(row.pk)


def as_row(entry: Entry) -> SearchEntry:
    """The row of an entry, its words cut."""
    title, text = entry.title[:MOST_TITLE], entry.text[:MOST_TEXT]
    plain = f"{squash(title)}\n{squash(text)}".replace("\x00", "")
    return SearchEntry(
        id=sort_key(kind=entry.kind, subject=entry.subject, at=entry.at, first=entry.first, nth=entry.nth),
        kind=entry.kind, subject=entry.subject, audience=entry.audience, place=entry.place, permission=entry.permission,
        person=entry.person, at=entry.at, url=entry.url, title=title.replace("\x00", ""), text=text.replace("\x00", ""),
        plain=plain, words=cut(plain, [kind_tag(entry.kind), public_tag(entry.audience)]),
    )  # fmt: skip


def renew_dated() -> None:
    """Bring the kinds up to the day that change with it."""
    for kind in kinds():
        if kind.dated:
            _rebuild_kind(kind.name, lambda name, done: None)


def rebuild(*, progress: Callable[[str, int], None] = lambda kind, done: None) -> dict[str, int]:
    """Bring the entries of every kind to what its source says; returns how many were written or dropped, by kind."""
    result = {}
    for kind in kinds():
        result[kind.name] = _rebuild_kind(kind.name, progress)
    strays = SearchEntry.objects.exclude(kind__in=[kind.name for kind in kinds()])
    result["?"] = strays.count()
    strays.delete()
    return result


def _rebuild_kind(name: str, progress: Callable[[str, int], None]) -> int:
    kind, seen, changes = kind_named(name), set[str](), 0
    assert kind is not None
    for some in batched(kind.source(), BATCH):
        changes += put_entries(some)
        seen.update(entry.subject for entry in some)
        progress(name, len(seen))
    there = SearchEntry.objects.filter(kind=name).values_list("subject", flat=True)
    surplus = [subject for subject in there.iterator(BATCH) if subject not in seen]
    drop_entries(kind=name, subjects=surplus)
    return changes + len(surplus)


def findings() -> dict[str, int]:
    """How many entries of each kind are missing, differ from their source or are surplus; empty when all is fresh."""
    found: dict[str, int] = {}
    for kind in kinds():
        wrong, seen = 0, set[str]()
        for some in batched(kind.source(), BATCH):
            wanted = {entry.subject: as_row(entry) for entry in some}
            there = {row.subject: row for row in SearchEntry.objects.filter(kind=kind.name, subject__in=wanted)}
            seen.update(wanted)
            for subject, row in wanted.items():
                old = there.get(subject)
                wrong += old is None or any(getattr(old, name) != getattr(row, name) for name in _FIELDS)
        total = SearchEntry.objects.filter(kind=kind.name).count()
        wrong += max(0, total - len(seen))
        if wrong:
            found[kind.name] = wrong
    return found
