"""Conditions: a small tree of all, any, not over four tests. No loops, no expressions of text, no regular expressions.

Written as JSON: `{"equals": ["kind", "rent"]}`, `{"in": ["kind", ["rent", "kin"]]}`, `{"at_least": ["age", 80]}`,
`{"filled": "phone"}`, `{"all": […]}`, `{"any": […]}`, `{"not": {…}}`. What is not answered passes no test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

MOST_DEPTH, MOST_NODES = 6, 40
TESTS = ("equals", "in", "at_least", "filled")


@dataclass(frozen=True)
class Test:
    """One field against a value (`in`: a tuple of values; `filled`: none)."""

    __test__ = False  # pytest looks for tests by this name
    op: str
    field: str
    value: Any = None


@dataclass(frozen=True)
class Not:
    part: Condition


@dataclass(frozen=True)
class Many:
    """`all` or `any` of some parts."""

    op: str
    parts: tuple[Condition, ...]


type Condition = Test | Not | Many
Fault = Callable[[str, str], None]


def holds(condition: Condition | None, answers: Mapping[str, Any]) -> bool:
    """Whether it is true of the answers; without a condition it is."""
    match condition:
        case None:
            return True
        case Not(part):
            return not holds(part, answers)
        case Many(op, parts):
            found = [holds(part, answers) for part in parts]
            return all(found) if op == "all" else any(found)
        case Test(op, field, value):
            return field in answers and _passes(op, answers[field], value)
    raise TypeError(condition)


def _passes(op: str, answer: Any, value: Any) -> bool:
    if op == "filled":
        return True
    if op == "at_least":
        return isinstance(answer, int) and not isinstance(answer, bool) and answer >= value
    wanted = value if op == "in" else (value,)
    return any(one in wanted for one in answer) if isinstance(answer, list) else answer in wanted


def names(condition: Condition | None) -> set[str]:
    """The fields that it asks for."""
    match condition:
        case Test(_op, field, _value):
            return {field}
        case Not(part):
            return names(part)
        case Many(_op, parts):
            return set[str]().union(*map(names, parts))
    return set()


def written(condition: Condition) -> dict[str, Any]:
    """As JSON, in our own words."""
    match condition:
        case Not(part):
            return {"not": written(part)}
        case Many(op, parts):
            return {op: [written(part) for part in parts]}
        case Test("filled", field, _value):
            return {"filled": field}
        case Test(op, field, value):
            return {op: [field, list(value) if op == "in" else value]}
    raise TypeError(condition)


def as_schema(condition: Condition, lists: frozenset[str]) -> dict[str, Any]:
    """As a JSON Schema over the answers. `lists`: the fields whose answer is a list."""
    match condition:
        case Not(part):
            return {"not": as_schema(part, lists)}
        case Many(op, parts):
            return {f"{op}Of": [as_schema(part, lists) for part in parts]}
        case Test("filled", field, _value):
            return {"required": [field]}
        case Test(op, field, value):
            one = {"in": {"enum": list(value) if op == "in" else []}, "equals": {"const": value}}.get(op, {"minimum": value})
            return {"required": [field], "properties": {field: {"contains": one} if field in lists else one}}
    raise TypeError(condition)


def read(data: Any, path: str, known: Mapping[str, Any], fault: Fault, depth: int = 0, nodes: list[int] | None = None) -> Condition | None:
    """The condition of the JSON; None where something is wrong, which `fault` is told with its path.

    `known`: the fields that stand before; a condition may ask for no others, so that there are no circles.
    """
    nodes = nodes if nodes is not None else [0]
    nodes[0] += 1
    if depth > MOST_DEPTH or nodes[0] > MOST_NODES:
        fault(path, _("条件太复杂：最多套 %(depth)d 层、%(nodes)d 项") % {"depth": MOST_DEPTH, "nodes": MOST_NODES})
        return None
    if not isinstance(data, dict) or len(data) != 1:
        fault(path, _("一个条件只能有一个词：all、any、not、equals、in、at_least 或 filled"))
        return None
    ((op, body),) = data.items()
    if op == "not":
        part = read(body, f"{path}.not", known, fault, depth + 1, nodes)
        return Not(part) if part else None
    if op in ("all", "any"):
        if not isinstance(body, list) or not body:
            fault(f"{path}.{op}", _("这里要有一项或几项条件"))
            return None
        parts = [read(one, f"{path}.{op}[{n}]", known, fault, depth + 1, nodes) for n, one in enumerate(body[: MOST_NODES + 1])]
        sound = tuple(part for part in parts if part)
        return Many(op, sound) if len(sound) == len(parts) else None
    if op not in TESTS:
        fault(path, _("不认识的条件“%(op)s”") % {"op": str(op)[:40]})
        return None
    return _read_test(op, body, f"{path}.{op}", known, fault)


def _read_test(op: str, body: Any, path: str, known: Mapping[str, Any], fault: Fault) -> Condition | None:
    name, value = (body, None) if op == "filled" else (body if isinstance(body, list) and len(body) == 2 else (None, None))
    if not isinstance(name, str):
        fault(path, _("写成 [问题, 值]，filled 只写问题"))
        return None
    asked = known.get(name)
    if asked is None:
        fault(path, _("条件问的“%(key)s”不在前面，或者没有这个问题") % {"key": name[:40]})
        return None
    if op == "filled":
        return Test(op, name)
    wrong = _wrong_value(op, value, asked)
    if wrong:
        fault(path, wrong)
        return None
    return Test(op, name, tuple(value) if isinstance(value, list) else value)


def _wrong_value(op: str, value: Any, asked: Any) -> str:
    """What is wrong with the value that a field is compared with, in words."""
    kind = str(asked.type)
    if op == "at_least":
        return "" if kind == "integer" and type(value) is int else _("至少（at_least）只能问数字，值也是整数")
    if kind == "group":
        return _("重复填写的一组只能问填没填（filled）")
    if op == "in" and (not isinstance(value, list) or not value or len(value) > MOST_NODES):
        return _("in 后面是一串值")
    for one in value if op == "in" else [value]:
        if kind in ("choice", "choices"):
            if asked.option(one) is None:
                return _("“%(value)s”不是那个问题的选项") % {"value": str(one)[:40]}
        elif type(one) is not {"yes_no": bool, "agree": bool, "integer": int}.get(kind, str):
            return _("“%(value)s”和那个问题的答案不是一类") % {"value": str(one)[:40]}
    return ""
