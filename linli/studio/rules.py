"""What a first page and a guide are made of. Pure."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_SLUG = 60
PATH = re.compile(r"/[^/\\\s][^\\\s]*|/")


class GuideKind(models.TextChoices):
    AFFAIRS = "affairs", _("办事指南")
    LIVING = "living", _("生活指南")


class Column(models.TextChoices):
    MAIN = "main", _("主栏")
    ASIDE = "aside", _("侧栏")


@dataclass(frozen=True)
class Part:
    """A block of an arranged first page: a box of another app (`kind` is its name), or one of ours with its values."""

    column: str
    kind: str
    values: dict[str, Any] = field(default_factory=dict)


# Boxes that other apps put into the slots of a first page, by name, in the order of a page that nobody arranged.
NOUNS: dict[str, Any] = {
    "notices": _("公告"),
    "forum": _("邻居在聊"),
    "blog": _("博客"),
    "done": _("正在办的事"),
    "questions": _("提问"),
    "duty": _("值班的人"),
    "directory": _("找电话"),
    "events": _("这周的活动"),
    "albums": _("相册"),
}
DEFAULT = {
    "main": ("notices", "forum", "blog", "done", "albums"), "aside": ("duty", "questions", "directory", "events"),
}  # fmt: skip


def is_own_path(text: str) -> bool:
    """An address on this site: `/phones/`, never `//elsewhere` or a path with spaces."""
    return bool(PATH.fullmatch(text))


def guide_slug(latin: str, taken: Container[str]) -> str:
    """An address for a guide from the pinyin of its title, the first that is free."""
    wanted = "-".join(re.findall(r"[a-z0-9]+", latin.lower()))[:LONGEST_SLUG].strip("-") or "guide"
    if wanted not in taken:
        return wanted
    return next(slug for n in count(2) if (slug := f"{wanted}-{n}") not in taken)


def former_paths(slugs: Iterable[str], page: str) -> list[str]:
    """Where a guide with this address stood, under each address that its site had; as redirects keep them."""
    return [f"/s/{slug}/guides/{page}" for slug in slugs]
