"""Parts of a first page that other apps offer for arranging: they register a name, and fill a slot with a box of it."""

from __future__ import annotations

from typing import Any

_parts: dict[str, Any] = {}


def offer_part(name: str, label: Any) -> None:
    """Let editors place the box called `name` (`slots.Box.name`) among the blocks of a first page."""
    _parts[name] = label


def slot_choices() -> list[tuple[str, Any]]:
    return sorted(_parts.items())
