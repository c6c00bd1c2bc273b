"""A definition written as a JSON Schema (draft 2020-12) that says of answers exactly what the server says.

`required` and `allOf` are worked out from the fields: a conditional field is required where it is shown, and refused
where it is not. Hand-written documents leave both out.
"""

from __future__ import annotations

import json
from typing import Any

from .conditions import Condition, Many, as_schema, written
from .definition import MOST_ROWS, Definition, Field, Step, Type, Words
from .formats import FORMATS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def as_text(definition: Definition) -> str:
    """The document as JSON, for files."""
    return json.dumps(document(definition), ensure_ascii=False, indent=2) + "\n"


def document(definition: Definition) -> dict[str, Any]:
    found: dict[str, Any] = {"$schema": DIALECT, "type": "object", **_words(title=definition.title, description=definition.lead)}
    found["x-order"] = [_step(step) for step in definition.steps]
    found["properties"] = {one.key: _field(one) for one in definition.fields}
    found["required"] = [one.key for step in definition.steps for one in step.fields if one.required and _shown(step, one) is None]
    found["additionalProperties"] = False
    rules = _rules(definition)
    return {**found, "allOf": rules} if rules else found


def _words(**texts: Words) -> dict[str, Any]:
    names = {"spoken": "x-spoken"}
    found: dict[str, Any] = {names.get(name, name): words.zh for name, words in texts.items() if words}
    english = {name: words.en for name, words in texts.items() if words.en}
    return {**found, "x-en": english} if english else found


def _step(step: Step) -> dict[str, Any]:
    found = {"key": step.key, **_words(title=step.title, description=step.hint), "fields": [one.key for one in step.fields]}
    return {**found, "x-shown-if": written(step.shown_if)} if step.shown_if else found


def _field(one: Field, *, inside: bool = False) -> dict[str, Any]:
    found = {**_shape(one), **_words(title=one.title, description=one.hint, spoken=one.spoken)}
    more = {
        "x-fact": one.fact, "x-may-correct": None if one.may_correct else False, "x-required": (one.required and not inside) or None,
        "x-shown-if": one.shown_if and written(one.shown_if), "x-required-if": one.required_if and written(one.required_if),
    }  # fmt: skip
    return found | {name: value for name, value in more.items() if value or value is False}


def _shape(one: Field) -> dict[str, Any]:
    match one.type:
        case Type.TEXT:
            pattern = FORMATS[one.format].pattern if one.format else None
            more = {"format": one.format or None, "pattern": pattern, "x-lines": one.lines or None}
            return {"type": "string", "minLength": one.min_length or 1, "maxLength": one.longest} | _some(more)
        case Type.INTEGER:
            return {"type": "integer"} | _some({"minimum": one.minimum, "maximum": one.maximum, "format": one.format or None})
        case Type.YES_NO:
            return {"type": "boolean"}
        case Type.AGREE:
            return {"type": "boolean", "const": True}
        case Type.CHOICE:
            return {"type": "string", "oneOf": _options(one)}
        case Type.CHOICES:
            items = {"type": "string", "oneOf": _options(one)}
            bounds = {"minItems": one.minimum or 1, "maxItems": one.maximum}
            return {"type": "array", "items": items, "uniqueItems": True} | _some(bounds)
    row = {
        "type": "object", "properties": {inner.key: _field(inner, inside=True) for inner in one.fields},
        "required": [inner.key for inner in one.fields if inner.required], "additionalProperties": False,
    }  # fmt: skip
    return {"type": "array", "items": row, "minItems": one.minimum or 1, "maxItems": one.maximum or MOST_ROWS}


def _options(one: Field) -> list[dict[str, Any]]:
    return [{"const": option.value, **_words(title=option.label)} for option in one.options]


def _some(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _shown(step: Step, one: Field) -> Condition | None:
    """When the field is shown; None: always."""
    parts = [condition for condition in (step.shown_if, one.shown_if) if condition]
    return Many("all", tuple(parts)) if len(parts) > 1 else parts[0] if parts else None


def _rules(definition: Definition) -> list[dict[str, Any]]:
    lists = frozenset(one.key for one in definition.fields if one.type in (Type.CHOICES, Type.GROUP))
    rules: list[dict[str, Any]] = []
    for step in definition.steps:
        for one in step.fields:
            shown = _shown(step, one)
            if shown:
                then = {"then": {"required": [one.key]}} if one.required else {}
                rules.append({"if": as_schema(shown, lists), **then, "else": {"properties": {one.key: False}}})
            if one.required_if and not one.required:
                when = Many("all", (shown, one.required_if)) if shown else one.required_if
                rules.append({"if": as_schema(when, lists), "then": {"required": [one.key]}})
    return rules
