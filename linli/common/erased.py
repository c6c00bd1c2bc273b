"""The book of what was erased by law: a line for each, beside the database, never in it.

A backup made before an erasure still holds what was erased. The book lies in the data folder and, from the next backup on,
beside the archives, so that whoever restores an older one erases again (`linli forum erase-again`). It holds no content.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

FILE = "erasures.jsonl"


def read(folder: Path) -> list[dict[str, Any]]:
    """The lines of the book in the folder; none where there is no book. Raises ValueError for one that is no book."""
    path = folder / FILE
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines if line.strip()]


def remember(folder: Path, lines: list[dict[str, Any]]) -> None:
    """Write lines of what the book does not name yet (`kind`, `key`) to its end, and see that they lie on the disk."""
    known = {(line["kind"], line["key"]) for line in read(folder)}
    new = [line for line in lines if (line["kind"], line["key"]) not in known]
    if not new:
        return
    with (folder / FILE).open("a", encoding="utf-8") as file:
        file.write("".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in new))
        file.flush()
        os.fsync(file.fileno())


def carry(source: Path, to: Path) -> None:
    """What the book in one folder has and that in the other lacks."""
    remember(to, read(source))
