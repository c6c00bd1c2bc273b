"""The words of the interface: which msgids the source uses, and whether English knows each of them.

Templates are read with Django's own `templatize`, Python with its syntax tree; no gettext programs are needed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import polib
from django.utils.translation.template import templatize

from . import tree

# function → (index of the context or None, index of the msgid, index of the plural or None)
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
LITERAL = r"u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
TEMPLATE_CALL = re.compile(rf"(?<!\w)(_|n?p?gettext)\(({LITERAL}(?:\s*,\s*{LITERAL})*)", re.S)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


class Word(NamedTuple):
    """One translatable text and where the source says it."""

    context: str
    msgid: str
    plural: str
    where: str


def aliases(module: ast.Module) -> dict[str, str]:
    """How a module calls the translation functions: `_` → `gettext_lazy`."""
    names = {}
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {alias.asname or alias.name: alias.name for alias in node.names if alias.name in CALLS}
    return names


def translation_calls(module: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    """Every call of a translation function in a Python file, with the function's own name."""
    names = aliases(module)
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in names:
            yield node, names[node.func.id]
        elif isinstance(node.func, ast.Attribute) and node.func.attr in CALLS:
            yield node, node.func.attr


def _text(call: ast.Call, index: int | None) -> str | None:
    if index is None:
        return ""
    if index >= len(call.args):
        return None
    node = call.args[index]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def in_python(path: Path) -> tuple[list[Word], list[str]]:
    """Words of a Python file, and calls whose text is put together at run time."""
    words, broken = [], []
    for call, function in translation_calls(tree.parsed(path)):
        where = f"{tree.name(path)}:{call.lineno}"
        context, msgid, plural = (_text(call, index) for index in CALLS[function])
        if context is None or msgid is None or plural is None:
            broken.append(f"{where}: {function}() needs plain text, or nobody can translate it")
        else:
            words.append(Word(context, msgid, plural, where))
    return words, broken


def in_template(path: Path) -> list[Word]:
    """Words of a template."""
    source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    words = []
    for match in TEMPLATE_CALL.finditer(source):
        function = "gettext" if match[1] == "_" else match[1]
        parts = [ast.literal_eval(part) for part in re.findall(LITERAL, match[2], re.S)]
        context, msgid, plural = ("" if index is None else parts[index] for index in CALLS[function])
        words.append(
            Word(context, msgid, plural, f"{tree.name(path)}:{source.count(chr(10), 0, match.start()) + 1}")
        )
    return words


@cache
def used() -> tuple[tuple[Word, ...], tuple[str, ...]]:
    """All words of the product, and the calls that cannot be read."""
    words: list[Word] = []
    broken: list[str] = []
    for path in tree.ours(".py"):
        found, bad = in_python(path)
        words += found
        broken += bad
    for suffix in (".html", ".txt"):
        for path in tree.ours(suffix):
            words += in_template(path) if "templates" in path.parts else []
    return tuple(words), tuple(broken)


@cache
def english() -> dict[tuple[str, str], polib.POEntry]:
    """Every English entry of our apps, by context and msgid."""
    entries = {}
    for path in sorted(tree.APPS.glob("*/locale/en/LC_MESSAGES/*.po")):
        for entry in polib.pofile(str(path)):
            if not entry.obsolete:
                entry.comment = tree.name(path)
                entries[(entry.msgctxt or "", entry.msgid)] = entry
    return entries


def untranslated() -> list[str]:
    """Words without English, and calls that nobody can translate."""
    words, broken = used()
    known = english()
    return [
        *broken,
        *(
            f"{word.where}: no English for “{word.msgid}”"
            for word in words
            if (word.context, word.msgid) not in known
        ),
    ]


def _translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def bad_entries() -> list[str]:
    """Entries that are fuzzy or empty, or lose or invent a placeholder, or still hold Chinese."""
    findings = []
    for entry in english().values():
        where = f"{entry.comment}: “{entry.msgid}”"
        texts = _translations(entry)
        if "fuzzy" in entry.flags:
            findings.append(f"{where} is fuzzy")
        if not texts or not all(text.strip() for text in texts):
            findings.append(f"{where} is empty")
            continue
        findings += [f"{where}: {problem}" for text in texts if (problem := _problem(entry, text))]
    return findings


def _problem(entry: polib.POEntry, text: str) -> str:
    """What is wrong with one translation; the singular of a plural may leave its number out."""
    wanted, given = set(PLACEHOLDER.findall(entry.msgid)), set(PLACEHOLDER.findall(text))
    missing = wanted - given
    if given - wanted - set(PLACEHOLDER.findall(entry.msgid_plural or "")):
        return f"invents {sorted(given - wanted)}"
    if missing and not (entry.msgid_plural and text == _translations(entry)[0]):
        return f"loses {sorted(missing)}"
    if entry.msgid.startswith("\n") != text.startswith("\n"):
        return "differs in its first line break"
    return ""
