"""A flow as a table of rows; unknown transitions raise."""

from collections.abc import Iterable
from dataclasses import dataclass

from .errors import UserError


class UnknownTransition(UserError):
    """The event does not fit the state, mostly because somebody else was faster."""


@dataclass(frozen=True)
class Row:
    """From a state, by an event, to a state; `who` may do it, as a word for the docs and the policy."""

    source: str
    event: str
    target: str
    who: str = ""


class StateTable:
    """The whole flow of one noun."""

    def __init__(self, name: str, start: str, rows: Iterable[Row]) -> None:
        self.name, self.start, self.rows = name, start, tuple(rows)
        self._next = {(row.source, row.event): row for row in self.rows}
        if len(self._next) != len(self.rows):
            raise ValueError(f"{name}: two rows for one state and event")

    def step(self, state: str, event: str) -> str:
        """The state after the event. Raises UnknownTransition."""
        row = self._next.get((state, event))
        if row is None:
            raise UnknownTransition(f"{self.name}: {state} -> {event}")
        return row.target

    def events(self, state: str) -> list[str]:
        """The events that the state allows."""
        return [row.event for row in self.rows if row.source == state]
