"""What a document still lacks before people may rely on it, and where its editor mends that. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .content import Content, loose_ends
from .rules import Pace


@dataclass(frozen=True)
class Gap:
    """`part`: the page of the editor on which it is mended."""

    part: str
    text: Any


def missing(content: Content) -> list[Gap]:
    """In the order of the editor's pages; nothing where it is whole."""
    rules: list[tuple[bool, str, Any]] = [
        (bool(content.name), "basics", _("名称还没写")),
        (bool(content.lead), "basics", _("一句话说明还没写：谁能办，办了有什么用")),
        (bool(content.audiences), "basics", _("给谁办的还没选")),
        (bool(content.conditions), "conditions", _("条件一条也没有。谁都能办，就写“谁都能办”")),
        (content.pace != Pace.PROMISED or content.promised_amount > 0, "handling", _("承诺几天办完还没写")),
        (content.limit_is_kept, "handling", _("承诺的时间比法定的还长")),
        (bool(content.steps), "handling", _("怎么办一步也没写")),
        (bool(content.offices or content.ask_phone), "places", _("去哪里办、打哪个电话，至少要有一样")),
        (not content.fee or bool(content.fee_basis), "places", _("收费的，要写依据")),
        (bool(content.result_name), "places", _("办好了拿到什么还没写")),
        (bool(content.bases), "law", _("依据一条也没有")),
    ]
    gaps = [Gap(part, text) for good, part, text in rules if not good]
    loose = [
        Gap(
            "handling" if part == "steps" else part,
            format_lazy(_("“{name}”要看的回答，问题里没有了"), name=name),
        )
        for part, name in loose_ends(content)
    ]
    return gaps + loose
