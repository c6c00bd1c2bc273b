"""The forum with a million posts and one topic of a hundred thousand, then beside Misago and Spirit: `make bench-full`."""

from __future__ import annotations

from collections.abc import Iterator

from .forum import SMALL, measured
from .measure import Figure

LARGE = 1_000_000


def run() -> Iterator[Figure]:
    yield from measured(SMALL, LARGE, peers=True)
