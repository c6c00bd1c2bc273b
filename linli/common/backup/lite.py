"""SQLite: a snapshot while others write, the hashes of its rows, and putting one back under a running server."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from . import BackupError

MODULUS = 1 << 256


def snapshot(source: Path, to: Path) -> None:
    """The online backup, in one step of one read transaction: in WAL it holds up no writer and is held up by none."""
    with closing(sqlite3.connect(source, timeout=30)) as base, closing(sqlite3.connect(to)) as copy:
        copy.execute("PRAGMA synchronous=OFF")
        base.backup(copy, pages=-1)


def put_back(copy: Path, over: Path) -> None:
    """The copy in the place of all that the live database holds, as one transaction of it."""
    with closing(sqlite3.connect(copy)) as base, closing(sqlite3.connect(over, timeout=60)) as live:
        base.backup(live, pages=-1)


def hashes(path: Path) -> dict[str, str]:
    """Rows of every table as their number and a sum over their hashes, which asks for no order."""
    found = {}
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
        named = "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY 1"
        base.text_factory = bytes
        for (raw,) in base.execute(named).fetchall():
            name = raw.decode()
            quoted = name.replace('"', '""')
            number = total = 0
            for row in base.execute(f'SELECT * FROM "{quoted}"'):  # noqa: S608 - a table's own name
                digest = hashlib.sha256(repr(row).encode()).digest()
                number, total = number + 1, (total + int.from_bytes(digest, "big")) % MODULUS
            found[name] = f"{number}:{total:x}"
    return found


def check(path: Path) -> None:
    """Raises BackupError where the file is no whole database."""
    try:
        with closing(sqlite3.connect(path)) as base:
            said = base.execute("PRAGMA integrity_check").fetchone()[0]
            broken = base.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise BackupError(f"数据库文件坏了 · the database file is damaged: {error}") from error
    if said != "ok" or broken:
        raise BackupError(f"数据库文件坏了 · the database file is damaged: {said if said != 'ok' else broken[0]}")
