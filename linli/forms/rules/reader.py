"""What a document says, read part by part; every fault is told with its path. Used by `parse` alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from linli.common.plain_check import not_plain
from linli.common.text import clean

from . import conditions
from .definition import (
    HINT,
    LONG_TEXT,
    MOST_FIELDS,
    MOST_OPTIONS,
    MOST_ROWS,
    MOST_STEPS,
    MOST_TEXT,
    TEXT,
    TITLE,
    Definition,
    Field,
    Option,
    Step,
    Type,
    Words,
)
from .document import DIALECT
from .formats import FORMATS

MOST_NUMBER = 10**13
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
VALUE = re.compile(r"[A-Za-z0-9_.-]{1,40}")
FACT = re.compile(r"[a-z]+(\.[a-z_]+)?")
_TOP = {"$schema", "type", "title", "description", "x-en", "x-order", "properties", "required", "additionalProperties", "allOf"}
_STEP = {"key", "title", "description", "x-en", "fields", "x-shown-if"}
_WORDS = {"title", "description", "x-en", "x-spoken"}
_ANY = _WORDS | {"type", "x-shown-if", "x-required-if", "x-fact", "x-may-correct"}
_KEYS = {
    "string": {"minLength", "maxLength", "format", "pattern", "x-lines", "oneOf"}, "integer": {"minimum", "maximum", "format"},
    "boolean": {"const"}, "array": {"items", "minItems", "maxItems", "uniqueItems"},
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: `properties.phone.maxLength`."""

    path: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}：{self.text}" if self.path else self.text  # data: a colon between path and words


