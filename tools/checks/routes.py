"""Every route that the resolver knows: pattern, full name, view."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver


class Route(NamedTuple):
    """One address pattern. `name` has its namespaces in front; `own` says whether its view is ours."""

    pattern: str
    name: str
    view: Any
    parameters: tuple[str, ...]

    @property
    def own(self) -> bool:
        view = getattr(self.view, "view_class", self.view)
        return getattr(view, "__module__", "").startswith("linli.")


def walk(resolver: URLResolver | None = None, prefix: str = "", space: str = "") -> Iterator[Route]:
    """All routes in the order in which they are tried."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from walk(entry, pattern, inner)
        elif isinstance(entry, URLPattern):
            name = f"{space}{entry.name}" if entry.name else ""
            yield Route(pattern, name, entry.callback, tuple(entry.pattern.converters))


def every_route() -> list[Route]:
    """All routes as a list."""
    return list(walk())
