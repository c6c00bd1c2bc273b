"""The web pages of a form: a step is cut wherever a question depends on one before it, so that no page needs a script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .answers import Outcome
from .conditions import names
from .definition import Definition, Field, Step, Type


@dataclass(frozen=True)
class Page:
    key: str
    step: Step
    fields: tuple[Field, ...]


def pages(definition: Definition) -> list[Page]:
    """All pages, whether shown or not; the first of a step bears the step's key."""
    return [page for step in definition.steps for page in _of_step(step)]


def _of_step(step: Step) -> Iterator[Page]:
    parts: list[list[Field]] = [[]]
    for one in step.fields:
        here = {other.key for other in parts[-1]}
        asks = names(one.shown_if) | names(one.required_if)
        lone = one.type == Type.GROUP or any(other.type == Type.GROUP for other in parts[-1])
        if parts[-1] and (asks & here or lone):
            parts.append([])
        parts[-1].append(one)
    for n, fields in enumerate(parts):
        if fields:
            yield Page(step.key if n == 0 else f"{step.key}-{n + 1}", step, tuple(fields))


def shown_pages(definition: Definition, outcome: Outcome) -> list[Page]:
    """Those of which something is asked."""
    return [page for page in pages(definition) if any(one.key in outcome.shown for one in page.fields)]


def shown_fields(page: Page, outcome: Outcome) -> list[Field]:
    return [one for one in page.fields if one.key in outcome.shown]


def resume_at(definition: Definition, outcome: Outcome, last: str) -> str:
    """Where to go on: the first page that lacks something, else the page after the last one; empty: the check."""
    rows = shown_pages(definition, outcome)
    wanting = {path.split(".")[0] for path in (*outcome.errors, *outcome.missing)}
    keys = [page.key for page in rows]
    begun = keys.index(last) + 1 if last in keys else 0
    lacking = [n for n, page in enumerate(rows) if any(one.key in wanting for one in page.fields)]
    after = min([n for n in lacking if n < begun] or [begun])
    return keys[after] if after < len(keys) else ""
