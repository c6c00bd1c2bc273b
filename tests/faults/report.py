"""What a fault came to, as a line of the table and of the JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .load import Book
from .verdict import Verdict

COLUMNS = ("fault", "cycles", "acknowledged", "lost", "doubled", "alone", "503", "unanswered", "other", "seconds", "verdict")


@dataclass
class Result:
    """One fault. `more` says how often what was done, or what was measured."""

    fault: str
    cycles: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    alone: int = 0
    busy: int = 0
    unanswered: int = 0
    other: dict[str, int] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)
    more: dict[str, object] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def held(self) -> bool:
        return not (self.lost or self.doubled or self.alone or self.other or self.troubles)

    def take(self, book: Book, verdict: Verdict) -> Result:
        """The book and its verdict into the figures."""
        self.acknowledged, self.busy, self.unanswered = verdict.acknowledged, book.busy, book.unanswered
        self.lost, self.doubled, self.alone = len(verdict.lost), len(verdict.doubled), len(verdict.alone)
        self.other = dict(book.odd)
        if verdict.integrity != "ok":
            self.troubles.append(f"integrity_check: {verdict.integrity}")
        for what in (verdict.lost, verdict.doubled, verdict.alone, verdict.audit, verdict.stuck):
            self.troubles += what[:5]
        return self

    def cells(self) -> list[str]:
        figures = (self.cycles, self.acknowledged, self.lost, self.doubled, self.alone, self.busy, self.unanswered)
        end = (sum(self.other.values()), f"{self.seconds:.0f}", "held" if self.held else "BROKEN")
        return [self.fault, *map(str, figures), *map(str, end)]

    def __str__(self) -> str:
        """For a failing test: everything that was found."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def table(results: Iterable[Result]) -> str:
    rows = [list(COLUMNS), *(result.cells() for result in results)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(COLUMNS))]
    lines = ["  ".join(cell.ljust(width) if not n else cell.rjust(width) for n, (cell, width) in enumerate(zip(row, widths, strict=True))) for row in rows]
    notes = [f"  {result.fault}: " + ", ".join(f"{name} {value}" for name, value in result.more.items()) for result in results if result.more]
    troubles = [f"  {result.fault}: {one}" for result in results for one in [*result.other, *result.troubles]]
    return "\n".join([*lines, "", *notes, *troubles])


def write(results: Iterable[Result], path: Path) -> None:
    """As JSON lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps({**asdict(one), "held": one.held}, ensure_ascii=False) + "\n" for one in results), encoding="utf-8")
