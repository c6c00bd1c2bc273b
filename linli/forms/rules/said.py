"""Conditions in words, for paper, the telephone and the editor."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .conditions import Condition, Many, Not, Test
from .definition import Definition, Field, Type
from .formats import FORMATS


def say(condition: Condition | None, definition: Definition) -> str:
    """“住房”是“租房”，并且“人数”不少于 3. Empty without a condition."""
    match condition:
        case None:
            return ""
        case Not(part):
            return _("不是这样：%(what)s") % {"what": say(part, definition)}
        case Many(op, parts):
            joint = _("，并且") if op == "all" else _("，或者")
            return str(joint).join(say(part, definition) for part in parts)
        case Test(op, key, value):
            one = definition.find(key)
            return _test(op, one, value) if one else ""
    raise TypeError(condition)


def _test(op: str, one: Field, value: object) -> str:
    words = {"field": one.title}
    if op == "filled":
        return _("填了“%(field)s”") % words
    if op == "at_least":
        show = FORMATS[one.format].show if one.format else str
        return _("“%(field)s”不少于 %(value)s") % (words | {"value": show(value)})
    values = value if isinstance(value, tuple) else (value,)
    said = str(_("或")).join(_("“%(value)s”") % {"value": _value(one, item)} for item in values)
    if one.type == Type.CHOICES:
        return _("“%(field)s”里选了%(value)s") % (words | {"value": said})
    return _("“%(field)s”是%(value)s") % (words | {"value": said})


def _value(one: Field, value: object) -> str:
    option = one.option(value)
    if option:
        return str(option.label)
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    return str(value)
