"""What the last nightly repair found, for the doctor and the operator. It lies in the instance's folder, not in its data."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from linli.common.doctor import Line, check, well, wrong


@dataclass
class Drift:
    """What did not agree, by the name of the counter; `mended` tells whether it was put right."""

    at: datetime
    mended: bool
    topics: int = 0
    found: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return ", ".join(f"{name}: {n}" for name, n in sorted(self.found.items())) or "0"


def _file() -> Path | None:
    data = getattr(settings, "LINLI_DATA", None)
    return Path(data) / "forum-repair.json" if data else None


def remember(drift: Drift) -> None:
    """Keep the finding for the doctor."""
    file = _file()
    if file is not None and file.parent.is_dir():
        found = {
            "at": drift.at.isoformat(),
            "topics": drift.topics,
            "mended": drift.mended,
            "found": dict(drift.found),
        }
        file.write_text(json.dumps(found), encoding="utf-8")


def last() -> dict[str, Any] | None:
    file = _file()
    try:
        return json.loads(file.read_text(encoding="utf-8")) if file is not None else None
    except (OSError, ValueError):
        return None


@check(26)
def forum_counters(now: datetime) -> Iterator[Line]:
    """Counters that drift say that somewhere a write went wrong, even where they were put right."""
    found, name = last(), _("论坛的计数")
    if found is None:
        yield well("forum-counters", name, _("还没有核对过"))
        return
    number = sum(found["found"].values())
    if number:
        text, todo = (
            _("昨夜核对发现 %(number)d 处计数不对，已经改正"),
            _("连着几天都有，就把 log/linli.log 发给开发者"),
        )
        yield wrong("forum-counters", name, text, todo, soon=True, number=number)
    else:
        yield well("forum-counters", name, _("核对过 %(topics)d 个话题，都对"), topics=found["topics"])
