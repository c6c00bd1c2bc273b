"""Backup and drill of the instance that is set up: where from, where to, with which key."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from linli.common import erased
from linli.config import instance

from . import BackupError, archive, book, lite, pg, restoring, sealing, taking


def folder() -> Path:
    """Where archives go unless told otherwise: `backup.to` of instance.json, else backups/ in the data folder."""
    return Path(settings.LINLI_INSTANCE.backup.get("to") or settings.LINLI_DATA / "backups")


def key_path() -> Path | None:
    """The key file: LINLI_BACKUP_KEY, `backup.key` of instance.json, or secrets/backup; None where none is set."""
    named = os.environ.get("LINLI_BACKUP_KEY") or settings.LINLI_INSTANCE.backup.get("key")
    if named:
        return Path(named)
    usual = settings.LINLI_DATA / "secrets" / taking.BACKUP_KEY
    return usual if usual.exists() else None


def key() -> bytes | None:
    path = key_path()
    return sealing.read_key(path) if path else None


def source() -> taking.Source:
    """This instance and its database, as it is connected now."""
    lying = connection.vendor == "sqlite"
    about = {"vendor": connection.vendor, "kind": settings.LINLI_INSTANCE.kind, "district": settings.LINLI_INSTANCE.district}
    return taking.Source(
        settings.LINLI_DATA,
        Path(str(connection.settings_dict["NAME"])) if lying else None,
        None if lying else pg.of_settings(connection.settings_dict),
        about,
    )


def back_up(now: datetime, *, to: Path | None = None, with_secrets: bool = False) -> taking.Taken:
    """Take a backup, note it, and delete older ones by the rule where it lies in the usual folder."""
    try:
        taken = taking.take(source(), to or folder(), key(), now=now, with_secrets=with_secrets)
        erased.carry(settings.LINLI_DATA, taken.path.parent)
    except BackupError as error:
        book.note(settings.LINLI_DATA, failed_at=now, failure=str(error)[:300])
        raise
    book.note(
        settings.LINLI_DATA, backup_at=now, archive=str(taken.path), encrypted=taken.encrypted,
        size=taken.size, seconds=round(taken.seconds, 1), failed_at=None, failure="",
    )  # fmt: skip
    if to is None:
        taking.prune(folder())
    return taken


@dataclass(frozen=True)
class Drilled:
    """What a drill found; nothing in `wrong` is what one hopes for."""

    path: Path
    tables: int
    rows: int
    files: int
    made: datetime
    seconds: float
    wrong: list[str]


def drill(path: Path, now: datetime) -> Drilled:
    """Restore an archive into a temporary place and hold rows, audit chain and files against what it says."""
    started = time.monotonic()
    at = source()
    place = settings.LINLI_DATA / f"{taking.STAGING}drill-{os.getpid()}"
    shutil.rmtree(place, ignore_errors=True)
    base = f"linli_drill_{os.getpid()}"
    database = pg.make_database(at.postgres, base) if at.postgres is not None else None
    try:
        secrets = settings.LINLI_DATA / "secrets"
        done = restoring.restore(path, place, key=key(), postgres=database, secrets=secrets)
        wrong = _rows(done.about["tables"], place, database) + _chain(place, database)
    finally:
        shutil.rmtree(place, ignore_errors=True)
        if at.postgres is not None:
            pg.drop_database(at.postgres, base)
    seconds = time.monotonic() - started
    tables = done.about["tables"]
    if not wrong:
        book.note(settings.LINLI_DATA, drill_at=now, drill_seconds=round(seconds, 1))
    rows = sum(int(value.split(":")[0]) for value in tables.values())
    return Drilled(path, len(tables), rows, len(done.about["manifest"]), datetime.fromisoformat(done.about["made"]), seconds, wrong)


def _rows(said: dict[str, str], place: Path, database: pg.Address | None) -> list[str]:
    if database is None:
        found = lite.hashes(place / "linli.sqlite3")
    else:
        with pg.connect(database) as opened:
            found = pg.hashes(opened)
    return [
        f"{name}：恢复出来的行和备份时不同 · the restored rows are not those that were backed up"
        for name in sorted({*said, *found})
        if said.get(name) != found.get(name)
    ]


def _chain(place: Path, database: pg.Address | None) -> list[str]:
    """`linli audit verify` over the restored instance, in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LINLI_", "DJANGO_"))}
    environment = {**kept, "LINLI_DATA": str(place), "DJANGO_SETTINGS_MODULE": "linli.config.settings"}
    if database is not None:
        environment["LINLI_DATABASE"] = pg.url(database)
    command = [sys.executable, "-m", "linli.config.cli", "audit", "verify"]
    done = subprocess.run(
        command, env=environment, cwd=instance.SOURCE, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return []
    said = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return ["审计链对不上 · the audit chain does not hold: " + " | ".join(said[-3:])]


def newest() -> Path | None:
    """The archive that was made last, where it still lies there."""
    path = book.read(settings.LINLI_DATA).archive
    return Path(path) if path and Path(path).exists() else None



def put_back(path: Path) -> None:
    """The rows of an archive in the place of those in the live database, as one transaction."""
    at = source()
    staging = settings.LINLI_DATA / f"{taking.STAGING}back-{os.getpid()}"
    staging.mkdir(mode=0o700)
    try:
        archive.extract(path, key(), staging)
        if at.postgres is not None:
            connection.close()
            pg.load(at.postgres, staging / archive.POSTGRES, over=True)
        elif at.sqlite is not None:
            connection.close()
            lite.put_back(staging / archive.SQLITE, at.sqlite)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
