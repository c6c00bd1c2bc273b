"""A small invented world: an office, residents with phones, people with homes to claim. Built once, then copied.

`python -m tests.faults.world` fills the instance in LINLI_DATA and prints what the writers need to know.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linli.areas.api import Area

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = "tests.faults.settings"
CLAIMERS, HOMES, READERS, POSTERS = 12, 400, 3, 2
BOOK = "faults.json"  # persons and places, for the writers


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What the processes of the instance see: its folder, the suite's settings and nothing else of the suite."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LINLI_", "DJANGO_", "FAULTS_"))}
    kept.pop("PORT", None)
    return {**kept, "LINLI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": SETTINGS, **more}


def build(folder: Path) -> Path:
    """Make the world in the folder once, whoever asks first; others wait for it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / BOOK).exists():
            shutil.rmtree(folder, ignore_errors=True)
            done = subprocess.run(
                [sys.executable, "-m", "tests.faults.world"], cwd=ROOT, env=environment(folder),
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            if done.returncode:
                raise RuntimeError(f"the world of the faults could not be built:\n{done.stderr[-4000:]}")
            (folder / BOOK).write_text(done.stdout.splitlines()[-1])
    return folder


def main() -> None:
    """In a process of its own."""
    from linli.config import instance, prepare

    folder = Path(os.environ["LINLI_DATA"])
    instance.create(instance.Instance(kind="demo", name="柳渡街道"), folder)
    import django

    django.setup()
    prepare.prepare(folder)
    from django.db import connection, transaction

    with transaction.atomic():
        book = _fill()
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    print(json.dumps(book))  # noqa: T201


def _fill() -> dict[str, object]:
    from linli.areas.tests.factories import make_cell, make_home
    from linli.people.models import RollEntry
    from linli.people.rules import BodyKind, ResidencyKind, Role
    from linli.people.tests.factories import NOW, make_body, make_person, make_post, make_residency

    places = make_cell()
    body = make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"], name="青砖里居委会")
    for n in range(2):
        make_post(make_person("沈玉兰", demo_key=f"staff{n}"), body, Role.RESIDENTS_COMMITTEE)
    for n in range(READERS):
        make_residency(make_person("何立群", phone=f"+861380000{n:04d}", demo_key=f"reader{n}"), places["home"])
    for n in range(POSTERS):
        make_residency(make_person("林小满", phone=f"+861370000{n:04d}", demo_key=f"poster{n}"), places["home2"])
    homes = [make_home(places["entrance"], f"{n:04d}", n // 4 + 3, n % 4 + 1).pk for n in range(HOMES)]
    rolls = []
    for n in range(CLAIMERS):
        phone, name = f"+861390000{n:04d}", "胡雨桐"
        make_person(name, phone=phone, legal_name=name, demo_key=f"claimer{n}")
        rolls += [
            RollEntry(home_id=home, kind=ResidencyKind.OWNER, name=name, phone=phone, imported_at=NOW) for home in homes
        ]
    RollEntry.objects.bulk_create(rolls, batch_size=500)
    topic = _talk(places["district"], places["compound_a1"])
    return {"place": places["compound_a1"].pk, "homes": homes, "claimers": CLAIMERS, "readers": READERS, "topic": topic}


def _talk(district: Area, compound: Area) -> int:
    """A topic for all to reply in, where nobody is too quick: limits are data, and these are not what is tried here."""
    from linli.common import clock
    from linli.forum.actions.boards import ensure_boards
    from linli.forum.actions.topics import open_topic
    from linli.forum.models import Board, SpeechLimits
    from linli.forum.speech_rules import Figures, Level, as_data
    from linli.people.models import Person
    from linli.people.tests.factories import actor_of
    from linli.sites.api import ensure_sites

    now, staff = clock.now(), Person.objects.get(demo_key="staff0")
    level = Level(days=0, posts=0, quiet=0, posts_hour=100_000, topics_day=9, pictures=9, links=9, mentions=9, reports_day=9)
    SpeechLimits.objects.create(
        place=district, version=1, levels=[as_data(level)], figures=as_data(Figures()), made_at=now, made_by=staff
    )
    ensure_sites(now=now)
    ensure_boards()
    board = Board.objects.get(place=compound, theme="")
    return open_topic(by=actor_of(staff), board=board, title="说说步道的灯", text="哪一盏不亮，写在下面。", now=now).pk


if __name__ == "__main__":
    main()
