"""Readers: wrk where it is installed, else a small keep-alive client of our own."""

from __future__ import annotations

import re
import selectors
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass
class Load:
    """What readers saw in one window. Milliseconds; `bad` are answers other than 200."""

    requests: int = 0
    seconds: float = 0.0
    bad: int = 0
    waits: list[float] = field(default_factory=list)
    p50: float = 0.0
    p99: float = 0.0

    @property
    def rate(self) -> float:
        return self.requests / self.seconds

    def sorted_up(self) -> Load:
        waits = sorted(self.waits)
        if waits:
            self.p50, self.p99 = waits[len(waits) // 2] * 1000, waits[int(len(waits) * 0.99)] * 1000
        return self


def drive(port: int, path: str, headers: dict[str, str], *, connections: int, seconds: float) -> Load:
    """Readers on so many connections for so long."""
    if shutil.which("wrk"):
        return _wrk(port, path, headers, connections, seconds)
    return _own(port, path, headers, connections, seconds)


def one_by_one(port: int, path: str, headers: dict[str, str], *, number: int, before: Callable[[], None] | None = None) -> Load:
    """One reader, so many requests, `before` each of them something else (not counted as waiting)."""
    load, started = Load(), time.perf_counter()
    asked = _request(port, path, headers)
    with socket.create_connection(("127.0.0.1", port), timeout=30) as sock:
        for _ in range(number):
            if before:
                before()
            sent = time.perf_counter()
            sock.sendall(asked)
            answer = b""
            while not _whole(answer):
                more = sock.recv(1 << 18)
                if not more:
                    raise SystemExit(f"{path}: the connection was closed")
                answer += more
            load.waits.append(time.perf_counter() - sent)
            load.requests += 1
            load.bad += not answer.startswith(b"HTTP/1.1 200")
    load.seconds = time.perf_counter() - started
    return load.sorted_up()


def _request(port: int, path: str, headers: dict[str, str]) -> bytes:
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *(f"{k}: {v}" for k, v in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _whole(answer: bytes) -> bool:
    head, end, _rest = answer.partition(b"\r\n\r\n")
    if not end:
        return False
    length = LENGTH.search(head)
    if length is None:
        raise SystemExit(f"no length in an answer: {head[:200]!r}")
    return len(answer) >= len(head) + 4 + int(length[1])


def _own(port: int, path: str, headers: dict[str, str], connections: int, seconds: float) -> Load:
    load, asked = Load(), _request(port, path, headers)
    chooser = selectors.DefaultSelector()
    state: dict[int, list] = {}
    for _ in range(connections):
        sock = socket.create_connection(("127.0.0.1", port), timeout=30)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        chooser.register(sock, selectors.EVENT_READ)
        state[sock.fileno()] = [b"", time.perf_counter()]
        sock.sendall(asked)
    started = now = time.perf_counter()
    while now - started < seconds:
        for key, _events in chooser.select(1):
            sock, mine = key.fileobj, state[key.fd]
            mine[0] += sock.recv(1 << 18)  # type: ignore[union-attr]
            if not _whole(mine[0]):
                continue
            now = time.perf_counter()
            load.waits.append(now - mine[1])
            load.requests += 1
            load.bad += not mine[0].startswith(b"HTTP/1.1 200")
            mine[0], mine[1] = b"", now
            sock.sendall(asked)  # type: ignore[union-attr]
        now = time.perf_counter()
    load.seconds = now - started
    for key in list(chooser.get_map().values()):
        key.fileobj.close()  # type: ignore[union-attr]
    return load.sorted_up()


def _wrk(port: int, path: str, headers: dict[str, str], connections: int, seconds: float) -> Load:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--latency"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    out = subprocess.run([*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True).stdout
    counted = re.search(r"(\d+) requests in ([\d.]+)(ms|s|m)", out)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    if counted is None:
        raise SystemExit(out)
    unit = {"ms": 0.001, "s": 1.0, "m": 60.0}
    found = {name: (float(n), u) for name, n, u in re.findall(r"(50|99)%\s+([\d.]+)(us|ms|s)", out)}
    wait = {name: n * {"us": 0.001, "ms": 1.0, "s": 1000.0}[u] for name, (n, u) in found.items()}
    seconds = float(counted[2]) * unit[counted[3]]
    return Load(int(counted[1]), seconds, int(bad[1]) if bad else 0, p50=wait.get("50", 0.0), p99=wait.get("99", 0.0))
