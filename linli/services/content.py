"""What a version of an item says: one document of texts and rows, pruned by a reader's situation. Pure.

A row's `when` names answers as `question=choice`; of answers to one question any suffices, every question counts.
A row without `when` always counts, and so does one whose question the reader has not answered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from .rules import Depth, Form, Kind, Level, Pace, Result, Source


class Part:
    """A piece of the document that reads itself from JSON; what a later version of us wrote besides is left alone."""

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        known = {one.name for one in fields(cls)}  # type: ignore[arg-type]
        return cls(
            **{
                key: tuple(value) if isinstance(value, list) else value
                for key, value in data.items()
                if key in known
            }
        )


@dataclass(frozen=True)
class Basis(Part):
    """A law with its article; dates as `2024-01-01`, empty where unknown or without end."""

    name: str
    article: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True)
class Condition(Part):
    text: str
    when: tuple[str, ...] = ()


@dataclass(frozen=True)
class Amount(Part):
    """What one gets: `80—89 岁`, `每月 100 元`."""

    who: str
    what: str


@dataclass(frozen=True)
class Question(Part):
    """Something about the reader's situation; the choices are their own keys."""

    key: str
    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Material(Part):
    """`valid_days`: how old it may be, 0 for any age; `promise`: a signed promise may take its place."""

    key: str
    name: str
    form: str = Form.ORIGINAL
    copies: int = 1
    source: str = Source.SELF
    where: str = ""  # who issues it, or a hint how to get it
    valid_days: int = 0
    promise: bool = False
    when: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step(Part):
    """`amount` 0: at once. `counted`: whether its time is part of the limit."""

    name: str
    who: str = ""
    amount: int = 0
    unit: str = "working-day"
    special: str = ""
    counted: bool = True
    when: tuple[str, ...] = ()


@dataclass(frozen=True)
class Faq(Part):
    question: str
    answer: str


ROWS: dict[str, type[Part]] = {
    "conditions": Condition, "amounts": Amount, "questions": Question, "materials": Material, "steps": Step, "bases": Basis, "faqs": Faq,
}  # fmt: skip


@dataclass(frozen=True)
class Content(Part):
    """`legal_amount` and `promised_amount` 0: no limit in law, at once. `offices`: keys of bodies that take it in."""

    name: str = ""
    lead: str = ""
    also: tuple[str, ...] = ()  # what people call it besides
    kind: str = Kind.SERVICE
    level: str = Level.COMMUNITY
    authority: str = ""
    delegated: str = ""
    audiences: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    quota: str = ""
    pace: str = Pace.AT_ONCE
    legal_amount: int = 0
    legal_unit: str = "working-day"
    promised_amount: int = 0
    promised_unit: str = "working-day"
    visits: int = 1
    depth: str = Depth.NONE
    anywhere: str = ""  # how far one may apply from home; empty: here only
    errand: bool = False
    home_visit: bool = False
    offices: tuple[str, ...] = ()
    counter: str = ""
    ask_phone: str = ""
    complain_phone: str = ""
    fee: int = 0  # fen
    fee_basis: str = ""
    result: str = Result.RECORD
    result_name: str = ""
    result_sample: str = ""
    result_days: int = 0  # how long it is valid; 0: for good
    conditions: tuple[Condition, ...] = ()
    amounts: tuple[Amount, ...] = ()
    questions: tuple[Question, ...] = ()
    materials: tuple[Material, ...] = ()
    steps: tuple[Step, ...] = ()
    bases: tuple[Basis, ...] = ()
    faqs: tuple[Faq, ...] = ()

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Content:
        rows = {name: [row.read(one) for one in data.get(name, ())] for name, row in ROWS.items()}
        return super().read({**data, **rows})

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def limit_is_kept(self) -> bool:
        """Whether the promise is no longer than the law allows, as far as both count alike."""
        alike = self.legal_unit == self.promised_unit and self.pace == Pace.PROMISED
        return not (alike and self.legal_amount) or self.promised_amount <= self.legal_amount


@dataclass(frozen=True)
class Needed:
    """What remains for a reader who answered; `open` holds for a row the answers that would make it count."""

    conditions: tuple[Condition, ...]
    materials: tuple[Material, ...]
    steps: tuple[Step, ...]
    open: Mapping[Part, str] = field(default_factory=dict)

    @property
    def to_bring(self) -> int:
        return sum(row.source == Source.SELF for row in self.materials)


def needed(content: Content, answers: Mapping[str, str]) -> Needed:
    """The rows that count for the answers (question key → choice)."""
    known = {question.key for question in content.questions}
    answered = {key: choice for key, choice in answers.items() if key in known}
    kept = {
        name: tuple(row for row in getattr(content, name) if fits(row.when, answered))
        for name in ("conditions", "materials", "steps")
    }
    unsure = {row: say for rows in kept.values() for row in rows if (say := _unsure(row.when, answered))}
    return Needed(**kept, open=unsure)


def fits(when: Iterable[str], answers: Mapping[str, str]) -> bool:
    return all(key not in answers or answers[key] in choices for key, choices in _asked(when).items())


def _asked(when: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in when:
        key, _equals, choice = one.partition("=")
        found[key].append(choice)
    return found


def _unsure(when: Iterable[str], answers: Mapping[str, str]) -> str:
    """`租的房／单位宿舍`: the answers on which it still depends."""
    return "；".join("／".join(choices) for key, choices in _asked(when).items() if key not in answers)


def loose_ends(content: Content) -> Iterator[tuple[str, str]]:
    """Rows that name answers which nobody can give: (part, name of the row)."""
    there = {f"{question.key}={choice}" for question in content.questions for choice in question.choices}
    for name, label in (("conditions", "text"), ("materials", "name"), ("steps", "name")):
        for row in getattr(content, name):
            if not set(row.when) <= there:
                yield name, getattr(row, label)
