"""Running a command and weighing what it took."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

DATA = Path(os.environ.get("LINLI_BENCH_DATA") or Path(__file__).resolve().parent.parent / "var" / "bench")


@dataclass(frozen=True)
class Figure:
    """One measured number and the most (or, as a floor, the least) that it may be; None: only shown."""

    what: str
    value: float
    unit: str
    at_most: float | None = None

    @property
    def good(self) -> bool:
        return self.at_most is None or self.value <= self.at_most


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
