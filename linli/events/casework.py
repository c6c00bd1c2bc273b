"""What happened to requests and complaints. Ids alone: who reported is nobody else's business."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class CaseSubmitted:
    """A case has its code and the reporter's clock runs; also after an appeal against a refusal."""

    case_id: UUID
    place_id: int


@dataclass(frozen=True)
class CaseRefused:
    """The desk refused it, with a reason and another channel."""

    case_id: UUID
    place_id: int


@dataclass(frozen=True)
class CaseDispatched:
    """A unit was given the work."""

    case_id: UUID
    place_id: int


@dataclass(frozen=True)
class CaseAnswered:
    """The reporter has an answer and is asked what he thinks of it."""

    case_id: UUID
    place_id: int


@dataclass(frozen=True)
class CaseClosed:
    """It came to its end: rated, not reachable, withdrawn."""

    case_id: UUID
    place_id: int


@dataclass(frozen=True)
class CaseReopened:
    """The reporter, or the level above, had it taken up again."""

    case_id: UUID
    place_id: int
