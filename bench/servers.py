"""The servers under test, each a tree of processes: Linli, the floor, nginx."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COOKIE = """
import sys
from linli.config.cli import setup
setup.django()
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from linli.common.sessions import SessionStore
from linli.people.models import Person
person = Person.objects.get(demo_key=sys.argv[1])
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session.save()
print(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
"""
NGINX = """
daemon off; master_process on; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 512; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; default_type text/html; etag on;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  open_file_cache max=100;
  server {{ listen 127.0.0.1:{port}; root {folder}/www; }}
}}
"""


@dataclass
class Server:
    name: str
    port: int
    process: subprocess.Popen


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LINLI_", "DJANGO_"))}
    return {**kept, "LINLI_DATA": str(folder / "linli"), "FLOOR_DATA": str(folder), "PYTHONPATH": str(ROOT), **more}


def python(folder: Path, *args: str) -> str:
    """A Python command of ours over the folder; its output."""
    done = subprocess.run([sys.executable, *args], env=environment(folder), cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return done.stdout.strip()


def get(port: int, path: str, **headers: str) -> tuple[int, str]:
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310
        return answer.status, answer.read().decode()


@contextlib.contextmanager
def running(name: str, command: list[str], port: int, path: str, folder: Path, fds: tuple[int, ...] = (), **more: str) -> Iterator[Server]:
    """A server that answers `path`; ended, with all its children, at the end."""
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            command, env=environment(folder, **more), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            pass_fds=fds, start_new_session=True,
        )  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while True:
            with contextlib.suppress(OSError):
                if get(port, path)[0] == 200:
                    break
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{name} does not start:\n{(folder / f'{name}.log').read_text()}")
            time.sleep(0.1)
        yield Server(name, port, process)
    finally:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(15)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def linli(folder: Path, name: str, **more: str):  # type: ignore[no-untyped-def]
    port = free_port()
    return running(name, [sys.executable, "-m", "linli.config.cli", "serve", "--port", str(port)], port, "/", folder, **more)


@contextlib.contextmanager
def floor(folder: Path) -> Iterator[Server]:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    listener.listen(1024)
    command = [sys.executable, "-m", "bench.floor.serve", str(listener.fileno()), "2"]
    with listener, running("floor", command, listener.getsockname()[1], "/jinja/", folder, (listener.fileno(),)) as server:
        yield server


def nginx(folder: Path, page: str):  # type: ignore[no-untyped-def]
    """The same bytes from nginx."""
    www, port = folder / "www", free_port()
    www.mkdir(exist_ok=True)
    www.chmod(0o755)
    folder.chmod(0o755)
    (www / "home.html").write_text(page, encoding="utf-8")
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
    binary = shutil.which("nginx") or "/usr/sbin/nginx"
    return running("nginx", [binary, "-c", str(folder / "nginx.conf"), "-p", str(folder)], port, "/home.html", folder)


def build(folder: Path) -> str:
    """The demo in the folder and the Cookie header of a resident who is signed in."""
    python(folder, "-m", "linli.config.cli", "demo")
    return python(folder, "-c", COOKIE, "he")


def build_floor(folder: Path, page: str) -> str:
    """The floor's copy of the database, and the shell of the demo's own page around it; its Cookie header."""
    start, end = page.index(">", page.index('<main id="main"')) + 1, page.index("</main>")
    (folder / "top.html").write_text(page[:start], encoding="utf-8")
    (folder / "bottom.html").write_text(page[end:], encoding="utf-8")
    connect = sqlite3.connect
    with contextlib.closing(connect(folder / "linli" / "linli.sqlite3")) as base, contextlib.closing(connect(folder / "floor.sqlite3")) as copy:
        base.backup(copy)
    return python(folder, "-m", "bench.floor.fill")
