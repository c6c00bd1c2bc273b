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


def access_of(route: Route) -> str:
    """Who may see an own route, as its view's guard says; empty where no guard was put."""
    view = route.view
    if view.__module__.startswith("linli.design."):
        return "public"  # below people: it knows nobody and shows nothing of anybody
    for _ in range(10):
        if access := getattr(view, "access", ""):
            return str(access)
        view = getattr(view, "__wrapped__", None)
        if view is None:
            break
    return ""


def unguarded() -> list[str]:
    """Own routes whose view carries no guard: deny by default has nothing to stand on there."""
    return [
        f"/{route.pattern}: {route.view.__module__} says nothing about who may see it"
        for route in every_route()
        if route.own and not access_of(route)
    ]
