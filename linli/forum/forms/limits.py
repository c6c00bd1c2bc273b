"""A place's own trust levels, and what counts as flooding there: every figure in a field of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.design.forms import PlainForm

from ..queries.speech import Limits
from ..speech_rules import FIGURE_BOUNDS, LEVEL_FIELDS, MOST_FIGURE

LEVEL_LABELS = {
    "days": gettext_lazy("住下多少天"), "posts": gettext_lazy("发过多少条"), "quiet": gettext_lazy("多少天没被处理"),
    "posts_hour": gettext_lazy("每小时发几条"), "topics_day": gettext_lazy("每天开几个话题"), "pictures": gettext_lazy("一条放几张照片"),
    "links": gettext_lazy("一条放几个网址"), "mentions": gettext_lazy("一条点几个名字"), "reports_day": gettext_lazy("每天举报几次"),
}  # fmt: skip
FIGURES: list[tuple[Any, dict[str, tuple[Any, Any]]]] = [
    (gettext_lazy("同样的话到处发"), {
        "same_hours": (gettext_lazy("多少小时里算"), ""),
        "same_hold": (gettext_lazy("发到第几个话题先审"), ""),
        "same_refuse": (gettext_lazy("发到第几个话题不收"), ""),
        "same_shortest": (gettext_lazy("少于几个字不算"), gettext_lazy("“谢谢”“收到”这样的短话")),
    }),
    (gettext_lazy("一下子来了很多新邻居"), {
        "wave_people": (gettext_lazy("一个话题里几位就放慢"), gettext_lazy("写 0 就不放慢。老邻居多的热闹话题不算")),
        "wave_minutes": (gettext_lazy("多少分钟里算"), ""),
        "wave_slow": (gettext_lazy("新邻居隔几秒发一条"), ""),
        "wave_hours": (gettext_lazy("放慢几小时"), ""),
    }),
    (gettext_lazy("举报总不成立"), {
        "unheard": (gettext_lazy("连着几次不成立"), gettext_lazy("写 0 就不限")),
        "unheard_day": (gettext_lazy("之后每天最多举报几次"), ""),
    }),
]  # fmt: skip


class LimitsForm(PlainForm):
    """One field a level and figure (`1-posts_hour`), and one a figure of its own (`wave_people`)."""

    def __init__(self, *args: Any, limits: Limits, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.count = len(limits.levels)
        for number, level in enumerate(limits.levels):
            for name in LEVEL_FIELDS:
                label = _("第 %(n)d 级：%(what)s") % {"n": number + 1, "what": LEVEL_LABELS[name]}
                fixed = number == 0 and name in ("days", "posts", "quiet")
                self.fields[f"{number}-{name}"] = forms.IntegerField(
                    label=label, min_value=0, max_value=MOST_FIGURE, initial=getattr(level, name), disabled=fixed,
                    widget=forms.NumberInput({"class": "short", "aria-label": label}),
                )  # fmt: skip
        for _title, names in FIGURES:
            for name, (label, hint) in names.items():
                low, high = FIGURE_BOUNDS[name]
                self.fields[name] = forms.IntegerField(
                    label=label, help_text=hint, min_value=low, max_value=high, initial=getattr(limits.figures, name),
                    widget=forms.NumberInput({"class": "short"}),
                )  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:
        """A row a figure, a cell a level."""
        return [
            {"label": LEVEL_LABELS[name], "cells": [self[f"{n}-{name}"] for n in range(self.count)]}
            for name in LEVEL_FIELDS
        ]

    def groups(self) -> list[dict[str, Any]]:
        return [{"title": title, "fields": [self[name] for name in names]} for title, names in FIGURES]

    def levels(self) -> list[dict[str, int]]:
        return [{name: self.cleaned_data[f"{n}-{name}"] for name in LEVEL_FIELDS} for n in range(self.count)]

    def figures(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for _title, names in FIGURES for name in names}
