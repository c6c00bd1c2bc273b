"""What the peers stand on: environments of their own, a PostgreSQL and a Redis that end with us."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import bootstrap
from bench.measure import DATA
from tools import postgres

PEERS = DATA / "peers"
REDIS = ("redis-server", "redis-tools", "liblzf1", "libjemalloc2", "libatomic1")
PYTHON = "3.12"  # the newest that both are made for


class Missing(Exception):
    """What this machine lacks, in words."""


@dataclass
class Place:
    """Sockets of the two, and the processes whose time counts."""

    folder: Path
    database: Path
    redis: Path
    pids: tuple[int, ...]

    @classmethod
    @contextlib.contextmanager
    def opened(cls, folder: Path) -> Iterator[Place]:
        with contextlib.ExitStack() as stack:
            try:
                address = stack.enter_context(postgres.cluster())
            except postgres.NoPostgres as error:
                raise Missing(str(error)) from error
            database = Path(unquote(urlsplit(address).netloc.rpartition("@")[2].rpartition(":")[0]))
            main = int((database / "data" / "postmaster.pid").read_text().splitlines()[0])
            redis, pid = stack.enter_context(_redis())
            yield cls(folder, database, redis, (main, pid))

    def make_database(self, name: str) -> None:
        command = [postgres.binaries() / "createdb", "-h", self.database, "-p", str(postgres.PORT), "-U", "linli", name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Missing(done.stderr.strip())

    def environment(self, name: str) -> dict[str, str]:
        return {
            "PEER_DATA": str(self.folder), "PEER_DATABASE": name, "PEER_SOCKET": str(self.database), "PEER_PORT": str(postgres.PORT),
            "PEER_REDIS": str(self.redis),
        }  # fmt: skip


@contextlib.contextmanager
def _redis() -> Iterator[tuple[Path, int]]:
    """On a socket in a folder of its own, as nobody's root; nothing is written to disk."""
    binary, libraries = _redis_binary()
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="linli-redis-", dir="/tmp")))
        user = postgres.unprivileged()
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
            folder.chmod(0o755)
        options = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        command = [binary, "--port", "0", "--unixsocket", folder / "redis", "--unixsocketperm", "777", "--save", "", "--appendonly", "no", "--dir", folder]
        environment = {**os.environ, "LD_LIBRARY_PATH": str(libraries)} if libraries else None
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True, **options)
        try:
            for _ in range(100):
                if (folder / "redis").exists():
                    break
                if process.poll() is not None:
                    raise Missing("Redis did not start")
                time.sleep(0.05)
            yield folder / "redis", process.pid
        finally:
            process.terminate()
            process.wait(10)
            if libraries:
                shutil.rmtree(libraries.parents[2], ignore_errors=True)  # the package taken apart


def _redis_binary() -> tuple[Path, Path | None]:
    """The installed one, else Debian's packages taken apart into our folder: nothing of the machine is changed."""
    if found := shutil.which("redis-server"):
        return Path(found), None
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise Missing("no redis-server here (apt-get install redis-server)")
    with tempfile.TemporaryDirectory(prefix="linli-redis-") as folder:  # taken apart anew each time: where nobody may read, nobody starts it
        got = subprocess.run(["apt-get", "download", *REDIS], cwd=folder, capture_output=True, text=True, check=False)
        if got.returncode:
            raise Missing(f"no redis-server here and none to be had: {got.stderr.strip()[-200:]}")
        target = Path(tempfile.mkdtemp(prefix="linli-redis-root-", dir="/tmp"))
        target.chmod(0o755)
        for package in Path(folder).glob("*.deb"):
            subprocess.run(["dpkg-deb", "-x", package, target], check=True)
    binary = next(target.glob("usr/bin/redis-server"), None)
    if binary is None:
        raise Missing("the package of Redis holds no redis-server")
    return binary, next(target.glob("usr/lib/*-linux-gnu"), target / "usr/lib/none")


def environment_of(name: str, *packages: str) -> Path:
    """The interpreter of the peer's own environment; made once and kept for the next run."""
    folder = PEERS / name
    python, stamp = folder / "bin" / "python", folder / "packages"
    if stamp.exists() and stamp.read_text() == " ".join(packages):
        return python
    wanted = (path for path in bootstrap.candidates(dict(os.environ), Path.home()) if (bootstrap.probe(path) or "").startswith(PYTHON))
    base = next(wanted, None)
    if base is None:
        raise Missing(f"no Python {PYTHON} here")
    uv = bootstrap.find_uv(sys.executable)
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    for command in ([uv, "venv", "--quiet", "--python", base, folder], [uv, "pip", "install", "--quiet", "--python", python, *packages]):
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
        if done.returncode:
            raise Missing(done.stderr.strip()[-600:])
    stamp.write_text(" ".join(packages))
    return python
