"""G10: many connections read one page while it gets five writes a second. How often it was rendered, how old a read was."""

from __future__ import annotations

import http.client
import re
import selectors
import socket
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from .forum_rows import Reply
from .load import _request, _whole

REPLIES = re.compile(rb"(\d+) \xe6\x9d\xa1\xe5\x9b\x9e\xe5\xa4\x8d")  # 条回复
READERS, A_SECOND, SECONDS = 64, 5, 8.0


@dataclass
class Storm:
    """What was seen: `acknowledged[n]` when the reply that makes them n was answered; reads as (sent, shown)."""

    acknowledged: dict[int, float] = field(default_factory=dict)
    reads: list[tuple[float, int]] = field(default_factory=list)
    refused: list[bytes] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    @property
    def oldest(self) -> float:
        return oldest(self.reads, self.acknowledged)


def oldest(reads: list[tuple[float, int]], acknowledged: dict[int, float]) -> float:
    """Seconds for which the first reply missing in a read had been acknowledged when that read was sent; the most of all."""
    return max((sent - acknowledged[shown + 1] for sent, shown in reads if shown + 1 in acknowledged), default=0.0)


def renders(folder: Path) -> dict[str, int]:
    """How many kept pages each living web process has rendered so far."""
    from linli.common.ops import counters

    return {process: found["page>miss"] for process, found in counters.living(folder / "linli" / "run" / "metrics").items()}


def replies_on(body: bytes) -> int:
    found = REPLIES.search(body)
    if found is None:
        raise SystemExit("the page does not say how many replies there are")
    return int(found[1])


def storm(port: int, path: str, reply: Reply) -> Storm:
    """Readers in this thread, one writer after the other in another."""
    seen, ended = Storm(), threading.Event()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    if answer.status != 200:
        raise SystemExit(f"storm: {answer.status} before it began")
    begun = replies_on(answer.read())
    writer = threading.Thread(target=_write, args=(port, reply, seen, begun, ended), daemon=True)
    writer.start()
    _read(port, path, seen, ended)
    writer.join()
    return seen


def _write(port: int, reply: Reply, seen: Storm, begun: int, ended: threading.Event) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    started = time.perf_counter()
    try:
        for n in range(int(A_SECOND * SECONDS)):
            reply.send(connection, n)
            seen.acknowledged[begun + n + 1] = time.perf_counter()
            time.sleep(max(0.0, started + (n + 1) / A_SECOND - time.perf_counter()))
    except (OSError, SystemExit) as error:
        seen.trouble.append(str(error))
    time.sleep(1.2)  # the last reply is to be seen as well
    ended.set()


def _read(port: int, path: str, seen: Storm, ended: threading.Event) -> None:
    asked, chooser, state = _request(port, path, {}), selectors.DefaultSelector(), {}
    for _ in range(READERS):
        sock = socket.create_connection(("127.0.0.1", port), timeout=30)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        chooser.register(sock, selectors.EVENT_READ)
        state[sock.fileno()] = [b"", time.perf_counter()]
        sock.sendall(asked)
    while not ended.is_set():
        for key, _events in chooser.select(1):
            sock, mine = key.fileobj, state[key.fd]
            mine[0] += sock.recv(1 << 18)  # type: ignore[union-attr]
            if not _whole(mine[0]):
                continue
            if mine[0].startswith(b"HTTP/1.1 200"):
                seen.reads.append((mine[1], replies_on(mine[0])))
            else:
                seen.refused.append(mine[0][:300])
            mine[0], mine[1] = b"", time.perf_counter()
            sock.sendall(asked)  # type: ignore[union-attr]
    for key in list(chooser.get_map().values()):
        key.fileobj.close()  # type: ignore[union-attr]
