"""Restoring an archive into a folder in which nothing lies, whole or not at all."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import BackupError, archive, lite, pg

STAGING = ".restore-"


@dataclass(frozen=True)
class Restored:
    """What an archive said of itself, and how long it took."""

    about: dict[str, Any]
    seconds: float


def refuse_occupied(folder: Path) -> None:
    """Raises BackupError where anything lies in the folder."""
    if folder.exists() and any(not path.name.startswith(STAGING) for path in folder.iterdir()):
        raise BackupError(
            f"{folder} 不是空的，恢复不会覆盖任何东西；另选一个：LINLI_DATA=文件夹 · is not empty, and a restore overwrites nothing; "
            "choose another folder with LINLI_DATA"
        )


def restore(path: Path, folder: Path, *, key: bytes | None, postgres: pg.Address | None, secrets: Path | None) -> Restored:
    """Read the archive wholly, prove it, then put everything in its place.

    Raises BackupError where the folder or the database is not empty, or the archive not whole, or its keys missing.
    """
    started = time.monotonic()
    refuse_occupied(folder)
    if postgres is not None and not pg.is_empty(postgres):
        raise BackupError("LINLI_DATABASE 指的数据库不是空的 · the database in LINLI_DATABASE is not empty")
    made = not folder.exists()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.glob(STAGING + "*"):
        shutil.rmtree(left, ignore_errors=True)
    staging = folder / f"{STAGING}{os.getpid()}"
    staging.mkdir(mode=0o700)
    try:
        about = archive.extract(path, key, staging)
        _add_secrets(staging, secrets, about)
        _load(staging, postgres)
        _place(staging, folder)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        if made:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return Restored(about, time.monotonic() - started)


def _add_secrets(staging: Path, secrets: Path | None, about: dict[str, Any]) -> None:
    if not about.get("secrets"):
        if secrets is None or not (secrets / "columns").is_file():
            raise BackupError(
                "这份备份里没有密钥，请用 --secrets 给出另存的 secrets 文件夹 · this archive holds no keys; name the folder "
                "where you kept `secrets` with --secrets"
            )
        shutil.copytree(secrets, staging / "secrets")
    (staging / "secrets").chmod(0o700)
    for path in (staging / "secrets").iterdir():
        path.chmod(0o600)


def _load(staging: Path, postgres: pg.Address | None) -> None:
    file, dump = staging / archive.SQLITE, staging / archive.POSTGRES
    if dump.exists():
        if postgres is None:
            raise BackupError("这是 PostgreSQL 的备份，请设 LINLI_DATABASE · this is a backup of PostgreSQL: set LINLI_DATABASE")
        pg.load(postgres, dump)
        dump.unlink()
    elif postgres is not None:
        raise BackupError("这是 SQLite 的备份，请去掉 LINLI_DATABASE · this is a backup of SQLite: unset LINLI_DATABASE")
    else:
        lite.check(file)
        file.rename(staging / "linli.sqlite3")


def _place(staging: Path, folder: Path) -> None:
    for name in ("files", "checkpoints", "log"):
        (staging / name).mkdir(mode=0o700, exist_ok=True)
    names = sorted(path.name for path in staging.iterdir())
    names.remove("instance.json")
    for name in [*names, "instance.json"]:  # it makes the folder an instance, so it comes last
        (staging / name).rename(folder / name)
    staging.rmdir()
