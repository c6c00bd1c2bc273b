"""Reading a definition: strictly, every fault named with its path in plain words. The other way: `document`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from .definition import Definition
from .document import document
from .reader import Fault, Reader

MOST_CHARACTERS = 300_000


class NotAForm(Exception):
    """A definition with faults."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(map(str, self.faults)))


def from_text(text: str) -> Definition:
    """The definition in a text of JSON. Raises NotAForm."""
    if len(text) > MOST_CHARACTERS:
        raise NotAForm([Fault("", _("太大了：最多 %(n)d 个字") % {"n": MOST_CHARACTERS})])
    try:
        data = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except RecursionError:
        raise NotAForm([Fault("", _("套得太深"))]) from None
    except _Twice as twice:
        raise NotAForm([Fault(str(twice)[:40], _("同一个词写了两次"))]) from None
    except ValueError as error:
        line = getattr(error, "lineno", 0)
        raise NotAForm([Fault("", _("不是 JSON：第 %(line)d 行看不懂") % {"line": line})]) from None
    return parse(data)


class _Twice(Exception):
    pass


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(key)
        found[key] = value
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def parse(data: Any) -> Definition:
    """The definition of the document. Raises NotAForm with all faults, never anything else."""
    reader = Reader()
    found = reader.definition(data)
    if reader.faults or found is None:
        raise NotAForm(reader.faults)
    ours = document(found)
    if "allOf" in data and data["allOf"] != ours.get("allOf"):
        raise NotAForm([Fault("allOf", _("和各个问题写的条件不一致；这一项可以不写，会自动生成"))])
    if not set(data.get("required", [])) <= set(ours["required"]):
        raise NotAForm([Fault("required", _("有条件才出现的问题，请在那个问题里写 x-required"))])
    return found
