"""What the book of erasures says and an older backup has brought back; the doctor tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from linli.common import erased
from linli.common.doctor import Line, check, well, wrong

from ..models import Post
from ..rules import PostState

KIND = "forum.post"  # of lines in the book


def folder() -> Path | None:
    """Where the book lies; None where nothing is kept (tests)."""
    data = getattr(settings, "LINLI_DATA", None)
    return Path(data) if data else None


def come_back() -> list[dict[str, Any]]:
    """The lines of the book whose posts are here and not erased. By the post's own key: numbers are given anew."""
    at = folder()
    lines = {line["key"]: line for line in erased.read(at) if line["kind"] == KIND} if at else {}
    there = Post.objects.filter(key__in=list(lines)).exclude(state=PostState.ERASED)
    return [lines[str(key)] for key in there.values_list("key", flat=True)]


@check(27)
def forum_erased(now: datetime) -> Iterator[Line]:
    """After an older backup was restored; `linli restore` does it by itself, `linli update` that was taken back does not."""
    name, back = _("依法删除的发言"), come_back()
    if back:
        text, todo = _("有 %(number)d 条依法删除过的，又从备份里回来了"), _("运行 linli forum erase-again")
        yield wrong("forum-erased", name, text, todo, number=len(back))
    else:
        yield well("forum-erased", name, _("没有又回来的"))
