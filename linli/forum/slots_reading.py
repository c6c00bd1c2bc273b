"""Where one finds what concerns oneself: beside the boards of a place and in one's account."""

from __future__ import annotations

from django.http import HttpRequest

from linli.common import slots


def account_box(request: HttpRequest) -> list[slots.Box]:
    if request.actor.person is None:  # type: ignore[attr-defined]
        return []
    return [slots.Box("forum/reading/account_box.html", order=32)]


def boards_box(request: HttpRequest) -> list[slots.Box]:
    """Beside a place's boards: the ways to what concerns oneself, and to its tags."""
    return [slots.Box("forum/reading/boards_box.html", order=20)]


slots.fill("account.sections", account_box)
slots.fill("boards.aside", boards_box)
