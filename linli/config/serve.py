"""The parent of a running Linli: it holds the listening socket, starts Granian and then the ticker, and
restarts what dies. It loads neither Django nor Granian, so that little in it can fail.

SIGTERM, SIGINT   end both, running requests finished; a second one ends at once
SIGHUP            new code and settings without losing a request (or the end, when the terminal was closed)
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

GRACE = 35.0
LONGEST_PAUSE = 30.0
STEADY = 60.0


class ServeError(Exception):
    """The server cannot start; the message is for people."""


@dataclass
class Child:
    """A child process and when to start it again."""

    name: str
    command: list[str]
    pass_fds: tuple[int, ...] = ()
    process: subprocess.Popen | None = None
    started: float = 0.0
    failures: int = 0
    due: float | None = None
    replaced: bool = field(default=False)

    def start(self, now: float) -> None:
        self.due, self.started, self.replaced = None, now, False
        # A session of its own: Ctrl-C reaches the parent alone, which ends the children in order.
        self.process = subprocess.Popen(
            [*self.command, "--parent", str(os.getpid())],
            pass_fds=self.pass_fds, stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    def reap(self, now: float) -> int | None:
        """The exit code, once, of a child that has just ended; its next start is then due after a pause."""
        if self.process is None or self.process.poll() is None:
            return None
        code, self.process = self.process.returncode, None
        self.failures = 0 if self.replaced or now - self.started > STEADY else self.failures + 1
        self.due = now if self.replaced else now + pause(self.failures)
        return code

    def signal(self, name: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(name)

    def kill(self) -> None:
        """End the child and whatever it started, at once."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def pause(failures: int) -> float:
    """Seconds before the next start after so many failures in a row."""
    return min(LONGEST_PAUSE, 0.5 * 2 ** max(0, failures - 1))


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises ServeError with a sentence where the address is taken or not ours."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, proto)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(1024)
    except OSError as error:
        raise ServeError(
            f"{host}:{port} 用不了（{error.strerror}），换一个端口试试，如 PORT={port + 1} · "
            f"cannot be used, try another port, such as PORT={port + 1}"
        ) from error
    return listener


class Parent:
    """Supervision of the two children; `run` returns the exit code."""

    def __init__(
        self, listener: socket.socket, workers: int, on_ready: Callable[[], None], before_reload: Callable[[], None],
        tls: tuple[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.listener, self.on_ready, self.before_reload = listener, on_ready, before_reload
        self.ready, ready_end = os.pipe()
        base = [sys.executable, "-m"]
        options = ["--listener", str(listener.fileno()), "--ready", str(ready_end), "--workers", str(workers)]
        if tls:
            options += ["--tls-cert", tls[0], "--tls-key", tls[1]]
        self.web = Child("web", [*base, "linli.config.web", *options], (listener.fileno(), ready_end))
        self.work = Child("work", [*base, "linli.config.cli", "work"])
        self.signals: list[int] = []
        self.was_ready = False
        # Under nohup a closed terminal is nobody's wish to end.
        self.terminal = signal.getsignal(signal.SIGHUP) != signal.SIG_IGN and has_terminal()
        self.wake, self.waker = socket.socketpair()
        for end in (self.wake, self.waker):
            end.setblocking(False)

    def run(self) -> int:
        signal.set_wakeup_fd(self.waker.fileno(), warn_on_full_buffer=False)
        for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(name, lambda number, frame: self.signals.append(number))
        self.web.start(time.monotonic())
        code = None
        try:
            while code is None:
                self.sleep()
                code = self.step(time.monotonic())
        finally:
            self.end()
        return code

    def sleep(self) -> None:
        now = time.monotonic()
        due = [child.due - now for child in (self.web, self.work) if child.due is not None]
        sources = [self.wake] if self.was_ready else [self.wake, self.ready]
        readable, _, _ = select.select(sources, [], [], max(0.0, min([5.0, *due])))
        if self.wake in readable:
            with contextlib.suppress(BlockingIOError):
                self.wake.recv(4096)
        if self.ready in readable and not self.was_ready:
            os.read(self.ready, 4096)
            self.was_ready = True
            self.work.start(time.monotonic())
            self.on_ready()

    def step(self, now: float) -> int | None:
        """React to signals and deaths; an exit code when it is time to end."""
        while self.signals:
            number = self.signals.pop(0)
            if number in (signal.SIGTERM, signal.SIGINT) or (number == signal.SIGHUP and self.lost_terminal()):
                return 0
            if number == signal.SIGHUP:
                self.reload()
        for child in (self.web, self.work):
            code = child.reap(now)
            if code is not None and not child.replaced:
                say(f"{child.name} 意外退出（{code}），即将重启 · ended unexpectedly ({code}), starting it again")
            if child is self.web and not self.was_ready and child.failures >= 3:
                say("网页服务启动不了，原因见上 · the web server does not start, the reason is above")
                return 1
            if child.due is not None and child.due <= now:
                child.start(now)
        return None

    def reload(self) -> None:
        if not self.was_ready:
            return
        say("正在重新载入，不中断服务 · reloading, without interruption")
        try:
            self.before_reload()
        except ServeError as error:
            say(f"{error}；旧代码继续运行 · the old code goes on running")
            return
        self.web.signal(signal.SIGHUP)
        self.work.replaced = self.work.process is not None
        self.work.signal(signal.SIGTERM)

    def lost_terminal(self) -> bool:
        return self.terminal and not has_terminal()

    def end(self) -> None:
        """End both children, the web server's running requests finished; nothing is left behind."""
        self.signals.clear()
        for child in (self.web, self.work):
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        children = [child for child in (self.web, self.work) if child.process is not None]
        while any(child.process.poll() is None for child in children) and time.monotonic() < deadline:
            if signal.SIGINT in self.signals or signal.SIGTERM in self.signals:
                break
            select.select([self.wake], [], [], 0.1)
            with contextlib.suppress(BlockingIOError):
                self.wake.recv(4096)
        self.listener.close()
        for child in children:
            child.kill()


def has_terminal() -> bool:
    """Whether this process has a controlling terminal that still lives."""
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def say(line: str) -> None:
    with contextlib.suppress(OSError):  # the terminal may be gone
        sys.stdout.write(f"  {line}\n")
        sys.stdout.flush()
