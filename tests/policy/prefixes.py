"""Third-party routes, walked by exact prefix: the hand-written tables of `prefixes/*.toml`, and sample addresses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, get_resolver

TABLES = Path(__file__).parent / "prefixes"
SAMPLE = {
    "int": "987654321",
    "slug": "some",
    "str": "some",
    "uuid": "01890000-0000-7000-8000-000000000000",
    "path": "some",
}


@dataclass(frozen=True)
class Prefix:
    """One row: who comes in below the prefix, and which route names open to him."""

    prefix: str
    urlconf: str
    allow: frozenset[str]
    open: frozenset[str]


def prefixes() -> list[Prefix]:
    """All rows of all tables."""
    return [
        Prefix(prefix, row["urlconf"], frozenset(row["allow"]), frozenset(row["open"]))
        for path in sorted(TABLES.glob("*.toml"))
        for prefix, row in tomllib.loads(path.read_text(encoding="utf-8")).items()
    ]


def routes_below(row: Prefix) -> Iterator[tuple[str, str]]:
    """(name, a sample address) of every route below the prefix; the keys in it belong to nothing."""

    def walk(patterns: list[Any], path: str, space: str) -> Iterator[tuple[str, str]]:
        for entry in patterns:
            here = path + _sample(str(entry.pattern))
            if isinstance(entry, URLPattern):
                yield f"{space}{entry.name or ''}", here
            else:
                yield from walk(
                    entry.url_patterns, here, f"{space}{entry.namespace}:" if entry.namespace else space
                )

    for name, path in walk(get_resolver(row.urlconf).url_patterns, "/", ""):
        if path.startswith(row.prefix):
            yield name, path


def _sample(pattern: str) -> str:
    """A path that the pattern of a route matches."""
    text = (
        re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLE[found[1] or "str"], pattern)
        if "(?P" not in pattern
        else pattern
    )
    text = re.sub(r"\(\?P<\w+>[^()]*\)", "1", text).replace("\\.", ".").replace(r".*/", "no-such-room/")
    return text.removeprefix("^").removesuffix("$")
