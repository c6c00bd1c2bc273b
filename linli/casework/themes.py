"""What a case may be about: the packaged table `data/themes.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from linli.people.api import BodyKind

from .rules.words import CaseKind, Urgency

FILE = Path(__file__).parent / "data" / "themes.toml"
OTHER = "other"


@dataclass(frozen=True)
class Theme:
    key: str
    zh: str
    en: str
    icon: str
    units: tuple[BodyKind, ...]
    kind: CaseKind = CaseKind.REQUEST
    urgency: Urgency = Urgency.ORDINARY

    def __str__(self) -> str:
        return self.en if (get_language() or "").startswith("en") else self.zh


@cache
def themes() -> dict[str, Theme]:
    """By key, in the order in which they are offered. Raises ValueError where the table names what does not exist."""
    found = {}
    for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["themes"]:
        found[row["key"]] = Theme(
            row["key"], row["zh"], row["en"], row["icon"], tuple(BodyKind(kind) for kind in row["units"]),
            CaseKind(row.get("kind", CaseKind.REQUEST)), Urgency(row.get("urgency", Urgency.ORDINARY)),
        )  # fmt: skip
    return found


def theme(key: str) -> Theme:
    """The theme of a key; one that is gone is something else."""
    return themes().get(key) or themes()[OTHER]
