"""Light marks in typed text: blank lines part paragraphs, `- ` and `1. ` make lists, `## ` a heading, `> ` a quotation, `**…**`
emphasis; addresses become links. Whatever else is typed stays text: nothing of it ever becomes HTML. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from django.utils.html import format_html, format_html_join

from .text import bind

_STRONG = re.compile(r"\*\*([^*\n]+)\*\*")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::\d{1,5})?(?:/[\w\-./~%?&=+#@:,;!]*[\w/=&%#])?", re.ASCII)
_BULLET = re.compile(r"^(?:[-*·•]\s+|[-·•](?=[^\s\d-]))")
_NUMBER = re.compile(r"^\d{1,2}[.、)）]\s*(?=\D)")
_MARKS = re.compile(r"\*\*|^(?:##+|[-*·•]|>)\s+", re.MULTILINE)
_LONGEST = 40  # letters of an address that are shown


def light(text: str) -> str:
    """The text as HTML of a few plain elements."""
    return format_html_join("\n", "{}", ((block,) for block in _blocks(text)))


def plain(text: str, most: int = 120) -> str:
    """The beginning of the text without its marks, in one line."""
    words = " ".join(_MARKS.sub("", text).split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _blocks(text: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        if not lines:
            continue
        if lines[0].startswith("## "):
            yield format_html("<h2>{}</h2>", _inline(lines.pop(0)[3:]))
        for kind, some in groupby(lines, _kind):
            yield _run(kind, list(some))


def _kind(line: str) -> str:
    return "quote" if line.startswith(">") else "ul" if _BULLET.match(line) else "ol" if _NUMBER.match(line) else "p"


def _run(kind: str, lines: list[str]) -> str:
    """Lines of one kind that follow each other."""
    if kind == "p":
        return format_html("<p>{}</p>", _lines(lines))
    if kind == "quote":
        return format_html("<blockquote><p>{}</p></blockquote>", _lines([line[1:].strip() for line in lines]))
    mark = _BULLET if kind == "ul" else _NUMBER
    items = format_html_join("", "<li>{}</li>", ((_inline(mark.sub("", line, count=1)),) for line in lines))
    return format_html("<ul>{}</ul>", items) if kind == "ul" else format_html("<ol>{}</ol>", items)


def _lines(lines: list[str]) -> str:
    return format_html_join(format_html("<br>{}", ""), "{}", ((_inline(line),) for line in lines))


def _inline(line: str) -> str:
    """Emphasis and links of one line."""
    parts = _STRONG.split(line)
    marked = (
        format_html("<strong>{}</strong>", _linked(part)) if n % 2 else _linked(part) for n, part in enumerate(parts)
    )
    return format_html_join("", "{}", ((part,) for part in marked))


def _linked(text: str) -> str:
    found, at = [], 0
    for one in _ADDRESS.finditer(text):
        found.append((format_html("{}", bind(text[at : one.start()])),))
        found.append((format_html('<a href="{}" rel="nofollow ugc noopener">{}</a>', one.group(), _shown(one.group())),))
        at = one.end()
    found.append((format_html("{}", bind(text[at:])),))
    return format_html_join("", "{}", found)


def _shown(address: str) -> str:
    bare = address.partition("://")[2]
    return bare if len(bare) <= _LONGEST else bare[: _LONGEST - 1] + "…"