class Reader:
    """Gathers the faults of one document."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.must: set[str] = set()

    def fault(self, path: str, text: str) -> None:
        if len(self.faults) < 50:
            self.faults.append(Fault(path, text))

    def definition(self, data: Any) -> Definition | None:
        if not self._object(data, "", _TOP):
            return None
        if data.get("$schema", DIALECT) != DIALECT or data.get("type", "object") != "object":
            self.fault("$schema", _("应是 JSON Schema 2020-12 的 object"))
        if data.get("additionalProperties", False) is not False:
            self.fault("additionalProperties", _("只能是 false"))
        properties, order = data.get("properties", {}), data.get("x-order", [])
        if not isinstance(properties, dict) or len(properties) > MOST_FIELDS:
            self.fault("properties", _("应是一组问题，最多 %(n)d 个") % {"n": MOST_FIELDS})
            return None
        if not isinstance(order, list) or len(order) > MOST_STEPS:
            self.fault("x-order", _("应是一串步骤，最多 %(n)d 步") % {"n": MOST_STEPS})
            return None
        self.must = self._must(data.get("required", []), "required", properties)
        steps = self._steps(order, properties)
        listed = {one.key for step in steps for one in step.fields}
        for key in properties:
            if key not in listed and not self.faults:
                self.fault(f"properties.{key}", _("不在任何一步里，请写进 x-order"))
        return Definition(self._words(data, "", "title", must=True), self._words(data, "", "description"), tuple(steps))

    def _must(self, names: Any, path: str, properties: Mapping[str, Any]) -> set[str]:
        if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
            self.fault(path, _("应是一串问题的名字"))
            return set()
        for one in names:
            if one not in properties:
                self.fault(path, _("没有“%(key)s”这个问题") % {"key": one[:40]})
        return set(names)

    def _steps(self, order: list[Any], properties: Mapping[str, Any]) -> list[Step]:
        known: dict[str, Field] = {}
        steps: list[Step] = []
        for n, data in enumerate(order):
            path = f"x-order[{n}]"
            if not self._object(data, path, _STEP):
                continue
            key = self._key(data.get("key"), f"{path}.key", {step.key for step in steps})
            shown = self._condition(data, "x-shown-if", path, known)
            names = data.get("fields", [])
            if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
                self.fault(f"{path}.fields", _("应是一串问题的名字"))
                names = []
            fields = []
            for name in names:
                if name in known or name not in properties:
                    self.fault(f"{path}.fields", _("“%(key)s”没有这个问题，或者已经在前面了") % {"key": name[:40]})
                    continue
                one = self._field(name, properties[name], f"properties.{name}", known)
                if one is not None:
                    one = replace(one, required=one.required or name in self.must)
                    fields.append(one)
                    known[name] = one
            title, hint = self._words(data, path, "title", must=True), self._words(data, path, "description")
            steps.append(Step(key, title, hint, tuple(fields), shown))
        return steps

    def _field(self, key: str, data: Any, path: str, known: Mapping[str, Field] | None) -> Field | None:
        """One question; `known` is None inside of a group, where no conditions and no groups are."""
        kind = data.get("type") if isinstance(data, dict) else None
        if not isinstance(kind, str) or kind not in _KEYS:
            self.fault(f"{path}.type", _("只能是 string、integer、boolean 或 array"))
            return None
        allowed = (_ANY if known is not None else _WORDS | {"type"}) | _KEYS[kind] | {"x-required"}
        if not self._object(data, path, allowed):
            return None
        self._key(key, path, set())
        made = {"string": self._text, "integer": self._integer, "boolean": self._boolean, "array": self._array}[kind](data, path, known)
        if made is None:
            return None
        fact = data.get("x-fact", "")
        if not isinstance(fact, str) or (fact and not FACT.fullmatch(fact)):
            self.fault(f"{path}.x-fact", _("应是一个已知来源的名字，比如 person.name"))
            fact = ""
        return replace(
            Field(key, made.pop("type"), self._words(data, path, "title", must=True)), **made,
            hint=self._words(data, path, "description"), spoken=self._words(data, path, "x-spoken", "spoken"), fact=fact,
            may_correct=self._flag(data, "x-may-correct", path, True), required=self._flag(data, "x-required", path, False),
            shown_if=self._condition(data, "x-shown-if", path, known or {}),
            required_if=self._condition(data, "x-required-if", path, known or {}),
        )  # fmt: skip

    def _text(self, data: Any, path: str, known: Any) -> dict[str, Any] | None:
        if "oneOf" in data:
            return {"type": Type.CHOICE, "options": self._options(data["oneOf"], f"{path}.oneOf")}
        name = data.get("format", "")
        if not isinstance(name, str) or (name and (name not in FORMATS or FORMATS[name].number)):
            self.fault(f"{path}.format", _("不认识的格式；能用的有：%(names)s") % {"names": _names(number=False)})
            name = ""
        if data.get("pattern", FORMATS[name].pattern if name else None) != (FORMATS[name].pattern if name else None):
            self.fault(f"{path}.pattern", _("不能自己写规则，请用 format 选一种"))
        least = self._whole(data, "minLength", path, 0, MOST_TEXT)
        most = self._whole(data, "maxLength", path, 1, MOST_TEXT)
        if least and most and least > most:
            self.fault(f"{path}.minLength", _("最少比最多还多"))
        lines = self._flag(data, "x-lines", path, False)
        return {"type": Type.TEXT, "format": name, "min_length": None if least in (0, 1) else least, "max_length": most or (LONG_TEXT if lines else TEXT), "lines": lines}

    def _integer(self, data: Any, path: str, known: Any) -> dict[str, Any] | None:
        name = data.get("format", "")
        if not isinstance(name, str) or (name and (name not in FORMATS or not FORMATS[name].number)):
            self.fault(f"{path}.format", _("不认识的格式；能用的有：%(names)s") % {"names": _names(number=True)})
            name = ""
        least = self._whole(data, "minimum", path, -MOST_NUMBER, MOST_NUMBER)
        most = self._whole(data, "maximum", path, -MOST_NUMBER, MOST_NUMBER)
        if least is not None and most is not None and least > most:
            self.fault(f"{path}.minimum", _("最小比最大还大"))
        return {"type": Type.INTEGER, "format": name, "minimum": least, "maximum": most}

    def _boolean(self, data: Any, path: str, known: Any) -> dict[str, Any] | None:
        if "const" in data and data["const"] is not True:
            self.fault(f"{path}.const", _("只能是 true，表示一定要勾"))
        return {"type": Type.AGREE if "const" in data else Type.YES_NO}

    def _array(self, data: Any, path: str, known: Any) -> dict[str, Any] | None:
        items = data.get("items")
        if isinstance(items, dict) and "oneOf" in items:
            self._object(items, f"{path}.items", {"type", "oneOf"})
            if data.get("uniqueItems", True) is not True:
                self.fault(f"{path}.uniqueItems", _("只能是 true"))
            options = self._options(items["oneOf"], f"{path}.items.oneOf")
            least, most = (self._whole(data, name, path, 1, MOST_OPTIONS) for name in ("minItems", "maxItems"))
            return {"type": Type.CHOICES, "options": options, "minimum": None if least == 1 else least, "maximum": most}
        if known is None or not isinstance(items, dict) or items.get("type") != "object":
            self.fault(f"{path}.items", _("应是选项（oneOf），或一组问题（object），组里不能再套组"))
            return None
        self._object(items, f"{path}.items", {"type", "properties", "required", "additionalProperties"})
        properties = items.get("properties")
        if not isinstance(properties, dict) or not 0 < len(properties) <= MOST_FIELDS:
            self.fault(f"{path}.items.properties", _("组里要有问题"))
            return None
        must = self._must(items.get("required", []), f"{path}.items.required", properties)
        rows = [self._field(key, one, f"{path}.items.properties.{key}", None) for key, one in properties.items()]
        fields = tuple(replace(one, required=one.required or one.key in must) for one in rows if one is not None)
        least = self._whole(data, "minItems", path, 1, MOST_ROWS)
        most = self._whole(data, "maxItems", path, 1, MOST_ROWS)
        return {"type": Type.GROUP, "fields": fields, "minimum": None if least == 1 else least, "maximum": most or MOST_ROWS}

    def _options(self, data: Any, path: str) -> tuple[Option, ...]:
        if not isinstance(data, list) or not 0 < len(data) <= MOST_OPTIONS:
            self.fault(path, _("要有 1 到 %(n)d 个选项") % {"n": MOST_OPTIONS})
            return ()
        found: dict[str, Option] = {}
        for n, one in enumerate(data):
            here = f"{path}[{n}]"
            if not self._object(one, here, {"const", "title", "x-en"}):
                continue
            value = one.get("const")
            if not isinstance(value, str) or not VALUE.fullmatch(value) or value in found:
                self.fault(f"{here}.const", _("选项的代号用英文字母和数字，不能重复"))
                continue
            found[value] = Option(value, self._words(one, here, "title", must=True))
        return tuple(found.values())

    def _words(self, data: Any, path: str, name: str, spoken: str = "", *, must: bool = False) -> Words:
        """A text in both languages: `title` and `x-en.title`."""
        english = data.get("x-en", {})
        if not isinstance(english, dict) or set(english) - {"title", "description", "spoken"}:
            self.fault(_at(path, "x-en"), _("里面只有 title、description、spoken"))
            english = {}
        found = []
        for where, text in ((name, data.get(name, "")), (f"x-en.{spoken or name}", english.get(spoken or name, ""))):
            most = TITLE if name == "title" else HINT
            bad = not isinstance(text, str) or len(text) > most or not_plain(text) or clean(text) != text.strip()
            if bad:
                self.fault(_at(path, where), _("应是一段普通的字，最多 %(n)d 个") % {"n": most})
            found.append("" if bad else text.strip())
        if must and not found[0] and isinstance(data.get(name, ""), str):
            self.fault(_at(path, name), _("还没写"))
        return Words(*found)

    def _condition(self, data: Any, name: str, path: str, known: Mapping[str, Field]) -> conditions.Condition | None:
        return conditions.read(data[name], _at(path, name), known, self.fault) if name in data else None

    def _object(self, data: Any, path: str, allowed: set[str]) -> bool:
        if not isinstance(data, dict):
            self.fault(path, _("应是一个对象 {…}"))
            return False
        for key in data:
            if key not in allowed:
                self.fault(_at(path, str(key)[:40]), _("不认识的词"))
        return True

    def _key(self, key: Any, path: str, taken: set[str]) -> str:
        if not isinstance(key, str) or not KEY.fullmatch(key) or key in taken:
            self.fault(path, _("名字用小写字母、数字和下划线，以字母开头，不能重复"))
            return ""
        return key

    def _flag(self, data: Any, name: str, path: str, usual: bool) -> bool:
        value = data.get(name, usual)
        if not isinstance(value, bool):
            self.fault(_at(path, name), _("只能是 true 或 false"))
            return usual
        return value

    def _whole(self, data: Any, name: str, path: str, least: int, most: int) -> int | None:
        value = data.get(name)
        if value is None and name not in data:
            return None
        if type(value) is not int or not least <= value <= most:
            self.fault(_at(path, name), _("应是 %(least)d 到 %(most)d 之间的整数") % {"least": least, "most": most})
            return None
        return value


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _names(*, number: bool) -> str:
    return ", ".join(name for name, one in FORMATS.items() if one.number == number)
