"""`make faults`: every fault for long, a table at the end, and the same as JSON lines in build/faults.jsonl.

    python -m tests.faults [--cycles 200] [F1 F2 …]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from . import clocks, disk, kills, needs, report, world

OUT = world.ROOT / "build" / "faults.jsonl"
Run = Callable[[Path, Path, int], report.Result]
# Each with what it needs; F3 to F5 are about kinds of faults, not about chance, and take fewer cycles.
FAULTS: dict[str, tuple[Callable[[], str], Run]] = {
    "F1": (lambda: "", kills.kill_nine),
    "F2": (needs.compiler, kills.power_loss),
    "F3": (needs.libfiu, lambda world, scratch, cycles: disk.broken_disk(world, scratch, max(3, cycles // 10))),
    "F4": (needs.mount, lambda world, scratch, cycles: disk.full_disk(world, scratch, max(2, cycles // 20))),
    "F5": (needs.faketime, lambda world, scratch, cycles: clocks.jumping_clock(world, scratch)),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--cycles", type=int, default=200)
    parser.add_argument("faults", nargs="*", choices=[[], *FAULTS], default=[])
    args = parser.parse_args()
    results = []
    with tempfile.TemporaryDirectory(prefix="linli-faults-") as folder:
        made = world.build(Path(folder) / "world")
        for name in args.faults or FAULTS:
            missing, run = FAULTS[name]
            if reason := missing():
                say(f"{name}: 跳过 · skipped: {reason}")
                continue
            scratch = Path(folder) / name
            scratch.mkdir()
            results.append(run(made, scratch, args.cycles))
            say(report.table(results[-1:]) + "\n")
    report.write(results, OUT)
    say(f"\n{report.table(results)}\n\n{OUT.relative_to(world.ROOT)}")
    return 0 if all(result.held for result in results) else 1


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
