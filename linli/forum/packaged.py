"""The packaged rules of speech, levels and limits: `data/speech.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from .speech_rules import Figures, Level, read_figures, read_levels

FILE = Path(__file__).parent / "data" / "speech.toml"


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def articles(language: str) -> tuple[str, ...]:
    """The packaged articles in the reader's language, the first being article 1."""
    key = "en" if language.startswith("en") else "zh"
    return tuple(row[key] for row in _data()["rules"]["articles"])


def lead(language: str) -> str:
    rules = _data()["rules"]
    return str(rules["lead_en" if language.startswith("en") else "lead"])


@cache
def levels() -> tuple[Level, ...]:
    return read_levels(_data()["levels"])


@cache
def figures() -> Figures:
    return read_figures(_data()["figures"])
