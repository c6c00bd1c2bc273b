"""The directory's own parts in the living gallery: its row and its plan, with the data of gallery.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest

from linli.common import slots

from .directory_plan import draw

CSS = "portal/directory.css"


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "gallery.toml").read_text(encoding="utf-8"))


def _plan(state: dict[str, Any]) -> dict[str, Any]:
    points = [(lat, lon) for lat, lon in state["points"]]
    around = points[0] if state.get("single") else None
    return {**state, "plan": draw(_data()["lines"], points, around=around)}


def parts(request: HttpRequest, page: str) -> list[slots.Box]:
    """For the gallery's page of places."""
    if page != "places":
        return []
    return [
        slots.Box("portal/gallery/rows.html", {"css": CSS, "states": _data()["rows"]}, order=10, name="directory-row"),
        slots.Box("portal/directory/parts/plan.html", {"css": CSS, "states": list(map(_plan, _data()["plans"]))}, order=20, name="plan"),
    ]


slots.fill("gallery.show", parts)
