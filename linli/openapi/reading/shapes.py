"""What a resource is: its path, what may be asked, what comes. Pure, so that document and answers cannot drift apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
FLAG: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
MOST = 200


class Unfit(Exception):
    """A parameter that is not what the document says; `name` is empty for one that it does not know."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.name, self.text = name, text


class NotThere(Exception):
    """What was asked for is not there, or not public."""


@dataclass(frozen=True)
class Param:
    """In the query. Whole numbers from `least` to `most`, or one of `among`, or text up to `most` characters."""

    name: str
    schema: Schema
    summary: str
    required: bool = False
    least: int = 0
    most: int = 100
    among: tuple[str, ...] = ()

    @property
    def described(self) -> Schema:
        if self.schema is WHOLE:
            return {**WHOLE, "minimum": self.least, "maximum": self.most}
        return {**TEXT, "enum": list(self.among)} if self.among else {**TEXT, "maxLength": self.most, "minLength": 1}

    def read(self, text: str) -> Any:
        """Raises Unfit."""
        if self.schema is WHOLE:
            if not (text.isascii() and text.isdigit() and len(text) < 16 and self.least <= int(text) <= self.most):
                raise Unfit(self.name, f"{self.least} to {self.most}")
            return int(text)
        if self.among and text not in self.among:
            raise Unfit(self.name, f"one of {', '.join(self.among)}")
        if not 0 < len(text) <= self.most:
            raise Unfit(self.name, f"1 to {self.most} characters")
        return text


PAGE = Param("page", WHOLE, "Which page, from 1", least=1, most=10_000)
SIZE = Param("per_page", WHOLE, "How many on a page", least=1, most=MOST)


@dataclass(frozen=True)
class Resource:
    """A list of things. `fields` of each; `read` gives them for the asked values, newest or first ones first, at most
    `stop` of them and from `start` on: `read(asked, start, stop)`."""

    name: str
    summary: str
    fields: Mapping[str, Schema]
    read: Callable[[dict[str, Any], int, int], list[dict[str, Any]]]
    params: tuple[Param, ...] = ()

    def asked(self, query: Mapping[str, str]) -> dict[str, Any]:
        """The parameters by name. Raises Unfit for an unknown, a missing or a wrong one."""
        known = {param.name: param for param in (*self.params, PAGE, SIZE)}
        for name in query:
            if name not in known:
                raise Unfit(name, "this resource has no such parameter")
        values = {name: known[name].read(text) for name, text in query.items()}
        for param in self.params:
            if param.required and param.name not in values:
                raise Unfit(param.name, "required")
        return {"page": 1, "per_page": 50, **values}

    @property
    def schema(self) -> Schema:
        return {"type": "object", "properties": dict(self.fields), "required": list(self.fields), "additionalProperties": False}


def maybe(schema: Schema) -> Schema:
    """The same, or null."""
    return {**schema, "type": [schema["type"], "null"]}
