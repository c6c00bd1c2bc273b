"""What happened to questions that must be answered."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class QuestionPut:
    """A question was put to an office: its clock runs."""

    question_id: UUID
    place_id: int
    office_id: UUID


@dataclass(frozen=True)
class QuestionAnswered:
    """An office answered; whether in time and how it was rated stands with the question."""

    question_id: UUID
    place_id: int
    office_id: UUID


@dataclass(frozen=True)
class QuestionOverdue:
    """No answer came in time: the question went up one level, to the office named here."""

    question_id: UUID
    place_id: int
    office_id: UUID


@dataclass(frozen=True)
class QuestionContested:
    """The asker contested the answer; the office named here owes the next one."""

    question_id: UUID
    place_id: int
    office_id: UUID
