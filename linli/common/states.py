"""A flow as a table of rows; unknown transitions raise. Pure: `common.transitions` carries a step out.

Guards and effects stand in the table by name, so that rules stay pure and the docs can draw them; the room that
may touch the database binds them: `@RESIDENCY.effect("tell")`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .errors import UserError


class UnknownTransition(UserError):
    """The event does not fit the state, mostly because somebody else was faster."""


@dataclass(frozen=True)
class Row:
    """From a state, by an event, to a state.

    `who` may do it, as a word for the docs and the policy; `guard` must hold (it raises UserError where it does
    not); `effects` happen in the same transaction, in this order.
    """

    source: str
    event: str
    target: str
    who: str = ""
    guard: str = ""
    effects: tuple[str, ...] = ()


Bound = Callable[[Any], object]


class StateTable:
    """The whole flow of one noun. `final`: the states that nothing leaves; `states`: all of them, where an enum says so."""

    def __init__(
        self,
        name: str,
        start: str,
        rows: Iterable[Row],
        *,
        final: Iterable[str] = (),
        states: Iterable[str] = (),
        says: str = "",
    ) -> None:
        self.name, self.start, self.rows, self.says = name, start, tuple(rows), says
        self.final = frozenset(final)
        named = [start, *(state for row in self.rows for state in (row.source, row.target)), *states, *self.final]
        self.states = tuple(dict.fromkeys(named))
        self._next = {(row.source, row.event): row for row in self.rows}
        self._guards: dict[str, Bound] = {}
        self._effects: dict[str, Bound] = {}
        if len(self._next) != len(self.rows):
            raise ValueError(f"{name}: two rows for one state and event")

    def row(self, state: str, event: str) -> Row:
        """The row of the event in the state. Raises UnknownTransition."""
        row = self._next.get((state, event))
        if row is None:
            raise UnknownTransition(f"{self.name}: {state} -> {event}")
        return row

    def step(self, state: str, event: str) -> str:
        """The state after the event. Raises UnknownTransition."""
        return self.row(state, event).target

    def events(self, state: str) -> list[str]:
        """The events that the state allows."""
        return [row.event for row in self.rows if row.source == state]

    def guard(self, name: str) -> Callable[[Bound], Bound]:
        """Bind a guard of the table to the function that asks. Raises ValueError for a name that no row has."""
        return self._bind(self._guards, name, {row.guard for row in self.rows})

    def effect(self, name: str) -> Callable[[Bound], Bound]:
        """Bind an effect of the table to the function that does it. Raises ValueError for a name that no row has."""
        return self._bind(self._effects, name, {effect for row in self.rows for effect in row.effects})

    def _bind(self, where: dict[str, Bound], name: str, known: set[str]) -> Callable[[Bound], Bound]:
        if name not in known:
            raise ValueError(f"{self.name}: no row has {name}")

        def bind(function: Bound) -> Bound:
            where[name] = function
            return function

        return bind

    def check(self, row: Row, step: Any) -> None:
        """Ask the row's guard. Raises what the guard raises, LookupError where nobody bound it."""
        if row.guard:
            self._guards[row.guard](step)

    def effects_of(self, row: Row) -> list[Bound]:
        """The row's effects. Raises LookupError where one is not bound."""
        return [self._effects[name] for name in row.effects]

    def problems(self) -> list[str]:
        """What is wrong with the table itself; nothing when it is sound."""
        return [f"{self.name}: {text}" for text in self._problems()]

    def _problems(self) -> Iterator[str]:
        reached = self.reachable()
        leaving = {row.source for row in self.rows}
        for state in self.states:
            if state not in reached:
                yield f"{state} cannot be reached"
            if state not in leaving and state not in self.final:
                yield f"{state} has no exit and is not declared final"
            if state in leaving and state in self.final:
                yield f"{state} is declared final and has an exit"
            if not (self.reachable(state) & self.final) and self.final:
                yield f"{state} never comes to an end"
        for row in self.rows:
            if row.guard and row.guard not in self._guards:
                yield f"guard {row.guard} is not bound"
            for name in row.effects:
                if name not in self._effects:
                    yield f"effect {name} is not bound"

    def reachable(self, start: str = "") -> set[str]:
        """The states that one may come to from a state (the start), itself included."""
        seen, todo = set(), [start or self.start]
        while todo:
            state = todo.pop()
            if state not in seen:
                seen.add(state)
                todo += [row.target for row in self.rows if row.source == state]
        return seen


_tables: dict[str, StateTable] = {}


def register(table: StateTable) -> StateTable:
    """Have the table drawn into the docs and walked by the tests. Raises ValueError for a name that is taken."""
    if _tables.setdefault(table.name, table) is not table:
        raise ValueError(f"two tables are called {table.name}")
    return table


def tables() -> list[StateTable]:
    """All registered tables, by name."""
    return [_tables[name] for name in sorted(_tables)]
