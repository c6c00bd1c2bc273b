"""Blog posts: their states, and what may be written. Pure."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.common.errors import UserError
from linli.common.states import Row, StateTable, register
from linli.common.text import clean

TITLE, TEXT, REASON, ALT, PICTURES = 40, 20_000, 120, 120, 12


class BlogState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤回")


S = BlogState
BLOG = register(
    StateTable(
        "blog",
        S.DRAFT,
        [
            Row(S.DRAFT, "publish", S.PUBLISHED, "author | own office", effects=("show_post",)),
            Row(S.PUBLISHED, "edit", S.PUBLISHED, "author | own office", effects=("show_post",)),
            Row(S.PUBLISHED, "withdraw", S.WITHDRAWN, "author | own office | moderator", effects=("hide_post", "tell_author")),
        ],
        final=[S.WITHDRAWN],
        states=S,
        says="A blog post of a place, from the draft to its withdrawal. Drafts are thrown away without a trace.",
    )
)


def one_line(text: str, most: int, field: str, missing: object) -> str:
    """Typed text as one line without invisible signs. Raises UserError for what is empty or too long."""
    line = " ".join(clean(text).split())
    if not line and missing:
        raise UserError(missing, field=field)
    if len(line) > most:
        raise UserError(_("最多 %(most)d 个字，现在是 %(n)d 个") % {"most": most, "n": len(line)}, field=field)
    return line


def long_text(text: str, field: str = "text") -> str:
    """Typed text of many lines. Raises UserError where it is too long."""
    found = clean(text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(found) > TEXT:
        raise UserError(_("最多 %(most)d 个字，现在是 %(n)d 个") % {"most": TEXT, "n": len(found)}, field=field)
    return found
