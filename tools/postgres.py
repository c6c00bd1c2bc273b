"""A throw-away PostgreSQL cluster from the installed binaries, for the suite.

    python -m tools.postgres -- COMMAND...      runs COMMAND with LINLI_DATABASE naming the cluster

Data and socket lie in a fresh temporary folder, the only door is a unix socket there, and nothing is
flushed to disk. PostgreSQL refuses to run as root: root becomes `postgres` or `nobody` for it. The
cluster ends with its parent, however that ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

LIBC = ctypes.CDLL(None)  # loaded here: the child, another user by then, may not read our library folder
PORT = 54329
FAST = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=60",
    "shared_buffers=64MB",
]


class NoPostgres(Exception):
    """No usable PostgreSQL >= 15 on this machine."""


def binaries() -> Path:
    """The folder with initdb and postgres of the newest installed version, 15 at least."""
    found = []
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    for name in ("initdb", "pg_config"):
        there = shutil.which(name)
        if there:
            folders.append(Path(there).resolve().parent)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            text = subprocess.run(
                [folder / "postgres", "--version"], capture_output=True, text=True, check=False
            ).stdout
            digits = "".join(c if c.isdigit() else " " for c in text).split()
            if digits and int(digits[0]) >= 15:
                found.append((int(digits[0]), folder))
    if not found:
        raise NoPostgres("PostgreSQL >= 15 is not installed / 未安装 PostgreSQL")
    return max(found)[1]


def unprivileged() -> pwd.struct_passwd | None:
    """Whom root becomes; None where we are not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoPostgres("root has no unprivileged user to become / 没有可用的普通用户")


def _end_with_parent() -> None:
    """In the child, before exec: PostgreSQL's fast shutdown (SIGINT) when the parent is gone."""
    if sys.platform == "linux":
        LIBC.prctl(1, signal.SIGINT)


def _as(user: pwd.struct_passwd | None, *, stay: bool = False) -> dict[str, object]:
    options: dict[str, object] = {"stdin": subprocess.DEVNULL, "cwd": "/", "start_new_session": True}
    if user:
        options |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    if stay:
        options["preexec_fn"] = _end_with_parent
    return options


def _wait(server: subprocess.Popen, ready: list[str | Path], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        if subprocess.run(ready, capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise NoPostgres("the throw-away PostgreSQL did not start:\n" + log.read_text(errors="replace")[-2000:])


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster; yields its address for LINLI_DATABASE; ends and deletes it always."""
    where, user = binaries(), unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="linli-pg-", dir="/tmp"))  # a socket's path must be short
    data, log = folder / "data", folder / "log"
    log.touch()
    if user:
        for path in (folder, log):
            os.chown(path, user.pw_uid, user.pw_gid)
    server = None
    try:
        made = subprocess.run(
            [where / "initdb", "-D", data, "-U", "linli", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
            capture_output=True, text=True, check=False, **_as(user),
        )  # fmt: skip
        if made.returncode:
            raise NoPostgres("initdb failed:\n" + made.stderr[-2000:])
        settings = [*FAST, "listen_addresses=", f"unix_socket_directories={folder}", f"port={PORT}"]
        command = [where / "postgres", "-D", data, *[part for line in settings for part in ("-c", line)]]
        with log.open("ab") as sink:
            server = subprocess.Popen(command, stdout=sink, stderr=sink, **_as(user, stay=True))
        _wait(server, [where / "pg_isready", "-q", "-h", folder, "-p", str(PORT), "-U", "linli"], log)
        yield f"postgresql://linli@{quote(str(folder), safe='')}:{PORT}/postgres"
    finally:
        if server:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def main(arguments: list[str]) -> int:
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda *_: sys.exit(143))
    try:
        with cluster() as address:
            return subprocess.run(
                command, env={**os.environ, "LINLI_DATABASE": address}, check=False
            ).returncode
    except NoPostgres as error:
        print(error, file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
