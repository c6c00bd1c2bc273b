"""People who write in a loop, and the book of what the server has acknowledged."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from .client import LOST, Busy, Client, Odd
from .writes import Write

PAUSE = 0.05  # between two writes of one person: the machine has other things to do
AGAIN = 0.1
PATIENCE = 90.0  # seconds in which a write must be acknowledged once the faults are over


@dataclass
class Book:
    """What was tried and what was acknowledged, by kind, and what else was answered."""

    tried: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    acknowledged: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    busy: int = 0
    unanswered: int = 0
    odd: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    last: float = 0.0

    def count(self) -> int:
        return sum(len(keys) for keys in self.acknowledged.values())


class Load:
    """Writers in threads of this process: `with Load(port, writers) as load`."""

    def __init__(self, port: int, writers: list[Write], book: Book | None = None) -> None:
        self.port, self.book = port, book or Book()
        self.stopping = threading.Event()
        self.threads = [threading.Thread(target=self._run, args=(writer,), daemon=True) for writer in writers]

    def __enter__(self) -> Load:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Everyone ends the write he is at: a person does not walk away from a form."""
        self.stopping.set()
        for thread in self.threads:
            thread.join(PATIENCE + 30)

    def _run(self, writer: Write) -> None:
        client, persona = Client(self.port), ""
        for key in writer.all_keys():
            if self.stopping.is_set():
                return
            if writer.persona(key) != persona:
                persona = writer.persona(key)
                self._until_done(partial(client.sign_in, persona))
            with self.book.lock:
                self.book.tried[writer.name].add(key)
            if self._until_done(partial(writer.write, client, key)):
                with self.book.lock:
                    self.book.acknowledged[writer.name].add(key)
                    self.book.last = time.monotonic()
            else:
                persona = ""  # who was sent away signs in again
            self.stopping.wait(PAUSE * random.uniform(0.5, 1.5))

    def _until_done(self, act: Callable[[], None]) -> bool:
        """Again and again with the same key; False where something odd was answered or patience is over."""
        given_up = None
        while True:
            if self.stopping.is_set():
                given_up = given_up or time.monotonic() + PATIENCE
                if time.monotonic() > given_up:
                    return False
            try:
                act()
                return True
            except Busy:
                self._note(busy=1)
            except LOST:
                self._note(unanswered=1)
            except Odd as error:
                with self.book.lock:
                    self.book.odd[str(error)] += 1
                return False
            time.sleep(AGAIN)

    def _note(self, busy: int = 0, unanswered: int = 0) -> None:
        with self.book.lock:
            self.book.busy += busy
            self.book.unanswered += unanswered

    def wait_for(self, more: int, seconds: float = 60.0) -> bool:
        """Until so many more writes have been acknowledged; False where they were not in time."""
        wanted, end = self.book.count() + more, time.monotonic() + seconds
        while self.book.count() < wanted:
            if time.monotonic() > end:
                return False
            time.sleep(0.01)
        return True
