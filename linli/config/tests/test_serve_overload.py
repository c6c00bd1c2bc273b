"""Eighty readers at once at the real server: who is let in waits little, who is not hears it at once, nobody hangs."""

import contextlib
import http.client
import threading
import time
from dataclasses import dataclass, field

import pytest

from .conftest import eventually

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("serve")]


@dataclass
class Seen:
    """Seconds of each answer by its status."""

    waits: dict[int, list[float]] = field(default_factory=dict)

    def at(self, status, share):
        found = sorted(self.waits.get(status, []))
        return found[min(len(found) - 1, int(len(found) * share))] if found else 0.0


def reader(port, path, until, seen, after=0.0, pause=0.1):
    """One who asks again and again on one connection, and waits a moment where he is told to; noted `after` a moment."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        while time.monotonic() < until:
            started = time.monotonic()
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            assert answer.status != 503 or answer.headers["Retry-After"], path
            took = time.monotonic() - started
            assert took < 5, "somebody hangs"
            if started >= after:
                seen.waits.setdefault(answer.status, []).append(took)
            if answer.status == 503:
                time.sleep(pause)


def crowd(port, many, seconds, extra=(), settle=0.0):
    """What so many readers of the slow page see, and one each of the other pages, once a burst has become a crowd."""
    after = time.monotonic() + settle
    until = after + seconds
    all_seen = [Seen(), *(Seen() for _ in extra)]
    jobs = [("/work", all_seen[0])] * many + [(path, all_seen[n]) for n, path in enumerate(extra, 1)]
    threads = [threading.Thread(target=reader, args=(port, path, until, seen, after)) for path, seen in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(settle + seconds + 25)
    assert not any(thread.is_alive() for thread in threads), "somebody hangs"
    return all_seen


def test_eighty_readers_of_a_slow_page(server):
    running = server()
    eventually(lambda: running.get("/kept"))
    normal = crowd(running.port, 4, 1.5)[0]
    assert set(normal.waits) == {200}
    ordinary, emergency, kept, search = crowd(running.port, 80, 4, ("/emergency/call", "/kept", "/search/?q=x"), settle=1.5)
    assert set(ordinary.waits) == {200, 503}
    assert ordinary.at(200, 0.95) <= 3 * normal.at(200, 0.95) + 0.15, "who is let in waits little"
    assert ordinary.at(503, 0.5) <= 0.05, "who is not let in hears it at once"
    assert len(ordinary.waits[200]) >= 0.6 * len(normal.waits[200]), "and the work goes on"
    assert set(emergency.waits) == {200} and emergency.at(200, 0.99) <= 1.0, "an emergency is never refused"
    assert set(kept.waits) == {200} and kept.at(200, 0.95) <= 0.25, "a kept page is never refused"
    assert len(search.waits.get(503, [])) >= len(search.waits.get(404, [])), "searching waits first"
    eventually(lambda: running.get("/work") == "worked", 5)
