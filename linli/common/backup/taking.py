"""Taking a backup while the instance works."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from . import BackupError, archive, keeping, lite, pg

STAGING = ".backup-"
BACKUP_KEY = "backup"  # in secrets/; it opens the archives and is therefore in none of them


@dataclass(frozen=True)
class Source:
    """What is backed up: a data folder, and its database as a file or an address."""

    folder: Path
    sqlite: Path | None
    postgres: pg.Address | None
    about: dict[str, Any]


@dataclass(frozen=True)
class Taken:
    """An archive that was written and proved."""

    path: Path
    at: datetime
    size: int
    seconds: float
    files: int
    rows: int
    encrypted: bool
    with_secrets: bool


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One backup of an instance at a time."""
    with (folder / ".backup.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BackupError("另一次备份正在进行 · another backup is running") from error
        yield


def take(source: Source, to: Path, key: bytes | None, *, now: datetime, with_secrets: bool = False) -> Taken:
    """Write an archive into `to` and read it back. Raises BackupError; nothing half done is left."""
    started = time.monotonic()
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    with_secrets = with_secrets or key is not None
    path = to / keeping.name(now, encrypted=key is not None)
    if path.exists():
        raise BackupError(f"已经有了 · already there: {path}")
    part = path.with_name(f".{path.name}.part")
    with alone(source.folder), _staging(source.folder) as staging:
        part.unlink(missing_ok=True)
        try:
            about = _write(source, staging, part, key, now, with_secrets)
            archive.verify(part, key)
            part.rename(path)
        except OSError as error:
            raise BackupError(f"备份没写成 · the backup could not be written: {error.strerror or error}") from error
        finally:
            part.unlink(missing_ok=True)
    _flush(to)
    rows = sum(int(value.split(":")[0]) for value in about["tables"].values())
    return Taken(path, now, path.stat().st_size, time.monotonic() - started, about["files"], rows, key is not None, with_secrets)


@contextlib.contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    for left in folder.glob(STAGING + "*"):  # of a run that was killed: the lock says that none is running
        shutil.rmtree(left, ignore_errors=True)
    staging = folder / f"{STAGING}{os.getpid()}"
    staging.mkdir(mode=0o700)
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _write(source: Source, staging: Path, part: Path, key: bytes | None, now: datetime, with_secrets: bool) -> dict[str, Any]:
    # Checkpoints before the snapshot, so that none signs rows that the snapshot lacks; files before and after
    # it, so that none is missing of which a row in it speaks, deleted or made meanwhile.
    link(source.folder / "checkpoints", staging / "checkpoints")
    link(source.folder / "files", staging / "files")
    tables, name = _snapshot(source, staging)
    link(source.folder / "files", staging / "files")
    paths = [(f"{top}/{path.relative_to(staging / top).as_posix()}", path) for top in ("checkpoints", "files") for path in _files(staging / top)]
    if with_secrets:
        paths += [(f"secrets/{path.name}", path) for path in _files(source.folder / "secrets") if path.name != BACKUP_KEY and not path.name.endswith(".new")]
    about = {**source.about, "format": 1, "made": now.isoformat(), "tables": tables, "files": len(paths), "secrets": with_secrets}
    with archive.writing(part, key, now.timestamp()) as writer:
        writer.add_json(archive.ABOUT, about)
        writer.add_path("instance.json", source.folder / "instance.json")
        writer.add_path(name, staging / name)
        for name, path in paths:
            writer.add_path(name, path)
    return about


def _snapshot(source: Source, staging: Path) -> tuple[dict[str, str], str]:
    if source.postgres is not None:
        return pg.dump(source.postgres, staging / archive.POSTGRES), archive.POSTGRES
    assert source.sqlite is not None
    lite.snapshot(source.sqlite, staging / archive.SQLITE)
    return lite.hashes(staging / archive.SQLITE), archive.SQLITE


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def link(source: Path, to: Path) -> None:
    """Links to all files of a tree, so that they stay whatever happens to it; copies where links cannot be made."""
    for path in _files(source):
        target = to / path.relative_to(source)
        if target.exists():
            continue
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):  # deleted meanwhile
            try:
                os.link(path, target)
            except FileNotFoundError:
                raise
            except OSError:
                shutil.copyfile(path, target)


def _flush(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def prune(folder: Path) -> list[Path]:
    """Delete the archives that the rule does not keep; which."""
    gone = [folder / name for name in keeping.superfluous(path.name for path in folder.iterdir() if path.is_file())]
    for path in gone:
        path.unlink()
    return gone
