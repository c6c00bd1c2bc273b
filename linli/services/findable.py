"""Published service items as things that can be found."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.search.api import Entry, drop_entry, put_entries, register_kind

from .models import Item
from .rules import ItemState

KIND = "service"
_FIRST = 8  # before the numbers of the directory: who looks for a thing to be done wants the thing


def describe(item: Item) -> Entry:
    content = item.published
    assert content is not None
    rows = [row.name for row in content.materials] + [row.text for row in content.conditions]
    text = " ".join([content.lead, *content.also, *rows, content.result_name])
    return Entry(
        kind=KIND, subject=str(item.pk), title=item.name, url=reverse("services:item", args=[item.pk]), text=text[:2000],
        place=item.place.path, first=_FIRST,
    )  # fmt: skip


def every_entry() -> Iterator[Entry]:
    for item in Item.objects.public().select_related("place", "current").iterator(500):
        yield describe(item)


def renew(item: Item) -> None:
    if item.state == ItemState.PUBLISHED:
        put_entries([describe(item)])
    else:
        drop_entry(kind=KIND, subject=str(item.pk))


register_kind(KIND, _("办事"), every_entry, order=12)
