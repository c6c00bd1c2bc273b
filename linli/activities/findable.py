"""Published events as things that can be found."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.design.light import plain
from linli.search.api import Entry, put_entries, register_kind

from .models import Event

KIND = "event"


def describe(event: Event) -> Entry:
    text = " ".join(filter(None, [event.where, event.body.name, event.place.name, plain(event.text, 2000)]))
    return Entry(
        kind=KIND, subject=str(event.pk), title=event.title, url=reverse("activities:event", args=[event.pk]), text=text,
        place=event.place.path, at=event.starts,
    )  # fmt: skip


def every_entry() -> Iterator[Entry]:
    for event in Event.objects.public().select_related("place", "body").iterator(500):
        yield describe(event)


def renew(event: Event) -> None:
    put_entries([describe(event)])


register_kind(KIND, _("活动"), every_entry, order=40)
