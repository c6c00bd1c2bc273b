"""What of a form is asked, given the answers so far, and whether they are right. Every condition is worked out here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.common.plain_check import not_plain
from linli.common.text import clean

from .conditions import holds
from .definition import Definition, Field, Step, Type
from .formats import FORMATS

Answers = Mapping[str, Any]


@dataclass
class Outcome:
    """`kept`: the right answers of what is shown; `errors` and `missing` by path (`family.0.name`); `dropped`: hidden."""

    kept: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, Field] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        return not (self.errors or self.missing)

    def asks(self, key: str) -> bool:
        """Whether the field has to be answered, as far as it goes by the answers."""
        one = self.shown[key]
        return one.required or (one.required_if is not None and holds(one.required_if, self.kept))


def evaluate(definition: Definition, answers: Any) -> Outcome:
    """Walk the form in its order. What is hidden is dropped, so nothing later can depend on it. Never raises."""
    out = Outcome()
    if not isinstance(answers, Mapping):
        out.errors[""] = _("答案没看懂")
        return out
    known = {one.key for one in definition.fields}
    for key in answers:
        if key not in known:
            out.errors[str(key)[:40]] = _("没有这个问题")
    for step in definition.steps:
        step_shown = holds(step.shown_if, out.kept)
        if step_shown:
            out.steps.append(step)
        for one in step.fields:
            if step_shown and holds(one.shown_if, out.kept):
                _weigh(one, answers, out)
            elif one.key in answers:
                out.dropped.append(one.key)
    return out


def _weigh(one: Field, answers: Answers, out: Outcome) -> None:
    out.shown[one.key] = one
    if one.key not in answers:
        if out.asks(one.key):
            out.missing[one.key] = missing_words(one)
        return
    wrong = wrong_value(one, answers[one.key])
    if wrong:
        out.errors |= {f"{one.key}.{path}" if path else one.key: text for path, text in wrong.items()}
    else:
        out.kept[one.key] = answers[one.key]


def missing_words(one: Field) -> str:
    """What is said where an answer is missing."""
    words = {"label": one.title}
    if one.type == Type.AGREE:
        return _("“%(label)s”还没勾") % words
    if one.type in (Type.CHOICE, Type.CHOICES, Type.YES_NO):
        return _("“%(label)s”还没选") % words
    return _("“%(label)s”还没填") % words


def wrong_value(one: Field, value: Any) -> dict[str, str]:
    """What is wrong with a value, by the path inside of it; nothing where it is right."""
    if one.type == Type.GROUP:
        return _wrong_rows(one, value)
    text = _WRONG[one.type](one, value)
    return {"": text} if text else {}


def _wrong_text(one: Field, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        return _("这里要写字")
    if len(value) > one.longest:
        return _("最多 %(most)d 个字，现在是 %(n)d 个") % {"most": one.longest, "n": len(value)}
    if one.min_length and len(value) < one.min_length:
        return _("至少 %(least)d 个字，现在是 %(n)d 个") % {"least": one.min_length, "n": len(value)}
    if not one.lines and "\n" in value:
        return _("这里只写一行")
    if clean(value) != value:
        return not_plain(value) or _("里面有看不见的符号，删掉重新打一遍")
    found = FORMATS.get(one.format)
    if found is not None:
        return "" if found.holds(value) else str(found.wrong)
    return not_plain(value)


def _wrong_integer(one: Field, value: Any) -> str:
    if type(value) is not int:
        return _("这里要写整数")
    show = FORMATS[one.format].show if one.format else str
    if one.minimum is not None and value < one.minimum:
        return _("不能少于 %(least)s") % {"least": show(one.minimum)}
    if one.maximum is not None and value > one.maximum:
        return _("不能多于 %(most)s") % {"most": show(one.maximum)}
    return ""


def _wrong_yes_no(one: Field, value: Any) -> str:
    return "" if isinstance(value, bool) else _("请选“是”或“否”")


def _wrong_agree(one: Field, value: Any) -> str:
    return "" if value is True else missing_words(one)


def _wrong_choice(one: Field, value: Any) -> str:
    return "" if isinstance(value, str) and one.option(value) else _("没有这个选项，请重新选")


def _wrong_choices(one: Field, value: Any) -> str:
    if not isinstance(value, list) or any(_wrong_choice(one, item) for item in value) or len(set(value)) < len(value):
        return _("没有这个选项，请重新选")
    least = one.minimum or 1
    if len(value) < least:
        return ngettext("至少选 %(n)d 项", "至少选 %(n)d 项", least) % {"n": least}
    if one.maximum is not None and len(value) > one.maximum:
        return ngettext("最多选 %(n)d 项", "最多选 %(n)d 项", one.maximum) % {"n": one.maximum}
    return ""


_WRONG = {
    Type.TEXT: _wrong_text, Type.INTEGER: _wrong_integer, Type.YES_NO: _wrong_yes_no, Type.AGREE: _wrong_agree,
    Type.CHOICE: _wrong_choice, Type.CHOICES: _wrong_choices,
}  # fmt: skip


def _wrong_rows(one: Field, value: Any) -> dict[str, str]:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        return {"": _("答案没看懂")}
    least = one.minimum or 1
    if len(value) < least:
        return {"": ngettext("至少填 %(n)d 份", "至少填 %(n)d 份", least) % {"n": least}}
    if len(value) > one.most_rows:
        return {"": ngettext("最多填 %(n)d 份", "最多填 %(n)d 份", one.most_rows) % {"n": one.most_rows}}
    wrong: dict[str, str] = {}
    inner = {field.key: field for field in one.fields}
    for n, row in enumerate(value):
        wrong |= {f"{n}.{str(key)[:40]}": _("没有这个问题") for key in row if key not in inner}
        for key, field_ in inner.items():
            if key in row:
                text = wrong_value(field_, row[key]).get("", "")
                wrong |= {f"{n}.{key}": text} if text else {}
            elif field_.required:
                wrong[f"{n}.{key}"] = missing_words(field_)
    return wrong
