"""What may be typed. Pure: text in, the text as it is kept out; UserError says at which field what is wrong."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from linli.common.errors import UserError
from linli.common.plain_check import not_plain
from linli.common.text import clean
from linli.design.light import plain

from .rules import ALT, MOST_TAGS, TAG, TEXT, TITLE

_STACKED = 4  # marks upon one letter; no script needs more
_PARTS = re.compile(r"[,，、;；#＃\s]+")  # data: what people put between words


def one_line(text: str, most: int, field: str, missing: object = "") -> str:
    """Typed text as one line. Raises UserError for what is empty (where `missing` says so), too long or not plain."""
    line = " ".join(clean(_plain(text, field)).split())
    if not line and missing:
        raise UserError(missing, field=field)
    return _checked(line, most, field)


def title(text: str) -> str:
    return one_line(text, TITLE, "title", _("写个标题，一句话说清什么事"))


def body(text: str, missing: object = _("写几句再发")) -> str:
    """Typed text of many lines."""
    found = clean(_plain(text, "text").replace("\r\n", "\n").replace("\r", "\n"))
    if not found and missing:
        raise UserError(missing, field="text")
    return _checked(found, TEXT, "text")


def alt(text: str, field: str) -> str:
    return one_line(text, ALT, field, _("用一句话写照片上是什么，给看不见的人听"))


def tags(text: str) -> list[str]:
    """`停车，充电` as words, each once. Raises UserError (tags)."""
    words = list(dict.fromkeys(word for word in _PARTS.split(clean(_plain(text, "tags"))) if word))
    if len(words) > MOST_TAGS:
        raise UserError(
            _("标签最多 %(n)d 个，现在是 %(now)d 个") % {"n": MOST_TAGS, "now": len(words)}, field="tags"
        )
    for word in words:
        if len(word) > TAG:
            raise UserError(_("每个标签最多 %(n)d 个字") % {"n": TAG}, field="tags")
        _checked(word, TAG, "tags")
    return words


def _plain(text: str, field: str) -> str:
    """As typed: what turns the order of letters round is said, not silently taken out."""
    wrong = not_plain(text)
    if wrong:
        raise UserError(wrong, field=field)
    return text


def _checked(text: str, most: int, field: str) -> str:
    if len(text) > most:
        raise UserError(
            _("最多 %(most)d 个字，现在是 %(n)d 个") % {"most": most, "n": len(text)}, field=field
        )
    if _is_stacked(text):
        raise UserError(_("有的字上叠了太多记号，别人看不清。删掉重新打一遍。"), field=field)
    return text


def _is_stacked(text: str) -> bool:
    run = 0
    for char in text:
        run = run + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if run > _STACKED:
            return True
    return False


def quotation(text: str, most: int = 200) -> str:
    """What somebody said, as the lines with which an answer begins; his own quotations are left out."""
    said = "\n".join(line for line in text.splitlines() if line.strip() and not line.lstrip().startswith(">"))
    short = plain(said, most)
    return f"> {short}\n\n" if short else ""
