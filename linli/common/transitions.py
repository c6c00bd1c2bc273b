"""One step of a state table: the new state, its history row and its effects are one transaction, or nothing is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction

from .states import Row, StateTable, UnknownTransition


@dataclass(frozen=True)
class Step[M: models.Model]:
    """What guards, history and effects are given. `row` has the new state from the history on; `said` is the caller's."""

    row: M
    before: str
    event: str
    after: str
    by: Any
    now: datetime
    said: Mapping[str, Any] = field(default_factory=dict)


def transition[M: models.Model](
    *,
    table: StateTable,
    rows: models.QuerySet[M],
    pk: Any,
    event: str,
    by: Any,
    now: datetime,
    history: Callable[[Step[M]], object],
    changes: Mapping[str, Any] | None = None,
    said: Mapping[str, Any] | None = None,
    name: str = "state",
) -> M:
    """Carry out one step on the row `pk` of the queryset; returns the row as it is then.

    The row is locked and updated on condition, so of two at once one succeeds and the other gets
    UnknownTransition, as does an event that the state does not allow. Raises the model's DoesNotExist without a
    row and whatever the guard raises. The caller has asked for the right to do it.
    """
    with transaction.atomic():
        row = rows.select_for_update(of=("self",)).get(pk=pk)
        before = getattr(row, name)
        rule: Row = table.row(before, event)
        values = {name: rule.target, **(changes or {})}
        step = Step(row, before, event, rule.target, by, now, said or {})
        table.check(rule, step)
        done = rows.model._base_manager.filter(**{"pk": pk, name: before}).update(**values)
        if not done:
            raise UnknownTransition(f"{table.name}: {before} -> {event}")
        for key, value in values.items():
            setattr(row, key, value)
        history(step)
        for effect in table.effects_of(rule):
            effect(step)
    return row
