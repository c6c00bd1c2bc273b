"""Chinese text stands in translation calls, or is data."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

from . import exceptions, tree, words

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
# A comment on a statement's first line, or alone on the line above, may say that its Chinese is data:
# `# data: suffixes of official names`.
IS_DATA = re.compile(r"#\s*data:\s*\w")
# “没有这个区 · no such district”: text of the console, which says everything twice.
SAID_TWICE = re.compile(r"[\u3400-\u9fff].* [/·] .*[A-Za-z]{2}|^[\u3400-\u9fff]+ [a-z]{4,} *$", re.S)
# Regular expressions and date formats that read Chinese input.
PATTERN = re.compile(r"\\d|%[Yymd]|\(.*\|.*\)|\[[^\]]+\]")
TEMPLATE_WORDS = re.compile(
    r"\{#.*?#\}"
    r"|\{%\s*comment\b.*?\{%\s*endcomment\s*%\}"
    r"|\{%\s*blocktrans(?:late)?\b.*?\{%\s*endblocktrans(?:late)?\s*%\}"
    r"|\{%\s*trans(?:late)?\s.*?%\}"
    r"|_\((?:\"[^\"]*\"|'[^']*')\)",
    re.S,
)


def _is_data(name: str) -> bool:
    return any(
        name == path or (path.endswith("/") and name.startswith(path)) for path in exceptions.CHINESE_IS_DATA
    )


def _docstrings(module: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _excused_lines(module: ast.Module, lines: list[str]) -> set[int]:
    """Lines marked as data themselves or through the statement they belong to."""
    marked = {number for number, line in enumerate(lines, 1) if IS_DATA.search(line)}
    excused = marked | {number + 1 for number in marked if lines[number - 1].lstrip().startswith("#")}
    for node in ast.walk(module):
        if isinstance(node, ast.stmt) and node.lineno in excused and not isinstance(node, ast.FunctionDef):
            excused |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return excused


def _excused(module: ast.Module) -> set[int]:
    """Literals that are translated, or documentation, or say the same in both languages, or read input."""
    excused = {id(part) for call, _ in words.translation_calls(module) for part in ast.walk(call)}
    excused |= {id(node) for node in _docstrings(module)}
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            excused |= _pairs(node)
        elif isinstance(node, ast.JoinedStr):
            parts = [
                part
                for part in ast.walk(node)
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            ]
            if SAID_TWICE.search("".join(str(part.value) for part in parts)):
                excused |= {id(part) for part in parts}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            excused |= {id(node)} if SAID_TWICE.search(node.value) or PATTERN.search(node.value) else set()
    return excused


def _pairs(call: ast.Call) -> set[int]:
    """Arguments in Chinese that their neighbour says in English: `add(line, "没有写上级", "it needs a parent")`."""
    said = [(_plain(argument), argument) for argument in call.args]
    found: set[int] = set()
    for (chinese, node), (english, _) in pairwise(said):
        if HAN.search(chinese) and not HAN.search(english) and len(re.findall(r"[A-Za-z]{2,}", english)) > 1:
            found |= {id(part) for part in ast.walk(node)}
    return found


def _plain(node: ast.expr) -> str:
    """The literal text of a string or f-string."""
    parts = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
    return " ".join(part for part in parts if isinstance(part, str))


def in_python() -> list[str]:
    """Chinese literals of the product that no translation call holds."""
    findings = []
    for path in tree.ours(".py"):
        if _is_data(tree.name(path)):
            continue
        module = tree.parsed(path)
        translated = _excused(module)
        excused = _excused_lines(module, path.read_text(encoding="utf-8").splitlines())
        for node in ast.walk(module):
            if (
                not isinstance(node, ast.Constant)
                or not isinstance(node.value, str)
                or id(node) in translated
            ):
                continue
            if HAN.search(node.value) and node.lineno not in excused:
                findings.append(
                    f"{tree.name(path)}:{node.lineno}: Chinese outside a translation call: {node.value[:30]!r}"
                )
    return findings


def in_templates() -> list[str]:
    """Chinese in templates that no translation tag holds."""
    findings = []
    for path in [*tree.ours(".html"), *tree.ours(".txt")]:
        if "templates" not in path.parts or _is_data(tree.name(path)):
            continue
        text = TEMPLATE_WORDS.sub(
            lambda match: re.sub(r"[^\n]", " ", match[0]), path.read_text(encoding="utf-8")
        )
        for number, line in enumerate(text.splitlines(), 1):
            if HAN.search(line):
                findings.append(
                    f"{tree.name(path)}:{number}: Chinese outside a translation tag: {line.strip()[:40]}"
                )
    return findings


def unused_exceptions() -> list[str]:
    """Files and folders excused from the check that are no longer there."""
    names = [tree.name(path) for path in tree.project_files()]
    return [path for path in exceptions.CHINESE_IS_DATA if not any(name.startswith(path) for name in names)]
