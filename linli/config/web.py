"""Granian on a socket that `linli serve` holds: `python -m linli.config.web` is started by it alone.

Granian's own way on Linux is one SO_REUSEPORT socket a worker: a worker that is replaced on SIGHUP then resets
the connections waiting in its queue. All our workers accept from one socket instead, which the parent holds, so
that neither a reload nor a crash of the whole server refuses anybody.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import multiprocessing
import os
import signal
import socket
from functools import partial
from pathlib import Path
from typing import Any

from granian._granian import SocketHolder
from granian.constants import Interfaces, SSLProtocols
from granian.log import LogLevels, logger
from granian.server.mp import MPServer

from linli.config import family

BACKLOG = 1024
# Only wsgi.SLOTS of them render; the others wait, or answer from the kept pages, or refuse.
THREADS = 48 if os.environ.get("LINLI_SHEDDING", "1") != "0" else 4
GRACE = 25


class Server(MPServer):
    """Granian with a listening socket given to it."""

    def __init__(self, listener: int, **options: Any) -> None:
        super().__init__("linli.config.wsgi:application", **options)
        self._listener = listener

    def _init_shared_socket(self) -> None:
        self._ssp = None
        self._sfd = self._listener
        self._shd = SocketHolder(self._listener, False, BACKLOG)
        self._sso = socket.socket(fileno=self._listener)


def load(ready: int, parent: int, target: str) -> Any:
    """In a worker: the application, warm, and a byte to the parent that says so."""
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(name, signal.SIG_DFL)  # until Granian sets its own, ours were copied from its main process
    family.end_with(parent)
    from django.urls import get_resolver

    from linli.config.wsgi import application

    _ = get_resolver().url_patterns
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with contextlib.suppress(OSError):
        os.write(ready, b".")
    return application


def make(listener: int, workers: int, tls_cert: Path | None = None, tls_key: Path | None = None) -> Server:
    """Granian as we run it."""
    return Server(
        listener,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=600,
        backlog=BACKLOG,
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,
        respawn_failed_workers=True,
        respawn_interval=2.0,
        workers_kill_timeout=GRACE,
        ssl_cert=tls_cert,
        ssl_key=tls_key,
        ssl_protocol_min=SSLProtocols.tls12,
    )


def few_arenas() -> None:
    """The C library would give each of fifty threads an arena of its own, and never give it back; inherited by the workers."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(-8, 2)  # M_ARENA_MAX


def main() -> None:
    # Granian counts threads, not what they do: of ours a few render and the rest wait.
    logger.addFilter(lambda record: "Python threads" not in record.getMessage())
    parser = argparse.ArgumentParser()
    for name in ("--listener", "--ready", "--workers", "--parent"):
        parser.add_argument(name, type=int, required=True)
    for name in ("--tls-cert", "--tls-key"):
        parser.add_argument(name, type=Path)
    args = parser.parse_args()
    few_arenas()
    family.end_with(args.parent)
    multiprocessing.set_start_method("fork")
    server = make(args.listener, args.workers, args.tls_cert, args.tls_key)
    server.serve(target_loader=partial(load, args.ready, os.getpid()))


if __name__ == "__main__":
    main()
