"""Wagtail's own search index is not kept: `linli.search` finds what residents look for, the explorer lists the rest."""

from __future__ import annotations

from typing import Any


class NoIndex:
    """A backend without an index: nothing is written at saving, nothing is found."""

    def __init__(self, params: dict[str, Any]) -> None:
        self.params = params

    def add(self, obj: Any) -> None: ...

    def delete(self, obj: Any) -> None: ...

    def search(self, query: Any, queryset: Any, *args: Any, **kw: Any) -> Any:
        return queryset.none()

    autocomplete = search
