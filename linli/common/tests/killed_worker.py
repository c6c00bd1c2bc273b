"""A worker that is killed outright at one step after another; run by test_outbox_killed with a data folder of its own.

Prints for each step and kind of handler: what was done inside, what outside, the row's state at the end.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django
from django.core.management import call_command

from linli.config import instance

STEPS = ("before the claim", "after the claim", "before the effect", "after the effect", "before the mark", "after the mark")
NOW = datetime(2026, 5, 19, 8, tzinfo=UTC)


def main() -> None:
    folder = Path(os.environ["LINLI_DATA"])
    instance.create(instance.Instance(kind="demo"), folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "linli.config.settings"
    django.setup()
    call_command("migrate", "linli_common", verbosity=0)
    from linli.common import outbox
    from linli.common.models import Job

    outside = folder / "outside"
    deadly = {"step": ""}

    def strike(step: str) -> None:
        if deadly["step"] == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def inner(parcel: outbox.Parcel) -> None:
        strike("before the effect")
        Job.objects.create(name=parcel.key, due=parcel.now)
        strike("after the effect")

    def outer(parcel: outbox.Parcel) -> None:
        strike("before the effect")
        with outside.open("a") as file:
            file.write(parcel.key + "\n")
        strike("after the effect")

    outbox.handler("inner")(inner)
    outbox.handler("outer", outside=True)(outer)
    end, work = outbox._end, outbox._work

    def marked(*args: object, **rest: object) -> bool:
        strike("before the mark")
        done = end(*args, **rest)
        strike("after the mark")
        return done

    def claimed(*args: object) -> bool:
        strike("after the claim")
        return work(*args)

    outbox._end, outbox._work = marked, claimed
    outside.touch()
    for kind in ("inner", "outer"):
        for step in STEPS:
            done = killed_at(kind, step, deadly, strike, outside)
            sys.stdout.write(json.dumps([kind, step, done]) + "\n")


def killed_at(
    kind: str, step: str, deadly: dict[str, str], strike: Callable[[str], None], outside: Path
) -> dict[str, object]:
    """One row, a child that is killed at the step while it works, and another run when its lease is over."""
    from django.db import connections, transaction

    from linli.common import outbox
    from linli.common.models import Job, OutboxRow

    key = f"{kind} {step}"
    with transaction.atomic():
        outbox.put(kind=kind, key=key, payload={}, now=NOW)
    connections.close_all()
    child = os.fork()
    if child == 0:
        deadly["step"] = step
        strike("before the claim")
        outbox.run(NOW)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    outbox.run(NOW + timedelta(minutes=2))
    return {
        "killed": os.WIFSIGNALED(status), "inside": Job.objects.filter(pk=key).count(),
        "outside": outside.read_text().split("\n").count(key), "state": OutboxRow.objects.get(key=key).state,
    }  # fmt: skip


main()
