"""Small sentences about places, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from linli.areas.api import Area, Level


def count_words(level: int, n: int) -> str:
    """`3 个社区`."""
    if level == Level.STREET:
        return ngettext("%(n)d 个街道", "%(n)d 个街道", n) % {"n": n}
    if level == Level.COMMUNITY:
        return ngettext("%(n)d 个社区", "%(n)d 个社区", n) % {"n": n}
    if level == Level.COMPOUND:
        return ngettext("%(n)d 个小区", "%(n)d 个小区", n) % {"n": n}
    if level == Level.BUILDING:
        return ngettext("%(n)d 幢", "%(n)d 幢", n) % {"n": n}
    if level == Level.ENTRANCE:
        return ngettext("%(n)d 个单元", "%(n)d 个单元", n) % {"n": n}
    return ngettext("%(n)d 户", "%(n)d 户", n) % {"n": n}


def news_words(n: int) -> str:
    return ngettext("一周 %(n)d 条公告", "一周 %(n)d 条公告", n) % {"n": n}


def events_words(n: int) -> str:
    return ngettext("一周 %(n)d 场活动", "一周 %(n)d 场活动", n) % {"n": n}


def groups_words(n: int) -> str:
    return ngettext("%(n)d 个群众组织", "%(n)d 个群众组织", n) % {"n": n}


def floors_words(n: int) -> str:
    return ngettext("%(n)d 层", "%(n)d 层", n) % {"n": n}


def listed(parts: list[str]) -> str:
    """`3 个社区、7 个小区`."""
    return _("、").join(parts)


def lead_words(parts: str) -> str:
    return _("%(parts)s，各有各的站，都挂在这面墙上。") % {"parts": parts}


def square_metres(thousandths: int | None, *, exact: bool = False) -> str:
    """`67.48 ㎡`, exactly: `67.480 ㎡`; empty where unknown."""
    if thousandths is None:
        return ""
    whole, rest = divmod(thousandths, 1000)
    text = f"{whole}.{rest:03}"
    return f"{text if exact else text.rstrip('0').rstrip('.')} ㎡"


def facts_of(area: Area, counts: dict[int, int], dwellings: int) -> list[dict[str, Any]]:
    """Figures for the facts of a place; what is not known is left out."""
    labels = {Level.COMPOUND: pgettext("heading", "小区"), Level.BUILDING: pgettext("heading", "楼")}
    if area.level > Level.COMMUNITY:
        labels[Level.ENTRANCE] = pgettext("heading", "单元")
    facts = [{"label": label, "value": f"{counts[level]:,}"} for level, label in labels.items() if counts.get(level)]
    if dwellings:
        facts.append({"label": _("住户"), "value": f"{dwellings:,}"})
    return facts


def range_words(least: int, most: int) -> str:
    """`54.32 到 67.48 ㎡`."""
    if least == most:
        return square_metres(least)
    return _("%(least)s 到 %(most)s") % {"least": square_metres(least).removesuffix(" ㎡"), "most": square_metres(most)}
