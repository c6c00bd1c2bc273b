"""Counters that live in a small mapped file a process, so that either of the two workers can tell for both.

An increment is a write to memory. Each process holds a lock on its file for its life; whoever is asked for the
sum adds the files of ended processes to `ended.json`, so that no counter ever falls.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import mmap
import os
import secrets
import threading
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from pathlib import Path

WIDTH = 8


class Counters:
    """The counters of this process. Names are given once: an unknown name is not counted."""

    def __init__(self, folder: Path, names: Iterable[str]) -> None:
        self.folder, self.pid = folder, os.getpid()
        self.places = {name: number for number, name in enumerate(sorted(set(names)))}
        self.known: dict[Hashable, tuple[int, ...]] = {}  # for whoever counts the same again and again
        self.lock = threading.Lock()
        self.file: int | None = None
        self.cells: memoryview = memoryview(bytearray(WIDTH * len(self.places))).cast("q")
        with contextlib.suppress(OSError):  # a full disk costs the counts, not the site
            self._map()

    def _map(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        head = json.dumps(list(self.places)).encode()
        head += b" " * (-len(head) % WIDTH)
        start, size = WIDTH + len(head), WIDTH + len(head) + WIDTH * len(self.places)
        path = self.folder / f"{self.pid}-{secrets.token_hex(4)}"
        file = os.open(path.with_suffix(".new"), os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(file, 0, size)  # a mapped page without room on disk would end the process
            else:
                os.write(file, bytes(size))
            os.pwrite(file, len(head).to_bytes(WIDTH, "little") + head, 0)
            mapped = mmap.mmap(file, size)
        except OSError:
            path.with_suffix(".new").unlink(missing_ok=True)
            os.close(file)
            raise
        path.with_suffix(".new").rename(path.with_suffix(".count"))
        self.cells, self.file = memoryview(mapped)[start:].cast("q"), file

    def add(self, places: tuple[int, ...], more: int) -> None:
        """`more` at the first of these places, one at each of the others."""
        cells = self.cells
        with self.lock:
            cells[places[0]] += more
            for place in places[1:]:
                cells[place] += 1

    def own(self) -> Counter[str]:
        return Counter({name: self.cells[place] for name, place in self.places.items() if self.cells[place]})


def _read(data: bytes) -> Counter[str]:
    length = int.from_bytes(data[:WIDTH], "little")
    names = json.loads(data[WIDTH : WIDTH + length])
    cells = memoryview(data)[WIDTH + length :].cast("q")
    return Counter({name: cells[number] for number, name in enumerate(names) if cells[number]})


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def total(folder: Path) -> Counter[str]:
    """The sum over all processes, living and ended. Raises OSError where the folder cannot be read."""
    with _alone(folder):
        book = folder / "ended.json"
        ended = Counter(json.loads(book.read_text())) if book.exists() else Counter()
        living: Counter[str] = Counter()
        gone = []
        for path in folder.glob("*.count"):
            with path.open("rb") as file:
                dead = _is_free(file.fileno())
                with contextlib.suppress(ValueError):
                    (ended if dead else living).update(_read(file.read()))
            gone += [path] if dead else []
        if gone:
            new = book.with_suffix(".new")
            new.write_text(json.dumps(ended))
            new.replace(book)
            for path in gone:
                path.unlink()
    return ended + living


def living(folder: Path) -> dict[str, Counter[str]]:
    """The counters of each living process, by its number. Raises OSError where the folder cannot be read."""
    found: dict[str, Counter[str]] = {}
    with _alone(folder):
        for path in folder.glob("*.count"):
            with path.open("rb") as file, contextlib.suppress(ValueError):
                if not _is_free(file.fileno()):
                    found[path.name.partition("-")[0]] = _read(file.read())
    return found


def _is_free(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
