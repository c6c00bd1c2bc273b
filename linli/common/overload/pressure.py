"""Whether one more may wait. Pure: the time comes in as an argument.

What counts is the time that a newcomer would wait, foreseen from those before him and from how long answers take
just now; a number of requests would be wrong for every page but one. A queue that has just formed is a burst, and
worth a second of patience; one that has stood for a while is overload, where waiting only makes everybody late.
"""

from __future__ import annotations

from enum import IntEnum


class Lane(IntEnum):
    """Who goes first."""

    EMERGENCY = 0
    SHARED = 1  # a page that is kept: one render, many readers
    WRITE = 2
    READ = 3
    SPARE = 4  # searching, and looking whether anything is new


BURST = {Lane.SHARED: 2.0, Lane.WRITE: 2.0, Lane.READ: 1.0, Lane.SPARE: 0.25}
CROWD = {Lane.SHARED: 1.0, Lane.WRITE: 1.0, Lane.READ: 0.2, Lane.SPARE: 0.0}
STANDING = 0.5  # seconds after which a queue that was never empty is a crowd
AFTER = 1.0  # seconds after the last refusal during which it still counts as one
LEARN = 0.1


class Pressure:
    """What one worker knows of its own load."""

    def __init__(self, slots: int, seats: int) -> None:
        self.slots, self.seats = slots, seats
        self.mean = 0.02  # seconds an answer takes
        self.empty_at = self.refused_at = float("-inf")

    def served(self, seconds: float) -> None:
        self.mean += LEARN * (seconds - self.mean)

    def crowded(self, waiting: int, now: float) -> bool:
        return now - self.refused_at < AFTER or (waiting > 0 and now - self.empty_at > STANDING)

    def patience(self, lane: Lane, waiting: int, now: float) -> float:
        """How long one of this lane may wait. Where answers take longer than that by themselves, as long as one takes."""
        if not self.crowded(waiting, now):
            return BURST[lane]
        return max(CROWD[lane], self.mean) if CROWD[lane] else 0.0

    def admits(self, lane: Lane, *, ahead: int, waiting: int, oldest: float, now: float) -> float | None:
        """The longest wait for one more, or None: he is refused at once.

        `ahead`: how many wait in his lane and before it; `waiting`: in all; `oldest`: for how long the slowest
        answer under way has taken.
        """
        if not waiting:
            self.empty_at = now
        patience = self.patience(lane, waiting, now)
        foreseen = (ahead + 1) * max(self.mean, oldest / 2) / self.slots
        if waiting >= self.seats or foreseen > patience:
            self.refused_at = now
            return None
        return 2 * patience  # what was foreseen may be wrong, but not for ever

    def emptied(self, now: float) -> None:
        self.empty_at = now
