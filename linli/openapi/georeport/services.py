"""What may be reported: the themes of casework as GeoReport services, with the attributes that each asks for."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from linli.casework.api import CaseKind, Theme, Urgency, theme, themes

from .forms import Wrong

Row = dict[str, Any]


def services() -> list[Row]:
    """In the order in which residents are offered them."""
    return [_service(one) for one in themes().values()]


def _service(one: Theme) -> Row:
    return {
        "service_code": one.key, "service_name": str(one), "description": str(one.kind.label), "metadata": True,
        "type": "realtime", "keywords": f"{one.zh}, {one.en}", "group": str(one.kind.label),
    }  # fmt: skip


def definition(code: str) -> Row:
    """Raises Wrong(404) for a code that is not offered."""
    one = known(code)
    return {
        "service_code": one.key,
        "attributes": [
            _attribute(1, "kind", _("是报修、投诉还是建议"), [(it.value, str(it.label)) for it in CaseKind]),
            _attribute(2, "urgency", _("有多急"), [(it.value, str(it.label)) for it in Urgency]),
            _attribute(3, "wish", _("希望怎么办"), []),
        ],
    }


def _attribute(order: int, code: str, words: str, values: list[tuple[str, str]]) -> Row:
    row = {
        "variable": True, "code": code, "datatype": "singlevaluelist" if values else "string", "required": False,
        "datatype_description": "", "order": order, "description": words,
    }  # fmt: skip
    return {**row, "values": [{"key": key, "name": name} for key, name in values]} if values else row


def known(code: str) -> Theme:
    """Raises Wrong(404)."""
    if code not in themes():
        raise Wrong(404, "service_code was not found")
    return theme(code)
