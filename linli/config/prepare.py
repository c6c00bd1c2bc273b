"""Brings database tables and static files up to date, and says cheaply whether that is needed.

The stamp in `prepared.json` is a hash over the migrations, the static sources and the locked packages, so that
a start with nothing new compares file times and does not even load Django.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

from linli.config import instance

STAMP = "prepared.json"


def digest(paths: Iterable[Path], *more: str) -> str:
    """A hash over names, sizes and times of files."""
    total = hashlib.sha256("\0".join(more).encode())
    for path in sorted(paths):
        status = path.stat()
        total.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return total.hexdigest()[:24]


def _files(folder: Path) -> list[Path]:
    return [Path(where) / name for where, _, names in os.walk(folder) for name in names]


def state() -> dict[str, str]:
    """What the code now asks for."""
    source = instance.SOURCE
    apps = [path for path in (source / "linli").iterdir() if path.is_dir()]
    lock = source / "requirements" / "run.txt"
    migrations = [path for app in apps for path in (app / "migrations").rglob("*.py")]
    days = (source / "linli" / "calendar" / "data").glob("*.csv")
    static = [path for app in apps for path in _files(app / "static")]
    return {
        "database": digest([*migrations, *days, lock], os.environ.get("LINLI_DATABASE", "")),
        "static": digest([*static, lock]),
    }


def stale(folder: Path) -> list[str]:
    """Which of `database` and `static` are not as the code asks; nothing when all is well."""
    try:
        done = json.loads((folder / STAMP).read_text())
    except (OSError, ValueError):
        done = {}
    lost = {
        "database": not os.environ.get("LINLI_DATABASE") and not (folder / "linli.sqlite3").exists(),
        "static": not (folder / "static" / "staticfiles.json").exists(),
    }
    return [name for name, value in state().items() if lost[name] or done.get(name) != value]


def load_days() -> None:
    """The packaged tables of working days, where a year has none yet."""
    from linli.calendar import api
    from linli.common import clock

    api.load_packaged(now=clock.now())


def fill_search() -> None:
    """Make entries of what an older Linli wrote; where all are there, nothing happens."""
    from linli.areas.api import cell
    from linli.search import api

    if cell() is not None and not api.SearchEntry.objects.exists():
        api.rebuild()


def open_sites() -> None:
    """Sites and boards of the places that an older Linli made."""
    from linli.common import clock
    from linli.forum.api import ensure_boards
    from linli.sites import api

    api.ensure_sites(now=clock.now())
    ensure_boards()


def prepare(folder: Path) -> list[str]:
    """Migrate and collect static files where stale; what was done. Django must be set up."""
    from django.core.management import call_command

    wanted, todo = state(), stale(folder)
    if "database" in todo:
        call_command("migrate", interactive=False, verbosity=0)
        load_days()
        fill_search()
        open_sites()
    if "static" in todo:
        call_command("collectstatic", interactive=False, verbosity=0)
    if todo:
        new = folder / (STAMP + ".new")
        new.write_text(json.dumps(wanted, indent=1) + "\n")
        new.replace(folder / STAMP)
    return todo
