"""The page cache in the real server: two workers, one database, a writer from outside."""

import contextlib
import http.client
import subprocess
import sys
import time
from collections import defaultdict

import pytest

from linli.config import instance

from .conftest import environment, eventually

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("serve")]
WRITE = """
import sys
from linli.config.cli import setup
setup.django()
from linli.common.pagecache import bump
print("ready", flush=True)
for line in sys.stdin:
    bump("clock")
    print("done", flush=True)
"""


def ask(port, path, **headers):
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()


def versions(port, asks=40):
    """What each worker shows now: the pages by the worker that rendered them."""
    shown = defaultdict(set)
    for _ in range(asks):
        _status, _headers, text = ask(port, "/kept")
        pid, render = text.split()
        shown[pid].add(int(render))
    return shown


def test_a_write_is_seen_within_a_second_in_both_workers_and_rendered_once_in_each(server, folder):
    running = server()
    eventually(lambda: len(versions(running.port)) == 2)
    before = versions(running.port)
    assert all(len(renders) == 1 for renders in before.values()), "one render each, however many asked"
    with subprocess.Popen(
        [sys.executable, "-c", WRITE], env=environment(folder), cwd=instance.SOURCE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout.readline() == "ready\n"
        for _ in range(2):
            writer.stdin.write("write\n")
            writer.stdin.flush()
            writer.stdout.readline()
            time.sleep(1)
            after = eventually(lambda: len(shown := versions(running.port)) == 2 and shown)
            assert after == {pid: {n + 1 for n in renders} for pid, renders in before.items()}
            before = after
        writer.stdin.close()


def test_the_tags_of_a_kept_page_work_over_the_wire(server):
    running = server()
    ask(running.port, "/kept")
    status, headers, _ = eventually(lambda: (found := ask(running.port, "/kept"))[1]["ETag"] and found)
    assert status == 200

    def unchanged():
        status, _headers, text = ask(running.port, "/kept", **{"If-None-Match": headers["ETag"]})
        return status == 304 and text == ""

    eventually(unchanged)
    assert ask(running.port, "/kept?x=1")[1]["ETag"] is None
    assert ask(running.port, "/kept", Cookie="linli=canary")[1]["ETag"] is None
