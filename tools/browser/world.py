"""A throw-away demo instance and its server on a free port of this machine."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LINLI = [sys.executable, "-m", "linli.config.cli"]
WAIT = 60  # seconds until the server answers


def build(folder: Path) -> Path:
    """Make the demo instance in the folder once, whoever asks first; others wait for it. Returns the folder."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            done = subprocess.run(
                [*LINLI, "demo"],
                cwd=ROOT,
                env=environment(folder),
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                raise RuntimeError(f"linli demo failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
            (folder / "ready").touch()
    return folder


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What the instance's own processes see: its folder and nothing of the test suite."""
    hidden = {"DJANGO_SETTINGS_MODULE", "LINLI_TEST_DATA", "LINLI_DATABASE", "PORT"}
    return (
        {key: value for key, value in os.environ.items() if key not in hidden}
        | {"LINLI_DATA": str(folder)}
        | more
    )


class World:
    """A running demo: its address and its data. Start it with `with World(folder) as world`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> World:
        self.log = (self.folder / "server.log").open("wb")
        self.process = subprocess.Popen(
            [*LINLI, "serve"],
            cwd=ROOT,
            env=environment(self.folder, PORT=str(self.port)),
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        self._await()
        return self

    def _await(self) -> None:
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            assert self.process is not None
            if self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(self.url + "/", timeout=5).close()  # noqa: S310 - our own loopback address
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
        text = (self.folder / "server.log").read_text(errors="replace")[-4000:]
        self.__exit__()
        raise RuntimeError(f"the server did not answer:\n{text}")

    def __exit__(self, *_: object) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the demo's database holds, for tests that need a real code or number."""
        address = f"file:{self.folder / 'linli.sqlite3'}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=10)) as connection:
            return connection.execute(query, values).fetchall()


def copy(source: Path, target: Path) -> Path:
    """A copy of a built instance, to be written to."""
    shutil.copytree(source, target)
    return target


def _free_port() -> int:
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return int(it.getsockname()[1])
