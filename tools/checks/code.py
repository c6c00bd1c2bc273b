"""Bans that a linter does not know: time, raw SQL, safe marks, signals, the admin."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

from . import exceptions, tree

TIME = {
    ("timezone", "now"),
    ("timezone", "localtime"),
    ("timezone", "localdate"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
}
MODEL_SIGNALS = {
    "pre_save",
    "post_save",
    "pre_delete",
    "post_delete",
    "m2m_changed",
    "pre_init",
    "post_init",
    "class_prepared",
}


def _product() -> Iterator[tuple[Path, ast.Module]]:
    for path in tree.ours(".py"):
        yield path, tree.parsed(path)


def _gather(allowed: dict[str, str], look: Callable[[ast.AST], str | None]) -> list[str]:
    """Findings outside the allowed files, and exceptions that nothing needs any more."""
    findings, used = [], set()
    for path, module in _product():
        for node in ast.walk(module):
            what = look(node)
            if what is None:
                continue
            used.add(tree.name(path))
            if tree.name(path) not in allowed:
                findings.append(f"{tree.name(path)}:{getattr(node, 'lineno', 1)}: {what}")
    return findings + [
        f"{path}: strike the exception, nothing there needs it" for path in allowed if path not in used
    ]


def _reads_time(node: ast.AST) -> str | None:
    if isinstance(node, ast.Attribute):
        owner = node.value
        last = (
            owner.attr
            if isinstance(owner, ast.Attribute)
            else owner.id
            if isinstance(owner, ast.Name)
            else ""
        )
        if (last, node.attr) in TIME and not _with_argument(node):
            return f"reads the time itself ({last}.{node.attr}); take `now` as an argument"
    if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
        return f"{node.arg} reads the time behind the caller's back; take `now` as an argument"
    if isinstance(node, ast.ImportFrom) and node.module == "django.db.models.functions":
        names = [alias.name for alias in node.names if alias.name == "Now"]
        return "Now() reads the database's clock" if names else None
    return None


def _with_argument(node: ast.Attribute) -> bool:
    """`timezone.localtime(value)` converts and does not read: its caller passes a value."""
    return node.attr in {"localtime", "localdate"} and getattr(node, "has_argument", False)


def _note_arguments() -> None:
    for _, module in _product():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                node.func.has_argument = True  # type: ignore[attr-defined]


def time_readers() -> list[str]:
    """Only `common.clock` reads the time."""
    _note_arguments()
    return _gather(exceptions.READS_TIME, _reads_time)


def safe_marks() -> list[str]:
    """Text is marked safe nowhere but in the few reviewed places."""

    def look(node: ast.AST) -> str | None:
        if isinstance(node, ast.Name | ast.Attribute):
            word = node.id if isinstance(node, ast.Name) else node.attr
            return f"{word} on text" if word in {"mark_safe", "SafeString", "SafeText"} else None
        return None

    return _gather(exceptions.MARKS_SAFE, look)


def raw_sql() -> list[str]:
    """Queries are written with the ORM."""

    def look(node: ast.AST) -> str | None:
        if isinstance(node, ast.Name) and node.id == "RawSQL":
            return "RawSQL"
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"extra", "raw"}
        ):
            return f".{node.func.attr}() on a queryset"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "cursor":
            return "a database cursor of our own"
        return None

    return _gather(exceptions.RAW_SQL, look)


def signals_and_admin() -> list[str]:
    """Named events instead of model signals; desks instead of the admin."""

    def look(node: ast.AST) -> str | None:
        if not isinstance(node, ast.ImportFrom) or not node.module:
            return None
        names = {alias.name for alias in node.names}
        if node.module.startswith("django.contrib.admin") or (
            "admin" in names and node.module == "django.contrib"
        ):
            return "the Django admin"
        if node.module.startswith("django.db.models") and names & (MODEL_SIGNALS | {"signals"}):
            return "a model signal; publish an event"
        if node.module == "django.dispatch" and "Signal" in names:
            return "a signal of our own; publish an event"
        return None

    return _gather({}, look)
