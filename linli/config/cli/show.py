"""How commands speak: lines, tables whose columns stand straight with Chinese in them, one progress bar."""

from __future__ import annotations

import sys
import time
import unicodedata
from collections.abc import Iterable, Sequence


def say(text: str = "") -> None:
    print(f"  {text}" if text else "", flush=True)


def width(text: str) -> int:
    """Columns that a text takes in a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Lines with aligned columns."""
    lines = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(width(line[i]) for line in lines) for i in range(len(head))]
    lines.insert(1, ["─" * w for w in widths])
    padded = ([cell + " " * (w - width(cell)) for cell, w in zip(line, widths, strict=True)] for line in lines)
    return "\n".join("  " + "  ".join(line).rstrip() for line in padded)


class Progress:
    """A bar for long work, a line where the output is no terminal.

    Called as `progress("what", done, total)`, in any order of words and numbers and with or without the total.
    """

    def __init__(self, label: str = "") -> None:
        self.label, self.started, self.shown, self.open = label, time.monotonic(), 0.0, False

    def __call__(self, *parts: object, total: int | None = None, label: str = "") -> None:
        numbers = [part for part in parts if isinstance(part, int)]
        words = [part for part in parts if isinstance(part, str)]
        self.label = label or (words[0] if words else self.label)
        done, total = (numbers[0] if numbers else 0), total or (numbers[1] if len(numbers) > 1 else None)
        now = time.monotonic()
        if not sys.stderr.isatty() or (now - self.shown < 0.1 and done != total):
            return
        self.shown, self.open = now, True
        if total:
            filled = min(24, 24 * done // total)
            text = f"{'█' * filled}{'░' * (24 - filled)} {100 * done // total:3d} %"
        else:
            text = f"{done:,}"
        sys.stderr.write(f"\r\x1b[K  {self.label} {text}")
        sys.stderr.flush()

    def end(self, text: str) -> None:
        """Replace the bar by one line with the time it took."""
        if self.open:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
        say(f"{text} ({time.monotonic() - self.started:.1f} s)")
