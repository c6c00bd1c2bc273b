"""A migrated demo folder, and the real server over it on a free loopback port."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from linli.config import instance


def children(pid: int) -> list[int]:
    """All living descendants of a process."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            if fields[0] != "Z":
                parents[int(path.parent.name)] = int(fields[1])
    found, todo = [], [pid]
    while todo:
        parent = todo.pop()
        new = [child for child, its in parents.items() if its == parent]
        found += new
        todo += new
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def eventually(question: Callable[[], object], seconds: float = 20) -> object:
    """The first true answer; fails where none comes in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            if answer := question():
                return answer
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


class Running:
    """A started `linli serve`."""

    def __init__(self, process: subprocess.Popen, port: int, log: Path) -> None:
        self.process, self.port, self.log = process, port, log

    def get(self, path: str, timeout: float = 15) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=timeout) as answer:
            return answer.read().decode()

    def family(self) -> list[int]:
        return children(self.process.pid)

    def commands(self) -> dict[int, str]:
        found = {}
        for pid in self.family():
            with contextlib.suppress(OSError):
                found[pid] = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
        return found

    def named(self, word: str) -> list[int]:
        return [pid for pid, command in self.commands().items() if word in command]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo instance's folder, migrated, without any person."""
    path = tmp_path_factory.mktemp("instance")
    instance.create(instance.Instance(kind="demo"), path)
    command = [sys.executable, "-m", "linli.config.cli", "prepare"]
    subprocess.run(command, env=environment(path), cwd=instance.SOURCE, check=True, capture_output=True)
    return path


def environment(path: Path, **more: str) -> dict[str, str]:
    """The environment of a `linli` command over this folder, without the test suite's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LINLI_", "DJANGO_"))}
    return {**kept, "LINLI_DATA": str(path), **more}


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@pytest.fixture
def server(folder: Path, tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Starts `linli serve`; whatever is left at the end is killed by its own pid."""
    started: list[Running] = []

    def start(*words: str, **more: str) -> Running:
        port = free_port()
        log = tmp_path / "log"
        settings = {"DJANGO_SETTINGS_MODULE": "linli.config.tests.serve_settings", "LINLI_TICK": "0.5", **more}
        with log.open("wb") as sink:
            process = subprocess.Popen(
                [sys.executable, "-m", "linli.config.cli", "serve", "--port", str(port), *words],
                env=environment(folder, **settings), cwd=instance.SOURCE, stdin=subprocess.DEVNULL,
                stdout=sink, stderr=sink, start_new_session=True,
            )  # fmt: skip
        running = Running(process, port, log)
        started.append(running)
        eventually(lambda: process.poll() is not None or "Ctrl-C" in log.read_text(), 40)
        assert process.poll() is None, log.read_text()
        return running

    yield start
    for running in started:
        left = running.family()
        running.process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.process.wait(10)
        for pid in (running.process.pid, *left):
            if alive(pid):
                os.kill(pid, signal.SIGKILL)
        running.process.wait()
