"""What is known of the last backups and drills: `backups.json` in the data folder."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

NAME = "backups.json"


@dataclass(frozen=True)
class Book:
    """Moments of the last that went well, and of the last that did not."""

    backup_at: datetime | None = None
    archive: str = ""
    encrypted: bool = False
    size: int = 0
    seconds: float = 0.0
    drill_at: datetime | None = None
    drill_seconds: float = 0.0
    failed_at: datetime | None = None
    failure: str = ""


def read(folder: Path) -> Book:
    try:
        data: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Book()
    for name in ("backup_at", "drill_at", "failed_at"):
        data[name] = datetime.fromisoformat(data[name]) if data.get(name) else None
    return Book(**{name: value for name, value in data.items() if name in Book.__dataclass_fields__})


def note(folder: Path, **changes: Any) -> None:
    """Write what has changed, whole or not at all."""
    new = folder / (NAME + ".new")
    data = asdict(replace(read(folder), **changes))
    text = json.dumps(data, ensure_ascii=False, indent=1, default=lambda value: value.isoformat())
    new.write_text(text + "\n", encoding="utf-8")
    new.replace(folder / NAME)
