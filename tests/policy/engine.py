"""Reads the tables, walks the routes, asks every question and classifies the answers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpResponse
from django.urls import URLPattern, get_resolver, reverse

TABLES = Path(__file__).parent / "tables"
NOBODY = UUID("01890000-0000-7000-8000-000000000000")
KEYS = {"verbs", "access", "object", "self", "allow", "kwargs", "shows", "also"}


@dataclass(frozen=True)
class Expectation:
    """One row of the tables."""

    name: str
    verbs: tuple[str, ...]
    access: str
    object: str = ""
    self: bool = False
    allow: dict[str, frozenset[str]] = field(default_factory=dict)
    kwargs: dict[str, str] = field(default_factory=dict)
    shows: str = ""
    also: frozenset[str] = frozenset()

    def allows(self, role: str, relation: str, *, is_self: bool = False) -> bool:
        if self.access in {"public", "demo", "signed_in"} and not self.object:
            return True
        if self.access in {"public", "demo"} and not self.allow:
            return True
        if is_self and self.self:
            return True
        allowed = self.allow.get(role, frozenset())
        return "any" in allowed or relation in allowed


def expectations() -> dict[str, Expectation]:
    """All rows of all tables, by route name; `name#object` is a further row of the same route. Raises ValueError on a row that stands twice or has an unknown key."""
    rows: dict[str, Expectation] = {}
    for path in sorted(TABLES.glob("*.toml")):
        for name, row in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if name in rows or set(row) - KEYS:
                raise ValueError(f"{path.name}: {name}: twice, or unknown key {set(row) - KEYS}")
            allow = {role: frozenset(words.split()) for role, words in row.get("allow", {}).items()}
            rows[name] = Expectation(
                name.partition("#")[0], tuple(row["verbs"]), row["access"], row.get("object", ""), row.get("self", False), allow,
                row.get("kwargs", {}), row.get("shows", ""), frozenset(row.get("also", "").split()),
            )  # fmt: skip
    return rows


def routes() -> Iterator[tuple[str, str, URLPattern]]:
    """Every route of the project: full name, path pattern, the pattern itself."""

    def walk(patterns: list[Any], prefix: str, space: str) -> Iterator[tuple[str, str, URLPattern]]:
        for entry in patterns:
            route = prefix + str(entry.pattern)
            if isinstance(entry, URLPattern):
                yield f"{space}{entry.name}", route, entry
            else:
                yield from walk(entry.url_patterns, route, f"{space}{entry.namespace}:" if entry.namespace else space)

    return walk(get_resolver().url_patterns, "/", "")


def address(row: Expectation, thing: Any) -> str:
    """The address of a route for an object; the object's key fills its one parameter."""
    if row.kwargs:
        return reverse(row.name, kwargs=row.kwargs)
    if not row.object:
        return reverse(row.name)
    pattern = next(p for name, _route, p in routes() if name == row.name)
    (parameter,) = pattern.pattern.converters
    return reverse(row.name, kwargs={parameter: thing.slug if parameter == "slug" else getattr(thing, "pk", thing)})


def nothing_like(thing: Any) -> Any:
    """A key of the same type as the object's that belongs to nothing; of what has an address, another address."""
    if hasattr(thing, "slug"):
        return type("Nothing", (), {"slug": "no-such-address", "pk": NOBODY if isinstance(thing.pk, UUID) else 987_654_321})
    return NOBODY if isinstance(thing.pk, UUID) else 987_654_321


def outcome(response: HttpResponse) -> str:
    """login | hidden | refused | method | gone | ok | error"""
    status = response.status_code
    if status in (301, 302, 303) and urlsplit(response["Location"]).path.startswith("/account/login"):
        return "login"
    return {404: "hidden", 403: "refused", 405: "method", 410: "gone", 400: "ok"}.get(status, "ok" if status < 400 else "error")
