"""Where one finds what concerns oneself: in the strip above every page and in one's account."""

from __future__ import annotations

from django.http import HttpRequest

from linli.common import slots


def account_box(request: HttpRequest) -> list[slots.Box]:
    if request.actor.person is None:  # type: ignore[attr-defined]
        return []
    return [slots.Box("forum/reading/account_box.html", order=32)]


slots.fill("account.sections", account_box)
