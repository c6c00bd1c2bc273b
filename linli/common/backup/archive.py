"""The archive: a compressed tar, sealed where there is a key. `about.json` stands first, `manifest.json` last."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, cast

from . import BackupError, sealing

ABOUT, MANIFEST = "about.json", "manifest.json"
SQLITE, POSTGRES = "database.sqlite3", "database.pgdump"
ROOTS = {ABOUT, MANIFEST, SQLITE, POSTGRES, "instance.json", "files", "checkpoints", "secrets"}
PIECE = 1 << 20
Manifest = dict[str, list[Any]]


class Hashed:
    """A file to read that counts and hashes what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.size, self.sha = file, 0, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.size += len(data)
        self.sha.update(data)
        return data


class Writer:
    """Adds files one after another; `end` writes the manifest."""

    def __init__(self, tar: tarfile.TarFile, now: float) -> None:
        self.tar, self.now, self.manifest = tar, now, cast("Manifest", {})

    def add(self, name: str, file: IO[bytes], size: int) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = size, 0o600, int(self.now)
        hashed = Hashed(file)
        self.tar.addfile(entry, cast("IO[bytes]", hashed))
        self.manifest[name] = [hashed.size, hashed.sha.hexdigest()]

    def add_path(self, name: str, path: Path) -> None:
        with path.open("rb") as file:
            self.add(name, file, os.fstat(file.fileno()).st_size)

    def add_json(self, name: str, value: object) -> None:
        data = json.dumps(value, ensure_ascii=False, indent=1).encode()
        self.add(name, io.BytesIO(data), len(data))

    def end(self) -> None:
        self.add_json(MANIFEST, self.manifest)


@contextlib.contextmanager
def writing(path: Path, key: bytes | None, now: float) -> Iterator[Writer]:
    """A new archive, on disk for good when this ends."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        sealer = sealing.Sealer(file, key) if key else None
        below = cast("BinaryIO", sealer or file)
        with gzip.GzipFile("", "wb", 1, below, mtime=0) as packed, tarfile.open(fileobj=packed, mode="w|", bufsize=PIECE) as tar:
            writer = Writer(tar, now)
            yield writer
            writer.end()
        if sealer:
            sealer.close()
        file.flush()
        os.fsync(file.fileno())


def is_sealed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(sealing.MAGIC)) == sealing.MAGIC


@contextlib.contextmanager
def _opened(path: Path, key: bytes | None) -> Iterator[tarfile.TarFile]:
    try:
        with path.open("rb") as file:
            sealed = is_sealed(path)
            if sealed and not key:
                raise BackupError("这份备份加了密，请用 --key 给出密钥文件 · this archive is sealed, name its key file with --key")
            below = sealing.Unsealer(file, cast("bytes", key)) if sealed else file
            with gzip.GzipFile(fileobj=cast("BinaryIO", below)) as packed, tarfile.open(fileobj=packed, mode="r|", bufsize=PIECE) as tar:
                yield tar
    except (tarfile.TarError, zlib.error, EOFError, gzip.BadGzipFile, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise BackupError(f"备份坏了，读不出来 · the archive is damaged: {type(error).__name__}") from error
    except FileNotFoundError as error:
        raise BackupError(f"没有这份备份 · no such archive: {path}") from error


def _allowed(entry: tarfile.TarInfo) -> bool:
    parts = PurePosixPath(entry.name).parts
    return entry.isreg() and bool(parts) and parts[0] in ROOTS and ".." not in parts and "\\" not in entry.name


def walk(path: Path, key: bytes | None, take: Callable[[str, Hashed], None]) -> dict[str, Any]:
    """Hand every file to `take`, then hold all against the manifest; returns about.json.

    Raises BackupError where anything is missing, changed, or has no business in an archive of ours.
    """
    found: Manifest = {}
    kept: dict[str, Any] = {}
    with _opened(path, key) as tar:
        for entry in tar:
            file = tar.extractfile(entry) if _allowed(entry) else None
            if file is None or entry.name in found:
                raise BackupError(f"备份里有不该有的东西 · what has no business in an archive: {entry.name[:80]!r}")
            hashed = Hashed(file)
            if entry.name in (ABOUT, MANIFEST):
                kept[entry.name] = json.loads(hashed.read())
            else:
                take(entry.name, hashed)
            found[entry.name] = [hashed.size, hashed.sha.hexdigest()]
    manifest = kept.get(MANIFEST)
    found.pop(MANIFEST, None)
    if manifest != found or ABOUT not in kept:
        wrong = sorted(name for name in {*found, *(manifest or {})} if (manifest or {}).get(name) != found.get(name))
        raise BackupError(f"备份不完整 · the archive is not whole: {', '.join(wrong[:5]) or MANIFEST}")
    return {**kept[ABOUT], "manifest": manifest}


def verify(path: Path, key: bytes | None) -> dict[str, Any]:
    """Read the whole archive and hold it against its manifest. Raises BackupError."""

    def drain(name: str, file: Hashed) -> None:
        while file.read(PIECE):
            pass

    return walk(path, key, drain)


def extract(path: Path, key: bytes | None, to: Path) -> dict[str, Any]:
    """Every file below `to`, readable by its owner alone; what was written is of no use where this raises."""

    def put(name: str, file: Hashed) -> None:
        target = to / name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            while data := file.read(PIECE):
                out.write(data)
            out.flush()
            os.fsync(out.fileno())

    return walk(path, key, put)
