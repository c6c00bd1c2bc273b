"""The bytes: written whole, read in parts, removed with their folder. Paths are ours alone."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from django.conf import settings

CHUNK = 256 * 1024
_FOLDER = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}")


def root() -> Path:
    return Path(settings.LINLI_DATA) / "files"


def new_folder() -> str:
    """A random name that says nothing."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}"


def write(folder: str, name: str, chunks: Iterable[bytes]) -> int:
    """Write a file whole and safe from a power loss; returns its size."""
    place = root() / folder
    if not place.is_dir():
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync(root())
        _sync(place.parent)
    new, size = place / (name + ".new"), 0
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        for chunk in chunks:
            size += out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    try:
        new.replace(place / name)
    except FileNotFoundError as error:  # swept away under us: the clock leapt; trying again helps
        raise OSError(errno.EIO, "the folder is gone") from error
    _sync(place)
    return size


def _sync(place: Path) -> None:
    """Have the names in a folder outlive a power loss: a file's own fsync does not promise them."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def copy(folder: str, new: str) -> None:
    """The files of a folder once more, in one of their own."""
    for file in sorted((root() / folder).iterdir()):
        if not file.name.endswith(".new"):
            write(new, file.name, _whole(file))


def _whole(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def read(path: str, first: int, last: int) -> Iterator[bytes]:
    """The bytes from first to last."""
    with (root() / path).open("rb") as file:
        yield from _slice(file, first, last)


def _slice(file: IO[bytes], first: int, last: int) -> Iterator[bytes]:
    file.seek(first)
    left = last - first + 1
    while left > 0:
        chunk = file.read(min(CHUNK, left))
        if not chunk:
            return
        left -= len(chunk)
        yield chunk


def exists(path: str) -> bool:
    return (root() / path).is_file()


def remove(folder: str) -> None:
    """Remove a file's folder; what is gone already is no error."""
    if _FOLDER.fullmatch(folder):
        shutil.rmtree(root() / folder, ignore_errors=True)


def folders(before: float) -> Iterator[str]:
    """Folders that were last changed before a moment."""
    for place in sorted(root().glob("[0-9a-f][0-9a-f]/*")):
        name = f"{place.parent.name}/{place.name}"
        try:
            if _FOLDER.fullmatch(name) and place.stat().st_mtime < before:
                yield name
        except FileNotFoundError:
            continue
