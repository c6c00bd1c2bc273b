"""Running a command and weighing what it took; the processor time and memory of a tree of processes."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

DATA = Path(os.environ.get("LINLI_BENCH_DATA") or Path(__file__).resolve().parent.parent / "var" / "bench")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Figure:
    """One measured number and the most (or the least) that it may be; without either: only shown."""

    what: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def good(self) -> bool:
        below = self.at_most is None or self.value <= self.at_most
        return below and (self.at_least is None or self.value >= self.at_least)

    @property
    def goal(self) -> str:
        if self.at_most is not None:
            return f"≤ {self.at_most:g}"
        return f"≥ {self.at_least:g}" if self.at_least is not None else ""

    @property
    def missed(self) -> float:
        """By what part of the goal it is missed; 0 where it is met."""
        if self.good:
            return 0.0
        goal = self.at_most if self.at_most is not None and self.value > self.at_most else self.at_least
        return abs(self.value - (goal or 0)) / (abs(goal or 0) or 1.0)


@dataclass(frozen=True)
class Taken:
    """Processor seconds (user and system), the highest resident memory in MiB, seconds on the clock, and the output."""

    cpu: float
    memory: float
    seconds: float
    output: str


def run(command: list[str], environment: dict[str, str]) -> Taken:
    """Run a command to its end. Raises SystemExit with its output where it fails."""
    started = time.monotonic()
    process = subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert process.stdout is not None
    output = process.stdout.read().decode(errors="replace")
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}\n{output}")
    return Taken(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, time.monotonic() - started, output)


def tree(pid: int) -> list[int]:
    """A process and all its living descendants."""
    below: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            below.setdefault(int(path.read_text().rpartition(")")[2].split()[1]), []).append(int(path.parent.name))
    found, todo = [pid], [pid]
    while todo:
        todo = [child for parent in todo for child in below.get(parent, [])]
        found += todo
    return found


def cpu_seconds(pids: list[int]) -> float:
    """User and system time that these processes took so far; to the nanosecond where the kernel keeps it."""
    return sum(_precise(pid) or _ticks(pid) for pid in pids)


def _precise(pid: int) -> float:
    total = 0
    with contextlib.suppress(OSError, ValueError):
        for path in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            total += int(path.read_text().split()[0])
    return total / 1e9


def _ticks(pid: int) -> float:
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS
    return 0.0


def pss(pids: list[int]) -> float:
    """Proportional memory in MiB."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
    return total / 1024
