"""The book against what is there. Runs in a process of its own, over an instance whose server has ended.

`python -m tests.faults.verdict BOOK` first lets the outbox finish what is left, then prints a verdict as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from .load import Book
from .world import ROOT, environment
from .writes import KINDS


@dataclass
class Verdict:
    """Nothing lost, nothing doubled, nothing alone, the database whole, the chain whole: `ok`."""

    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)
    integrity: str = ""
    audit: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return self.integrity == "ok" and not any((self.lost, self.doubled, self.alone, self.audit, self.stuck))


def judge(folder: Path, book: Book) -> Verdict:
    """Hold the book against the instance in the folder."""
    path = folder.parent / f"{folder.name}.book.json"
    path.write_text(json.dumps({name: sorted(keys) for name, keys in book.acknowledged.items()}))
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.verdict", str(path)], cwd=ROOT, env=environment(folder),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-4000:])
    return Verdict(**json.loads(done.stdout.splitlines()[-1]))


def finish_outbox(now: datetime) -> list[str]:
    """Let time pass until nothing waits; what is still not done is stuck."""
    from linli.common import outbox
    from linli.common.models import OutboxRow

    outbox.after_clock_went_back(now)
    for _ in range(72):  # letters wait for the end of the quiet hours
        outbox.run(now, seconds=60)
        if not OutboxRow.objects.filter(state="waiting").exists():
            break
        now += timedelta(minutes=20)
    return [f"{row.kind} {row.state} {row.error}" for row in OutboxRow.objects.exclude(state="done")]


def found(acknowledged: dict[str, list[str]]) -> Verdict:
    """In the process with Django."""
    from django.db import connection

    from linli.common import audit_chain, clock

    verdict = Verdict(acknowledged=sum(map(len, acknowledged.values())))
    verdict.stuck = finish_outbox(clock.now())
    for name, kind in KINDS.items():
        keys = set(acknowledged.get(name, []))
        times, alone = kind.found(keys)
        verdict.lost += [f"{name} {key}" for key in sorted(keys - set(times))]
        verdict.doubled += [f"{name} {key}" for key, n in sorted(times.items()) if n > 1]
        verdict.alone += [f"{name} {key}" for key in alone]
    audit_chain.extend()
    verdict.audit = [finding.message for finding in audit_chain.verify()]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        verdict.integrity = str(cursor.fetchone()[0])
    return verdict


def main() -> None:
    import django

    django.setup()
    verdict = found(json.loads(Path(sys.argv[1]).read_text()))
    print(json.dumps(asdict(verdict), ensure_ascii=False))  # noqa: T201


if __name__ == "__main__":
    main()
