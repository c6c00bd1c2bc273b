"""Answers in words: for the check page, the desk, tables and paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .answers import evaluate
from .definition import Definition, Field, Type
from .formats import FORMATS

PRIVATE_FACTS = ("person.", "home.")  # sealed where they come from


@dataclass(frozen=True)
class Line:
    """One question and its answer. `private`: masked where somebody only looks through a list."""

    key: str
    label: str
    text: str
    private: bool = False


def show(one: Field, value: Any) -> str:
    """A value as people read it; empty without one."""
    if value is None:
        return ""
    if one.type == Type.YES_NO:
        return str(_("是") if value else _("否"))
    if one.type == Type.AGREE:
        return str(_("同意"))
    if one.type == Type.CHOICES:
        return str(_("、")).join(_option(one, item) for item in value)
    if one.type == Type.CHOICE:
        return _option(one, value)
    if one.type == Type.GROUP:
        return str(_("；")).join(_row(one, row) for row in value)
    found = FORMATS.get(one.format)
    text = found.show(value) if found else str(value)
    return f"{text} {found.unit}" if found and found.unit else text


def _option(one: Field, value: Any) -> str:
    option = one.option(value)
    return str(option.label) if option else ""


def _row(one: Field, row: Mapping[str, Any]) -> str:
    return " ".join(show(inner, row[inner.key]) for inner in one.fields if inner.key in row)


def is_private(one: Field) -> bool:
    """Whether the answer names or finds a person."""
    private = one.fact.startswith(PRIVATE_FACTS) or (one.format in FORMATS and FORMATS[one.format].private)
    return private or any(map(is_private, one.fields))


def mask(one: Field, value: Any) -> str:
    """Enough to tell it by for whoever knows it."""
    if value is None or not is_private(one):
        return show(one, value)
    if one.type == Type.GROUP:
        return _("%(n)d 份") % {"n": len(value)}
    found = FORMATS.get(one.format)
    return found.mask(str(value)) if found and found.private else show(one, value)[:1] + "**"


def lines(definition: Definition, answers: Mapping[str, Any], *, masked: bool = False) -> Iterator[Line]:
    """The shown questions that have an answer, in their order."""
    for key, one in evaluate(definition, answers).shown.items():
        if key in answers:
            text = mask(one, answers[key]) if masked else show(one, answers[key])
            yield Line(key, str(one.title), text, is_private(one))
