"""What people typed into a field, read as the field's value; the words that say what is wrong go to the field."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from linli.common.errors import UserError
from linli.common.plain_check import not_plain
from linli.common.text import clean

from .answers import wrong_value
from .definition import Field, Type
from .formats import FORMATS, plain

YES, NO = "yes", "no"
MOST_DIGITS = 14


def read(one: Field, raw: Any) -> Any:
    """The value; None where nothing was typed. Raises UserError in words."""
    value = _READ.get(one.type, _choice)(one, raw)
    if value is not None:
        wrong = wrong_value(one, value)
        if wrong:
            raise UserError(next(iter(wrong.values())))
    return value


def _text(one: Field, raw: Any) -> Any:
    text = str(raw or "").replace("\r\n", "\n")
    if len(text) > max(one.longest, 100) + 1000:  # nothing is searched through that is too long in any case
        raise UserError(_("最多 %(most)d 个字，现在是 %(n)d 个") % {"most": one.longest, "n": len(text)})
    problem = not_plain(text)
    if problem:
        raise UserError(problem)
    text = clean(text)
    if not text:
        return None
    return FORMATS[one.format].read(text) if one.format else text


def _integer(one: Field, raw: Any) -> Any:
    text = plain(str(raw or "")[:100])
    if not text:
        return None
    if one.format:
        return FORMATS[one.format].read(text)
    digits = text.replace(",", "")
    if not digits.removeprefix("-").isascii() or not digits.removeprefix("-").isdigit() or len(digits) > MOST_DIGITS:
        raise UserError(_("这里要写整数，比如 3"))
    return int(digits)


def _yes_no(one: Field, raw: Any) -> Any:
    return {YES: True, NO: False}.get(str(raw or ""))


def _agree(one: Field, raw: Any) -> Any:
    return True if raw else None


def _choice(one: Field, raw: Any) -> Any:
    return str(raw) if raw else None


def _choices(one: Field, raw: Any) -> Any:
    chosen = list(dict.fromkeys(map(str, raw or [])))
    order = [option.value for option in one.options]
    return sorted(chosen, key=lambda value: order.index(value) if value in order else -1) or None


_READ = {
    Type.TEXT: _text, Type.INTEGER: _integer, Type.YES_NO: _yes_no, Type.AGREE: _agree, Type.CHOICES: _choices,
}  # fmt: skip


def typed(one: Field, value: Any) -> Any:
    """A value as it stands in the box."""
    if one.type == Type.YES_NO:
        return YES if value else NO
    found = FORMATS.get(one.format)
    return found.show(value) if found and value is not None else value
