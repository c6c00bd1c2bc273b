"""What happened to events of a place or a group."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class EventPublished:
    """An event was published: from now on people may come, and sign up where it asks for it."""

    event_id: UUID
    place_id: int


@dataclass(frozen=True)
class EventMoved:
    """A published event has another time or another place to go to. Told once a change: read the event."""

    event_id: UUID
    place_id: int


@dataclass(frozen=True)
class EventCancelled:
    """A published event will not take place."""

    event_id: UUID
    place_id: int


@dataclass(frozen=True)
class EventHeld:
    """An event is over."""

    event_id: UUID
    place_id: int


@dataclass(frozen=True)
class CheckedIn:
    """Somebody who had signed up came to the event."""

    event_id: UUID
    signup_id: UUID
    person_id: UUID
