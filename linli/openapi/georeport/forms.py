"""The two forms of every answer: JSON, and XML with the names of the specification. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

JSON, XML = "json", "xml"
TYPES = {JSON: "application/json; charset=utf-8", XML: "text/xml; charset=utf-8"}
# What the members of a list are called in XML.
MEMBER = {
    "services": "service", "service_requests": "request", "attributes": "attribute", "values": "value", "errors": "error",
    "endpoints": "endpoint", "formats": "format",
}  # fmt: skip
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Wrong(Exception):
    """A refusal as GeoReport gives it: the HTTP status and a sentence."""

    status: int
    text: str


def written(form: str, root: str, value: Mapping[str, Any] | Rows) -> bytes:
    """The value in the form; `root` is the name of the whole in XML. Nothing that XML cannot hold goes into it."""
    if form == JSON:
        return json.dumps(value, ensure_ascii=False).encode()
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(_element(root, value), encoding="utf-8")


def _element(name: str, value: Any) -> ElementTree.Element:
    element = ElementTree.Element(name)
    if isinstance(value, Mapping):
        element.extend(_element(key, it) for key, it in value.items())
    elif isinstance(value, Sequence) and not isinstance(value, str):
        element.extend(_element(MEMBER.get(name, "item"), it) for it in value)
    elif value is not None:
        element.text = str(value).lower() if isinstance(value, bool) else clean(str(value))
    return element


def clean(text: str) -> str:
    """Without the control characters that XML 1.0 forbids (section 2.2)."""
    return "".join(char for char in text if char in "\t\n\r" or " " <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char > "\uffff")
