"""Light marks in typed text: blank lines part paragraphs, `- ` makes lists, `## ` a heading, `> ` a quotation, `**…**`
emphasis; addresses become links. Whatever else is typed stays text: nothing of it ever becomes HTML. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.html import format_html, format_html_join

from .text import bind

_STRONG = re.compile(r"\*\*([^*\n]+)\*\*")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::\d{1,5})?(?:/[\w\-./~%?&=+#@:,;!]*[\w/=&%#])?", re.ASCII)
_LIST = re.compile(r"^[-*·•]\s+")
_MARKS = re.compile(r"\*\*|^(?:##+|[-*·•]|>)\s+", re.MULTILINE)


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
        if lines and all(_LIST.match(line) for line in lines):
            items = ((_inline(_LIST.sub("", line)),) for line in lines)
            yield format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", items))
        elif lines and all(line.startswith(">") for line in lines):
            yield format_html("<blockquote><p>{}</p></blockquote>", _lines([line[1:].strip() for line in lines]))
        elif lines:
            yield format_html("<p>{}</p>", _lines(lines))


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
        found.append((format_html('<a href="{}" rel="nofollow ugc noopener">{}</a>', one.group(), one.group()),))
        at = one.end()
    found.append((format_html("{}", bind(text[at:])),))
    return format_html_join("", "{}", found)
