"""Events between apps: the publisher writes one outbox row per subscriber in its own transaction.

An event is a frozen dataclass of `linli.events`, ids only. A subscriber is called with the event and the time,
in a transaction that commits with the mark that he has had it; he may still be told the same fact twice under
two keys, so what he does is idempotent.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple, get_type_hints
from uuid import UUID

from .ids import uuid7
from .outbox import Letter, Parcel, handler, put_many

Subscriber = Callable[[Any, datetime], object]


class Listener(NamedTuple):
    """An app, and what the fields of an event must be for it to listen."""

    app: str
    only: tuple[tuple[str, Any], ...] = ()

    def hears(self, event: Any) -> bool:
        return all(getattr(event, name) == value for name, value in self.only)


_subscribers: dict[type, dict[str, Listener]] = defaultdict(dict)  # event class → kind → who


def subscribe(event: type, **only: Any) -> Callable[[Subscriber], Subscriber]:
    """`@subscribe(PostEnded)` on a function of (event, now) in an app's subscribers.py; the app loads it in `ready`.

    `only`: values that fields of the event must have (`subject_kind="question"`); for all others no row is written.
    Raises AttributeError for a field that the event does not have.
    """
    missing = set(only) - {field.name for field in dataclasses.fields(event)}
    if missing:
        raise AttributeError(f"{event.__name__} has no {', '.join(sorted(missing))}")

    def register(function: Subscriber) -> Subscriber:
        app = function.__module__.removeprefix("linli.").split(".")[0]
        kind = f"{event.__name__}>{app}.{function.__name__}"
        listener = _subscribers[event][kind] = Listener(app, tuple(only.items()))

        @handler(kind)
        def deliver(parcel: Parcel) -> None:
            told = _read(event, parcel.payload)
            if listener.hears(told):  # an older version may have written it for all
                function(told, parcel.now)

        return function

    return register


def publish(event: Any, *, now: datetime, key: str = "", due: datetime | None = None) -> None:
    """Tell all subscribers, after the caller's commit (and not before `due`).

    With a `key` the same event is told once however often it is published.
    """
    publish_many([event], now=now, keys=[key], due=due)


def publish_many(
    events: Iterable[Any], *, now: datetime, keys: Iterable[str] | None = None, due: datetime | None = None
) -> None:
    """Tell of many at once. Raises RuntimeError outside of a transaction where anybody listens."""
    letters = []
    for event, key in zip(events, keys, strict=True) if keys is not None else ((one, "") for one in events):
        kinds = [kind for kind, who in _subscribers.get(type(event), {}).items() if who.hears(event)]
        if kinds:
            fact = key or uuid7().hex
            payload = _written(event)
            letters += [Letter(kind, f"{kind}:{fact}", payload, due) for kind in kinds]
    if letters:
        put_many(letters, now=now)


def subscribers(event: type) -> list[str]:
    """The apps that listen, by name."""
    return sorted({who.app for who in _subscribers.get(event, {}).values()})


def _written(event: Any) -> dict[str, Any]:
    values = {field.name: getattr(event, field.name) for field in dataclasses.fields(event)}
    return {name: value if isinstance(value, str | int | None) else _text(value) for name, value in values.items()}


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


@cache
def _types(event: type) -> dict[str, Any]:
    return get_type_hints(event)


def _read(event: type, payload: Any) -> Any:
    """The event again. A field that a newer version has added keeps its default; one it has dropped is left out."""
    values = {}
    for name, wanted in _types(event).items():
        if name in payload:
            value = payload[name]
            readers: dict[Any, Any] = {UUID: UUID, datetime: datetime.fromisoformat, date: date.fromisoformat}
            values[name] = readers[wanted](value) if wanted in readers and value is not None else value
    return event(**values)
