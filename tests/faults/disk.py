"""F3 and F4: a disk that fails now and then, and a disk that is full, while people write and read."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from .client import LOST, Busy, Client, Odd
from .load import Load
from .report import Result
from .server import Server, copy
from .verdict import judge
from .writes import read_book, writers

FIU = Path("/usr/lib/fiu/fiu_posix_preload.so")
RATE = 0.05
# What fails together. Not `write`: it is also how the threads of the server wake each other, which no disk breaks.
FAILURES = {
    "writing": ("posix/io/rw/pwrite", "posix/io/rw/ftruncate", "posix/io/sync/fdatasync", "posix/io/sync/fsync"),
    "reading": ("posix/io/rw/pread", "posix/io/rw/read"),
    "both": ("posix/io/rw/pwrite", "posix/io/rw/pread", "posix/io/rw/read", "posix/io/sync/fdatasync", "posix/io/sync/fsync"),
}
PAGES = ("/", "/inbox/", "/residency/")
ROOM = 4 << 20  # bytes left on the small disk beside the world
MORE = 1 << 20  # and for what is acknowledged and logged in each cycle


class Reader:
    """One signed-in person who reads page after page; every answer is counted by its status."""

    def __init__(self, port: int) -> None:
        self.client, self.counts = Client(port), Counter[str]()
        self.client.sign_in("reader1")
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Reader:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self.thread.join(60)

    def _run(self) -> None:
        while not self.stopping.is_set():
            for page in PAGES:
                self.counts[self.look(page)] += 1
            self.stopping.wait(0.05)

    def look(self, page: str) -> str:
        try:
            return str(self.client.get(page).status)
        except Busy:
            return "503"
        except Odd as error:
            return str(error)
        except LOST:
            return "unanswered"


def broken_disk(world: Path, scratch: Path, cycles: int) -> Result:
    """F3: 5 % of the calls fail, for a while each kind, then it works again; only 503 with Retry-After is answered."""
    result, started = Result("F3 I/O errors 5 %", cycles), time.monotonic()
    folder, control = copy(world, scratch / "f3"), scratch / "f3-switch"
    control.write_text("")
    with (
        Server(folder, LD_PRELOAD=str(FIU), FAULTS_SWITCH=str(control)) as server,
        Reader(server.port) as reader,
        Load(server.port, writers(read_book(folder))) as load,
    ):
        for number in range(cycles):
            name = list(FAILURES)[number % len(FAILURES)]
            control.write_text("".join(f"{point} {RATE}\n" for point in FAILURES[name]))
            if not load.wait_for(8, 180):
                result.troubles.append(f"nothing was acknowledged any more while {name} failed")
            control.write_text("")
            if not load.wait_for(3):
                result.troubles.append(f"nothing was acknowledged after {name} had failed")
    result.take(load.book, judge(folder, load.book))
    _take_reads(result, reader, {"200", "503"})
    result.seconds = time.monotonic() - started
    return result


def _take_reads(result: Result, reader: Reader, allowed: set[str]) -> None:
    result.more |= {f"read {status}": number for status, number in sorted(reader.counts.items())}
    result.other |= {f"read: {status}": n for status, n in reader.counts.items() if status not in allowed}


class NoMount(Exception):
    """A small disk cannot be mounted here."""


@contextlib.contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A tmpfs of so many bytes. Raises NoMount where that is not allowed."""
    folder.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.geteuid() != 0:
        raise NoMount("mounting a small disk needs root")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoMount(f"a small disk cannot be mounted: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def fill(path: Path) -> None:
    """A file that takes what is left."""
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as file:
        piece = bytes(4096)
        while file.write(piece):
            pass


def full_disk(world: Path, scratch: Path, cycles: int) -> Result:
    """F4: the disk is filled; writes get 503, reads 200; with room again a write is acknowledged within a second."""
    result, started = Result("F4 full disk", cycles), time.monotonic()
    size = sum(path.stat().st_size for path in world.rglob("*") if path.is_file()) + ROOM + cycles * MORE
    with small_disk(scratch / "f4", size) as disk:
        folder = copy(world, disk / "data")
        with Server(folder) as server:
            with Reader(server.port) as reader, Load(server.port, writers(read_book(folder))) as load:
                slowest = max(_fill_and_free(folder, load, reader, result) for _ in range(cycles))
            server.kill_all()
        whole = copy(folder, scratch / "judged")  # the verdict works on with what was kept, and needs room for that
        result.take(load.book, judge(whole, load.book))
    _take_reads(result, reader, {"200"})
    result.more["slowest recovery"] = f"{slowest:.2f} s"
    result.seconds = time.monotonic() - started
    return result


def _fill_and_free(folder: Path, load: Load, reader: Reader, result: Result) -> float:
    """One cycle; how long after the room came back the first write was acknowledged."""
    if not load.wait_for(3):
        result.troubles.append("nothing was acknowledged before the disk was full")
    busy, filler = load.book.busy, folder / "filler"
    end = time.monotonic() + 20
    while load.book.busy < busy + 10 and time.monotonic() < end:
        fill(filler)  # again: what others free meanwhile is taken too
        time.sleep(0.05)
    if load.book.busy < busy + 10:
        result.troubles.append("the disk was full and writes were not told so")
    before = reader.counts["200"]
    time.sleep(0.5)
    if reader.counts["200"] == before:
        result.troubles.append("nobody could read while the disk was full")
    load.book.last, freed = 0.0, time.monotonic()
    filler.unlink()
    if not load.wait_for(1, 30):
        result.troubles.append("nothing was acknowledged after the disk had room again")
    took = max(0.0, load.book.last - freed)
    if took > 1.0:
        result.troubles.append(f"recovery took {took:.2f} s")
    return took


