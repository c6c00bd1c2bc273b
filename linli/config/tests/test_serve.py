"""`linli serve` as it really runs: its processes, their deaths, reloads and ends."""

import contextlib
import http.client
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from linli.config import instance, serve

from .conftest import alive, environment, eventually

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("serve")]


def load(server, stop, failures, pids, keep=False):
    """Ask for pages until told to stop, as a browser does; note what failed."""
    connection = None
    while not stop.is_set():
        try:
            connection = connection or http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
            reused = connection.sock is not None
            connection.request("GET", "/pid")
            answer = connection.getresponse()
            pids.add(int(answer.read()))
            if answer.status != 200:
                failures.append(answer.status)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError) as error:
            if not reused:  # on a kept connection that the server has closed every client asks again
                failures.append(repr(error))
            connection = None
        except OSError as error:
            failures.append(repr(error))
            connection = None
        if not keep and connection:
            connection.close()
            connection = None


@contextlib.contextmanager
def under_load(server):
    stop, failures, pids = threading.Event(), [], set()
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(load, server, stop, failures, pids, keep) for keep in (False, False, True, True)]
        try:
            yield pids
        finally:
            stop.set()
        for job in jobs:
            job.result()
    assert failures == []


def test_a_reload_under_load_loses_no_request_and_changes_every_worker(server):
    running = server()
    before = set(running.named("linli.config"))
    with under_load(running) as pids, ThreadPoolExecutor(4) as pool:
        eventually(lambda: len(pids) == 2)
        old = set(pids)
        slow = [pool.submit(running.get, "/slow") for _ in range(4)]
        running.process.send_signal(signal.SIGHUP)
        assert [job.result() for job in slow] == ["finished"] * 4
        eventually(lambda: len(pids) >= 4 and not any(alive(pid) for pid in old), 40)
        assert running.process.poll() is None
    after = set(running.named("linli.config"))
    work_and_main = before & after
    assert len(work_and_main) == 1, "only Granian's main process stays"


def test_a_server_killed_outright_is_started_again_and_refuses_nobody_meanwhile(server):
    running = server()
    main = next(pid for pid in running.named("linli.config.web") if os.getpgid(pid) == pid)
    workers = [pid for pid in running.named("linli.config.web") if pid != main]
    os.kill(main, signal.SIGKILL)
    eventually(lambda: not any(alive(pid) for pid in (main, *workers)))
    assert int(running.get("/pid")) not in workers


def test_a_dead_worker_process_is_started_again(server):
    running = server()
    (work,) = eventually(lambda: running.named("cli work"))
    os.kill(work, signal.SIGKILL)
    again = eventually(lambda: [pid for pid in running.named("cli work") if pid != work])
    assert len(again) == 1


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_the_end_finishes_the_running_request_and_leaves_no_process(server, name):
    running = server()
    family = running.family()
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(running.get, "/slow")
        time.sleep(0.5)
        running.process.send_signal(name)
        assert slow.result() == "finished"
    assert running.process.wait(15) == 0
    assert not [pid for pid in family if alive(pid)]


def test_nothing_is_left_when_the_parent_is_killed_outright(server):
    running = server()
    family = running.family()
    assert len(family) >= 3
    running.process.kill()
    running.process.wait()
    eventually(lambda: not any(alive(pid) for pid in family))


def test_the_worker_process_runs_periodic_jobs(server, folder):
    server()

    def jobs():
        with contextlib.closing(sqlite3.connect(folder / "linli.sqlite3")) as base:
            return base.execute("select count(*) from linli_common_job where last_ok is not null").fetchone()[0]

    assert eventually(jobs) >= 1


def test_a_taken_port_is_said_in_one_line(server, folder):
    running = server()
    command = [sys.executable, "-m", "linli.config.cli", "serve", "--port", str(running.port)]
    done = subprocess.run(command, env=environment(folder), cwd=instance.SOURCE, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"PORT={running.port + 1}" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_pauses_between_restarts_grow_to_half_a_minute():
    assert [serve.pause(n) for n in (1, 2, 3, 7, 99)] == [0.5, 1, 2, 30, 30]
