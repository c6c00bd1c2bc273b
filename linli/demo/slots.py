"""What each persona is, in words, for the sign-in page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from linli.common import slots

from .personas import personas


@dataclass(frozen=True)
class PersonaWords:
    key: str
    role: Any
    place: str
    order: int


def persona_words(request: HttpRequest | None) -> list[PersonaWords]:
    return [PersonaWords(p.key, p.role, p.place, number) for number, p in enumerate(personas())]


slots.fill("demo.personas", persona_words)
