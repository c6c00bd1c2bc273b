"""The OpenAPI 3.1 document (spec.openapis.org/oas/v3.1.0), written from the table of resources. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .shapes import PAGE, SIZE, Param, Resource

VERSION = "1.0.0"
PROBLEM = {
    "type": "object", "required": ["status", "title", "detail"],
    "properties": {
        "status": {"type": "integer"}, "title": {"type": "string"}, "detail": {"type": "string"}, "parameter": {"type": "string"},
    },
}  # fmt: skip


def document(resources: Iterable[Resource], *, server: str) -> dict[str, Any]:
    rows = list(resources)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Linli", "version": VERSION,
            "summary": "What everybody may read on this platform, for programs",
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": server}],
        "paths": {f"/{row.name}": {"get": _operation(row)} for row in rows},
        "components": {
            "schemas": {"Problem": PROBLEM, **{row.name: row.schema for row in rows}},
            "responses": {
                "Problem": {"description": "Why not", "content": {"application/problem+json": {"schema": _ref("schemas", "Problem")}}}
            },
        },
    }  # fmt: skip


def _operation(row: Resource) -> dict[str, Any]:
    answer = {
        "type": "object", "required": ["items", "next"], "additionalProperties": False,
        "properties": {"items": {"type": "array", "items": _ref("schemas", row.name)}, "next": {"type": ["string", "null"]}},
    }  # fmt: skip
    problem = _ref("responses", "Problem")
    return {
        "operationId": row.name, "summary": row.summary, "parameters": [_parameter(one) for one in (*row.params, PAGE, SIZE)],
        "responses": {
            "200": {"description": "A page of them", "content": {"application/json": {"schema": answer}}}, "400": problem,
            "404": problem, "405": {"description": "Reading only"}, "503": {"description": "Busy or out of order; try again later"},
        },
    }  # fmt: skip


def _parameter(one: Param) -> dict[str, Any]:
    return {"name": one.name, "in": "query", "required": one.required, "description": one.summary, "schema": one.described}


def _ref(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}
