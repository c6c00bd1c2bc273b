"""`make bench`, or `python -m bench home`: run the benchmarks; a table, JSON lines and a chart. A missed goal is exit code 1."""

from __future__ import annotations

import argparse
import datetime
import importlib
import json
import os
import platform
import shutil
import sys
import time
from importlib.util import find_spec
from pathlib import Path

from . import chart
from .measure import Figure

SUBJECTS = ("home", "portal", "search", "forum", "ticker", "areas")
FULL = ("forum_full",)  # large data and other programs: only `make bench-full`
RESULTS = Path(__file__).parent / "results"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("subjects", nargs="*", help=f"of {', '.join(SUBJECTS + FULL)}; all but the last where none is named")
    parser.add_argument("--full", action="store_true", help="peers and large data too, where they are there")
    args = parser.parse_args()
    names = args.subjects or [*SUBJECTS, *(FULL if args.full else ())]
    there = [name for name in names if find_spec(f"bench.{name}")]
    started, figures, missed = datetime.datetime.now(datetime.UTC), [], 0
    for name in names:
        if name not in there:
            print(f"{name:8} not here yet")
            continue
        begun = time.monotonic()
        for figure in importlib.import_module(f"bench.{name}").run():
            figures.append((name, figure))
            print(line(name, figure), flush=True)
            missed += not figure.good
        print(f"{name:8} took {time.monotonic() - begun:.0f} s; load average {os.getloadavg()[0]:.1f}", flush=True)
    write(started, figures)
    goals = [(name, figure) for name, figure in figures if figure.goal]
    print("\nWhere each goal stands:")
    for name, figure in goals:
        print(line(name, figure))
    return 1 if missed else 0


def line(name: str, figure: Figure) -> str:
    goal = f"  {figure.goal}: {'yes' if figure.good else f'NO, by {figure.missed:.0%}'}" if figure.goal else ""
    return f"{name:8} {figure.what:66} {figure.value:10,.3f} {figure.unit:4}{goal}"


def write(started: datetime.datetime, figures: list[tuple[str, Figure]]) -> None:
    """One JSON line a figure, and the chart of the goals."""
    RESULTS.mkdir(exist_ok=True)
    stamp = started.strftime("%Y%m%d-%H%M%S")
    run = {
        "at": started.isoformat(timespec="seconds"), "cores": os.cpu_count(), "load": [round(n, 2) for n in os.getloadavg()],
        "python": platform.python_version(), "client": "wrk" if shutil.which("wrk") else "own",
    }  # fmt: skip
    with (RESULTS / f"{stamp}.jsonl").open("w", encoding="utf-8") as out:
        for name, figure in figures:
            row = {"subject": name, "what": figure.what, "value": round(figure.value, 4), "unit": figure.unit, "goal": figure.goal}
            out.write(json.dumps({**row, "good": figure.good, **run}, ensure_ascii=False) + "\n")
    goals = [figure for _name, figure in figures if figure.goal]
    if goals:
        (RESULTS / "goals.svg").write_text(chart.draw(goals, run), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
