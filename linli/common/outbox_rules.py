"""The life of an outbox row and the rules of trying again. Pure."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from .states import Row, StateTable, register

LEASE = timedelta(seconds=60)  # how long a claimed row is left alone; a handler may ask for longer
MAX_ATTEMPTS = 12  # with the pauses below: about five hours
KEPT = timedelta(days=30)  # how long a done row's key still stops a repetition
_FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)


class OutboxState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"
    GIVEN_UP = "given_up"


S = OutboxState
OUTBOX = register(
    StateTable(
        "outbox",
        S.WAITING,
        [
            Row(S.WAITING, "done", S.DONE, "worker"),
            Row(S.WAITING, "die", S.DEAD, "worker"),
            Row(S.WAITING, "give_up", S.GIVEN_UP, "operator"),
            Row(S.DEAD, "retry", S.WAITING, "operator"),
            Row(S.DEAD, "give_up", S.GIVEN_UP, "operator"),
        ],
        final=[S.DONE, S.GIVEN_UP],
        states=S,
        says="An effect or event from its transaction to its end; `die` after the last attempt.",
    )
)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 5 s, 10 s, 20 s … at most an hour."""
    return min(LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(max(attempts, 1) - 1, 20))
