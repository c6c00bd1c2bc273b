"""Misago and Spirit on this machine, beside the forum in the same run: only `make bench-full`.

Each lives in its own throw-away environment below `var/bench/peers`, from the package registry by the bootstrap's uv, with
Debian's PostgreSQL and Redis started by us and ended at the end. One that cannot be set up is named, with the reason.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench import forum_data as data
from bench.forum_rows import Row, interleaved
from bench.measure import Figure, pss

from .peer import MISAGO, SPIRIT, Missing, Peer
from .place import Place

# How many times less processor we are to take, by page; the name of our row. Cold: against the same page of theirs.
GOALS = {
    "Misago": {"warm one": 700, "cold": 35, "topic": 50, "home": 40, "find": 20, "reply": 6},
    "Spirit": {"warm one": 200, "cold": 10, "topic": 15, "home": 10, "find": 6},
}
OF_PEER = {"warm one": "topic, anonymous", "cold": "topic, anonymous", "topic": "topic, signed in", "home": "home, signed in", "find": "search", "reply": "reply"}
GOAL = {"warm one": "G1 warm topic", "cold": "G2 cold topic", "topic": "G3 signed-in topic", "home": "G4 signed-in home", "find": "G5 search", "reply": "G6 reply"}
HTML = {"Misago": 1 / 4, "Spirit": 1 / 2}


def beside(folder: Path, lines: Path, rows: dict[str, Row]) -> Iterator[Figure]:
    """Each peer's pages next to ours of the same lines; `rows` are ours by name."""
    small = min(int(name.removeprefix("cold ")) for name in rows if name.startswith("cold "))
    with contextlib.ExitStack() as stack:
        try:
            place = stack.enter_context(Place.opened(folder))
        except Missing as reason:
            print(f"  no peers: {reason}")
            return
        for peer in (MISAGO, SPIRIT):
            try:
                with peer.running(place, lines) as theirs:
                    yield from _weighed(peer, theirs, rows, small)
            except Missing as reason:
                print(f"  {peer.name} is left out: {reason}")


def _weighed(peer: Peer, theirs: dict[str, Row], rows: dict[str, Row], small: int) -> Iterator[Figure]:
    goals = GOALS[peer.name]
    ours = {name: replace(rows.get(name) or rows[f"{name} {small}"], loads=[], cpu=[]) for name in goals}
    for name in ("warm one", "topic", "home", "find", "reply"):
        if name in goals:
            group = [theirs[OF_PEER[name]], ours[name], *([ours["cold"]] if name == "warm one" else [])]
            interleaved(group)
    for row in theirs.values():
        yield Figure(f"{row.what}: processor a request, database included", row.milliseconds, "ms")
    for name, least in goals.items():
        ratio = theirs[OF_PEER[name]].milliseconds / max(ours[name].milliseconds, 1e-6)
        yield Figure(f"goal: {GOAL[name]}, {peer.name}'s processor against ours", ratio, "×", at_least=least)
    page, mine = (len(row.page().encode()) for row in (theirs[OF_PEER["cold"]], ours["cold"]))
    yield Figure(f"goal: G8 our HTML of 20 posts against {peer.name}'s", mine / page, "×", at_most=HTML[peer.name])
    memory = pss(ours["cold"].pids()), pss(theirs[OF_PEER["cold"]].server_pids())
    most = 1.2 if peer.name == "Spirit" else None
    yield Figure(f"{'goal: G7 ' if most else ''}our memory, ticker included, against {peer.name}'s without its database", memory[0] / memory[1], "×", at_most=most)
    yield Figure(f"posts that {peer.name} finds for {data.COMMON}", float(peer.hits), "")
