"""F1 and F2: processes killed outright at random, and the power that goes, while people write."""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path

from . import powerloss
from .load import Load
from .report import Result
from .server import Server, copy
from .verdict import judge
from .writes import read_book, writers

# How often what dies. A worker is started again by its parent, which is cheap; the whole server takes seconds.
DEATHS = {"worker": 60, "work": 20, "main": 4, "parent": 8, "all": 8}
WRITES_BETWEEN = 3


def kill_nine(world: Path, scratch: Path, cycles: int, seed: int = 1) -> Result:
    """F1: kill -9 of parent, server, worker or ticker at random moments; each cycle new writes are acknowledged."""
    chance, result, started = random.Random(seed), Result("F1 kill -9", cycles), time.monotonic()
    folder = copy(world, scratch / "f1")
    deaths: Counter[str] = Counter()
    plan = [*DEATHS, *chance.choices(list(DEATHS), list(DEATHS.values()), k=cycles)][:cycles]  # each at least once
    chance.shuffle(plan)
    with Server(folder) as server, Load(server.port, writers(read_book(folder))) as load:
        for number in range(cycles):
            if not load.wait_for(WRITES_BETWEEN):
                result.troubles.append(f"no write was acknowledged any more in cycle {number}")
                break
            time.sleep(chance.uniform(0, 0.2))
            deaths[_strike(server, plan[number])] += 1
        load.wait_for(WRITES_BETWEEN)
    result.take(load.book, judge(folder, load.book))
    result.more, result.seconds = dict(deaths), time.monotonic() - started
    return result


def _strike(server: Server, what: str) -> str:
    """Kill; the parent and everything are started again by us, the rest by the parent. What was really there to kill."""
    if what == "parent":
        server.kill_parent()
        server.start()
    elif what == "all":
        server.kill_all()
        server.start()
    elif not server.kill(what):  # it is just being started again
        server.kill("worker")
        return "worker"
    return what


def power_loss(world: Path, scratch: Path, cycles: int, seed: int = 2, synchronous: str = "FULL") -> Result:
    """F2: everything dies at once, and what was not safe is undone. With NORMAL it must lose, or it proves nothing."""
    chance, result, started = random.Random(seed), Result(f"F2 power loss, {synchronous}", cycles), time.monotonic()
    folder = copy(world, scratch / f"f2-{synchronous}")
    power = powerloss.PowerLoss(powerloss.compile_shim(scratch), folder, scratch / f"f2-{synchronous}-notes")
    more = {"FAULTS_SYNCHRONOUS": synchronous} if synchronous != "FULL" else {}
    with (
        Server(folder, **power.environment(), **more) as server,
        Load(server.port, writers(read_book(folder))) as load,
    ):
        for number in range(cycles):
            if not load.wait_for(WRITES_BETWEEN):
                result.troubles.append(f"no write was acknowledged any more in cycle {number}")
                break
            time.sleep(chance.uniform(0, 0.3))
            server.kill_all()
            power.undo()
            if (state := server.intact()) != "ok":
                result.troubles.append(f"integrity_check after cycle {number}: {state}")
            server.start()
        load.wait_for(WRITES_BETWEEN)
    result.take(load.book, judge(folder, load.book))
    names = {"W": "bytes", "T": "sizes", "C": "files", "D": "folders", "R": "renames"}
    result.more = {f"undone {name}": power.undone[kind] for kind, name in names.items()}
    result.seconds = time.monotonic() - started
    return result
