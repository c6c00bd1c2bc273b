"""How long files and functions may grow before a noun wants a room of its own."""

from __future__ import annotations

import ast
from pathlib import Path

from . import exceptions, tree

FILE, FILE_WARN = 400, 250
FUNCTION, FUNCTION_WARN = 60, 40


def _files() -> list[Path]:
    kinds = {".py", ".html", ".css", ".js"}
    skip = {"migrations", "vendor"}
    return [
        path for path in tree.project_files() if path.suffix in kinds and not skip.intersection(path.parts)
    ]


def _lengths() -> list[tuple[str, int, int, int]]:
    """(what, its length, limit, limit of the warning) for every file and function."""
    rows = []
    for path in _files():
        text = path.read_text(encoding="utf-8")
        rows.append((tree.name(path), text.count("\n"), FILE, FILE_WARN))
        if path.suffix != ".py":
            continue
        for node in ast.walk(tree.parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                rows.append((f"{tree.name(path)}:{node.name}", length, FUNCTION, FUNCTION_WARN))
    return rows


def too_long() -> list[str]:
    """Files over 400 lines and functions over 60 that nobody gave a reason for."""
    over = {what: length for what, length, limit, _ in _lengths() if length > limit}
    findings = [f"{what}: {length} lines" for what, length in over.items() if what not in exceptions.LONG]
    return findings + [
        f"{what}: no longer too long, strike the exception" for what in exceptions.LONG if what not in over
    ]


def getting_long() -> list[str]:
    """What is worth a look: files over 250 lines, functions over 40. Never fails."""
    return [f"{what}: {length} lines" for what, length, limit, warn in _lengths() if warn < length <= limit]
