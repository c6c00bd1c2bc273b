"""The threads of one worker that run Django, and the queue before them."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.db import connections

from .pressure import Lane, Pressure


class Refused(Exception):
    """Too much is asked of this worker just now; nothing of the work was begun."""


class _Job:
    __slots__ = ("done", "error", "result", "started", "work")

    def __init__(self, work: Callable[[], Any]) -> None:
        self.work, self.started = work, 0.0
        self.result: Any = None
        self.error: BaseException | None = None
        self.done = threading.Lock()
        self.done.acquire()

    def __call__(self) -> None:
        try:
            self.result = self.work()
        except BaseException as error:
            self.error = error


class Lanes:
    """`slots` threads for everything, `reserve` more for emergencies alone, `seats` for those who wait.

    The threads that wait belong to the server: it has more of them than slots, reserve and seats together, so that
    one is always free to answer from the kept pages, to refuse, or to bring in an emergency.
    """

    def __init__(self, slots: int, reserve: int, seats: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.slots, self.reserve, self.clock = slots, reserve, clock
        self.pressure = Pressure(slots, seats)
        self.queues: dict[Lane, deque[_Job]] = {lane: deque() for lane in Lane}
        self.running: set[_Job] = set()
        self.guests = 0
        self.lock = threading.Lock()
        self.free, self.free_reserve = threading.Condition(self.lock), threading.Condition(self.lock)
        self.started = self.ended = False

    @property
    def waiting(self) -> int:
        return self.guests + sum(map(len, self.queues.values()))

    def crowded(self) -> bool:
        """Whether this worker is overloaded."""
        return self.pressure.crowded(self.waiting, self.clock())

    def run[T](self, lane: Lane, work: Callable[[], T]) -> T:
        """`work()` in a thread of ours. Raises Refused where it would wait too long."""
        job = _Job(work)
        with self.lock:
            if not self.started:
                self._start()
            longest = self._admit(lane)
            self.queues[lane].append(job)
            self.free.notify()
            if lane == Lane.EMERGENCY:
                self.free_reserve.notify()
        if not job.done.acquire(timeout=longest):
            with self.lock:
                if not job.started:
                    self.queues[lane].remove(job)
                    self.pressure.refused_at = self.clock()
                    raise Refused
            job.done.acquire()
        if job.error is not None:
            raise job.error
        return cast("T", job.result)

    @contextmanager
    def guest(self) -> Iterator[None]:
        """A seat for one who waits for what another has begun. Raises Refused where none is left."""
        with self.lock:
            if self.waiting >= self.pressure.seats:
                self.pressure.refused_at = self.clock()
                raise Refused
            self.guests += 1
        try:
            yield
        finally:
            with self.lock:
                self.guests -= 1

    def _admit(self, lane: Lane) -> float:
        """How long the newcomer may wait; -1: as long as it takes."""
        queued = sum(map(len, self.queues.values()))
        if lane == Lane.EMERGENCY or len(self.running) + queued < self.slots:
            return -1
        now = self.clock()
        oldest = max((now - job.started for job in self.running), default=0.0)
        ahead = sum(len(self.queues[other]) for other in Lane if other <= lane)
        longest = self.pressure.admits(lane, ahead=ahead, waiting=self.waiting, oldest=oldest, now=now)
        if longest is None:
            raise Refused
        return longest

    def _start(self) -> None:
        self.started = True
        for lanes, free, count in ((tuple(Lane), self.free, self.slots), ((Lane.EMERGENCY,), self.free_reserve, self.reserve)):
            for n in range(count):
                threading.Thread(target=self._serve, args=(lanes, free), name=f"lane-{lanes[-1].name}-{n}", daemon=True).start()

    def end(self) -> None:
        """Let the threads go, each with its connection to the database."""
        with self.lock:
            self.ended = True
            self.free.notify_all()
            self.free_reserve.notify_all()

    def _serve(self, lanes: tuple[Lane, ...], free: threading.Condition) -> None:
        while True:
            with self.lock:
                while (job := self._next(lanes)) is None:
                    if self.ended:
                        return connections.close_all()
                    free.wait()
                job.started = self.clock()
                self.running.add(job)
            job()
            with self.lock:
                self.running.discard(job)
                if free is self.free:
                    self.pressure.served(self.clock() - job.started)
            job.done.release()
            del job

    def _next(self, lanes: tuple[Lane, ...]) -> _Job | None:
        job = next((self.queues[lane].popleft() for lane in lanes if self.queues[lane]), None)
        if not self.waiting:
            self.pressure.emptied(self.clock())
        return job
