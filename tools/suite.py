"""The suite and the checks, step by step with their times.

    python -m tools.suite test            whole suite on SQLite, then the `database` part on PostgreSQL
    python -m tools.suite postgres        whole suite on PostgreSQL
    python -m tools.suite faults          200 cycles of every fault, with a table
    python -m tools.suite lint            ruff, mypy, import-linter, djlint, our own checks, migrations

At the end every step has one line, and pytest's own closing lines stand last.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tools import postgres, system

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "--durations=25"]
CLOSING = ROOT / "build" / "closing-lines"
FETCH = "from tools.browser.fetch import AXE, VNU, file_of; print(file_of(AXE), file_of(VNU))"
STRICT = ("rules.py", "api.py")


@dataclass
class Steps:
    """What was run, how long it took, how it ended."""

    done: list[tuple[str, float, int]] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)

    def run(self, name: str, command: list[object], *, optional: bool = False, **environment: str) -> int:
        """Run one command, showing what it says; a failed optional one counts only with CI=true."""
        print(f"\n── {name}", flush=True)
        started = time.monotonic()
        process = subprocess.Popen(
            [str(part) for part in command], cwd=ROOT, env={**os.environ, **environment},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        )  # fmt: skip
        last = ""
        assert process.stdout
        for line in process.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            last = line.strip() or last
        code = process.wait()
        if optional and os.environ.get("CI") != "true":
            code = 0
        self.note(name, time.monotonic() - started, code)
        if "pytest" in command:
            self.closing.append(f"{name}: {last}")
        return code

    def note(self, name: str, seconds: float, code: int) -> None:
        self.done.append((name, seconds, code))

    def end(self) -> int:
        print("\n── 用时 · times")
        for name, seconds, code in self.done:
            print(f"  {'✓' if code == 0 else '✗'} {name:<40} {seconds:7.1f} s")
        for line in self.closing:
            print(line)
        CLOSING.parent.mkdir(exist_ok=True)
        with CLOSING.open("a", encoding="utf-8") as file:  # `.ci/run` shows it again at its end
            file.writelines(line + "\n" for line in self.closing)
        return 1 if any(code for _, _, code in self.done) else 0


def prepare(steps: Steps) -> bool:
    """The machine's packages, and what the browser checks fetch; False where CI forbids to go on."""
    started = time.monotonic()
    code = system.ensure()
    steps.note("system packages", time.monotonic() - started, code)
    if code == 0:
        code = steps.run("axe-core and vnu from npm", [sys.executable, "-c", FETCH], optional=True)
    return code == 0


def on_postgres(steps: Steps, name: str, extra: list[str]) -> None:
    """A pytest run with a throw-away cluster; a machine without PostgreSQL skips it, unless CI=true."""
    try:
        with postgres.cluster() as address:
            steps.run(name, [*PYTEST, *extra], LINLI_DATABASE=address)
    except postgres.NoPostgres as error:
        print(f"  跳过 · skipped: {name}: {error}")
        steps.note(name + " (skipped)", 0.0, 1 if os.environ.get("CI") == "true" else 0)


def test(steps: Steps) -> None:
    if prepare(steps):
        steps.run("suite on SQLite", PYTEST)
        on_postgres(steps, "database part on PostgreSQL", ["-m", "database"])


def test_postgres(steps: Steps) -> None:
    if prepare(steps):
        on_postgres(steps, "suite on PostgreSQL", ["-m", "not faults"])  # they are about the embedded database


def faults(steps: Steps) -> None:
    """Longer than the suite's own 30 cycles; build/faults.jsonl has the figures."""
    started = time.monotonic()
    code = system.ensure(system.FOR_FAULTS)
    steps.note("system packages", time.monotonic() - started, code)
    if code == 0:
        steps.run("faults", [sys.executable, "-m", "tests.faults"])


def strict_modules() -> list[str]:
    """What mypy checks strictly: rules, actions, api of every app."""
    found = [path for name in STRICT for path in ROOT.glob(f"linli/*/{name}")]
    found += ROOT.glob("linli/*/actions/**/*.py")
    return sorted(str(path.relative_to(ROOT)) for path in found)


def lint(steps: Steps) -> None:
    steps.run("ruff", [BIN / "ruff", "check", "."])
    if modules := strict_modules():
        steps.run("mypy --strict", [BIN / "mypy", "--strict", *modules])
    if (ROOT / ".importlinter").exists():
        steps.run("import-linter", [BIN / "lint-imports"])
    if importlib.util.find_spec("tools.checks"):
        steps.run("checks of our own", [sys.executable, "-m", "tools.checks"])
    steps.run("djlint", [BIN / "djlint", "linli", "--lint", "--quiet"])
    with tempfile.TemporaryDirectory() as folder:
        steps.run(
            "makemigrations --check", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
            DJANGO_SETTINGS_MODULE="linli.config.settings_testing", LINLI_TEST_DATA=folder,
        )  # fmt: skip


KINDS: dict[str, Callable[[Steps], None]] = {"test": test, "postgres": test_postgres, "faults": faults, "lint": lint}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in KINDS:
        print(__doc__)
        return 2
    steps = Steps()
    # Every temporary folder of the suite goes with this one, also those of workers that were killed.
    scratch = tempfile.mkdtemp(prefix="linli-suite-")
    os.environ["TMPDIR"] = tempfile.tempdir = scratch
    for name in ("LINLI_DATA", "LINLI_STARTED", "LINLI_DATABASE", "LINLI_TEST_DATA"):
        os.environ.pop(name, None)
    try:
        KINDS[arguments[0]](steps)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return steps.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
