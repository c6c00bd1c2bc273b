"""What happened to deadlines."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class DeadlinePassed:
    """The time was over before the deadline was closed."""

    deadline_id: UUID
    subject_kind: str
    subject_id: str
    key: str


@dataclass(frozen=True)
class DeadlineMoved:
    """A table of working days was loaded, and the due date is another one now: whoever waits is told."""

    deadline_id: UUID
    subject_kind: str
    subject_id: str
    key: str
