"""Events as iCalendar (RFC 5545): times in UTC, which every programme shows in its reader's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from linli.common.later import later

from .models import Event
from .words import fee

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = later("icalendar")

TYPE = "text/calendar; charset=utf-8"
LONGEST = 1000
_PRODUCT = "-//linli//events//ZH"


def calendar(events: Iterable[Event], *, name: str = "") -> bytes:
    """A calendar of these events; `name` for a feed that programmes ask for again."""
    book = icalendar.Calendar()
    book.add("prodid", _PRODUCT)
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    if name:
        book.add("name", name)
        book.add("x-wr-calname", name)
        book.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for event in events:
        book.add_component(_component(event))
    return bytes(book.to_ical())


def _component(event: Event) -> icalendar.Event:
    """The UID stays, SEQUENCE rises with every change, and what is cancelled says so."""
    one = icalendar.Event()
    one.add("uid", f"{event.pk}@linli")  # whatever the host is called later
    one.add("dtstamp", _utc(event.changed_at))
    one.add("last-modified", _utc(event.changed_at))
    one.add("sequence", event.version)
    one.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    one.add("dtstart", _utc(event.starts))
    one.add("dtend", _utc(event.ends))
    one.add("summary", event.title)
    one.add("location", event.where)
    one.add(
        "description",
        "\n".join(
            filter(
                None, [event.body.name, fee(event.fee), event.text.replace("**", "")[:LONGEST], event.contact]
            )
        ),
    )
    one.add("url", settings.LINLI_ORIGIN + reverse("activities:event", args=[event.pk]))
    return one


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
