"""A form as data: steps of fields, in both languages. Pure; `parse` reads it, `document` writes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import get_language

from .conditions import Condition

MOST_STEPS, MOST_FIELDS, MOST_OPTIONS = 20, 120, 60
MOST_ROWS = 12  # rows of a repeat group
TITLE, HINT = 120, 400  # characters of titles, and of hints and spoken words
TEXT, LONG_TEXT, MOST_TEXT = 100, 1000, 4000  # a line, several lines where nothing is said, the most that may be said


class Type(StrEnum):
    TEXT = "text"
    INTEGER = "integer"
    YES_NO = "yes_no"
    AGREE = "agree"  # a box that has to be ticked
    CHOICE = "choice"
    CHOICES = "choices"
    GROUP = "group"


@dataclass(frozen=True)
class Words:
    """One text in Chinese and, where somebody wrote it, in English."""

    zh: str = ""
    en: str = ""

    def __str__(self) -> str:
        return self.en if self.en and (get_language() or "").startswith("en") else self.zh

    def __bool__(self) -> bool:
        return bool(self.zh)


@dataclass(frozen=True)
class Option:
    value: str
    label: Words


@dataclass(frozen=True)
class Field:
    """One question. `minimum` … bound a number, or the rows of a group; lengths bound a text."""

    key: str
    type: Type
    title: Words
    hint: Words = Words()
    spoken: Words = Words()
    format: str = ""
    options: tuple[Option, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    lines: bool = False
    required: bool = False
    shown_if: Condition | None = None
    required_if: Condition | None = None
    fact: str = ""
    may_correct: bool = True
    fields: tuple[Field, ...] = ()

    @property
    def longest(self) -> int:
        return self.max_length or (LONG_TEXT if self.lines else TEXT)

    @property
    def most_rows(self) -> int:
        return self.maximum if self.maximum is not None else MOST_ROWS

    def option(self, value: object) -> Option | None:
        return next((one for one in self.options if one.value == value), None)


@dataclass(frozen=True)
class Step:
    key: str
    title: Words
    hint: Words = Words()
    fields: tuple[Field, ...] = ()
    shown_if: Condition | None = None


@dataclass(frozen=True)
class Definition:
    title: Words
    lead: Words = Words()
    steps: tuple[Step, ...] = field(default=())

    @property
    def fields(self) -> Iterator[Field]:
        """The fields in their order, those inside of groups left out."""
        return (one for step in self.steps for one in step.fields)

    def find(self, key: str) -> Field | None:
        return next((one for one in self.fields if one.key == key), None)
