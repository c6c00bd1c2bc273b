"""`linli serve` over a copy of the world: its processes, their deaths, and starting it again."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from .client import LOST, Busy, Client, Odd
from .world import ROOT, environment

START = 90.0


class NotRunning(Exception):
    """The server did not come up; the message holds the end of its log."""


def eventually(question: Callable[[], object], seconds: float, pause: float = 0.03) -> bool:
    end = time.monotonic() + seconds
    while not question():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True


def _parents() -> dict[int, int]:
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            if fields[0] != "Z":
                found[int(path.parent.name)] = int(fields[1])
    return found


def alive(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def lasting_port() -> int:
    """A free port that stays ours over many restarts: below those that the system lends to clients (32768 on Linux)."""
    for port in random.sample(range(15_000, 30_000), 200):
        with socket.socket() as free, contextlib.suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port
    raise NotRunning("no port is free")


class Server:
    """One instance and its server; `with Server(folder) as server`. Everything it started is dead afterwards."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.folder, self.more = folder, more
        self.process: subprocess.Popen[bytes] | None = None
        self.log = folder.parent / f"{folder.name}.log"
        self.port = lasting_port()

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill_all()

    def start(self) -> None:
        """Start it and wait for its first answer. Raises NotRunning."""
        with self.log.open("ab") as sink:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "linli.config.cli", "serve", "--port", str(self.port)],
                cwd=ROOT, env=environment(self.folder, LINLI_TICK="1", **self.more), stdin=subprocess.DEVNULL,
                stdout=sink, stderr=sink, start_new_session=True,
            )  # fmt: skip
        if not eventually(lambda: self.process.poll() is not None or self.answers(), START):  # type: ignore[union-attr]
            raise NotRunning(self.tail())
        if self.process.poll() is not None:
            raise NotRunning(self.tail())

    def answers(self) -> bool:
        with contextlib.suppress(Busy, Odd, *LOST):
            return Client(self.port).request("GET", "/healthz", timeout=2).status == 200
        return False

    def tail(self) -> str:
        return self.log.read_text(errors="replace")[-3000:]

    def family(self) -> dict[str, list[int]]:
        """The living processes by what they are: parent, main (Granian's), worker, work (tasks and ticker)."""
        assert self.process is not None
        parents = _parents()
        found: dict[str, list[int]] = {"parent": [], "main": [], "worker": [], "work": []}
        if self.process.pid in parents:
            found["parent"] = [self.process.pid]
        for child in [pid for pid, parent in parents.items() if parent == self.process.pid]:
            with contextlib.suppress(OSError):
                command = Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")
                found["main" if "linli.config.web" in command else "work"].append(child)
        found["worker"] = [pid for pid, parent in parents.items() if parent in found["main"]]
        return found

    def kill(self, what: str) -> bool:
        """kill -9 one of them; False where none was there."""
        pids = self.family()[what]
        for pid in pids[:1]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return bool(pids)

    def kill_all(self) -> None:
        """kill -9 the whole family; nothing of it is left."""
        if self.process is None:
            return
        for what in ("parent", "main"):  # who is stopped starts nobody while we look
            for pid in self.family()[what]:
                os.kill(pid, signal.SIGSTOP)
        time.sleep(0.01)
        pids = [pid for group in self.family().values() for pid in group]
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        eventually(lambda: not any(alive(pid) for pid in pids), 20)

    def kill_parent(self) -> None:
        """kill -9 the parent alone: the others end by themselves, their requests finished."""
        assert self.process is not None
        family = [pid for group in self.family().values() for pid in group]
        self.process.kill()
        self.process.wait()
        if not eventually(lambda: not any(alive(pid) for pid in family), 40):
            raise NotRunning("orphans were left: " + self.tail())

    def intact(self) -> str:
        """What SQLite says of its own file: "ok" when all is well."""
        address = f"file:{self.folder / 'linli.sqlite3'}?mode=rw"
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=20)) as base:
            try:
                return str(base.execute("PRAGMA integrity_check").fetchone()[0])
            except sqlite3.Error as error:
                return f"{error} ({error.sqlite_errorname})"


def copy(world: Path, target: Path) -> Path:
    """A copy of the world, to be written to and broken."""
    shutil.copytree(world, target)
    return target
