"""Entries of the directory as things that can be found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.common import findable
from linli.search.api import Entry, drop_entries, put_entries, register_kind

from .actions.directory import KIND
from .models import DirectoryEntry

_FIRST = 7  # after places and bodies, before what is sorted by time


def describe(rows: Any) -> Iterator[Entry]:
    for row in rows.standing().select_related("place").prefetch_related("phones"):
        numbers = " ".join(phone.number for phone in row.phones.all())
        text = " ".join(filter(None, [*row.wants, row.organisation, row.address, numbers, row.note]))
        yield Entry(
            kind=KIND, subject=str(row.pk), title=row.name, url=reverse("portal:phone", args=[row.pk]), text=text,
            place=row.place.path, first=_FIRST, nth=row.rank,
        )  # fmt: skip


def changed(keys: list[Any]) -> None:
    entries = list(describe(DirectoryEntry.objects.filter(pk__in=keys)))
    standing = {entry.subject for entry in entries}
    drop_entries(kind=KIND, subjects=[str(key) for key in keys if str(key) not in standing])
    put_entries(entries)


register_kind(KIND, _("电话"), lambda: describe(DirectoryEntry.objects.all()), order=15)
findable.listen(KIND, changed)
