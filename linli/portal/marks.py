"""Light marks in plain text: paragraphs, lists, links. Everything else is shown as typed; no page code gets through.

An empty line parts paragraphs; lines that begin with `- ` or `1. ` are a list; addresses of pages become links.
"""

from __future__ import annotations

import re
from itertools import groupby

from django.utils.html import format_html, format_html_join

_BULLET = re.compile(r"^\s*(?:[-*•·]\s+|[-•·](?=[^\s\d-]))")
_NUMBER = re.compile(r"^\s*\d{1,2}(?:[.、)）]\s*)(?=\D)")
_LINK = re.compile(r"(https?://[^\s<>\"'，。；！？、）】》”’]+[^\s<>\"'，。；：！？、）】》”’.,;:!?)])")


def render(text: str) -> str:
    """The text as HTML."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n").strip())
    return format_html_join("", "{}", ((_part(part),) for part in parts if part.strip()))


def _part(part: str) -> str:
    """One part between empty lines: runs of list lines and of other lines."""
    blocks = []
    for kind, lines in groupby(part.split("\n"), _kind):
        blocks.append(_block(kind, list(lines)))
    return format_html_join("", "{}", ((block,) for block in blocks))


def _kind(line: str) -> str:
    return "ul" if _BULLET.match(line) else "ol" if _NUMBER.match(line) else "p"


def _block(kind: str, lines: list[str]) -> str:
    if kind == "p":
        first, *others = map(_links, lines)
        return format_html("<p>{}{}</p>", first, format_html_join("", "<br>{}", ((line,) for line in others)))
    mark = _BULLET if kind == "ul" else _NUMBER
    items = format_html_join("", "<li>{}</li>", ((_links(mark.sub("", line, count=1)),) for line in lines))
    return format_html("<ul>{}</ul>", items) if kind == "ul" else format_html("<ol>{}</ol>", items)


def _links(line: str) -> str:
    pieces = _LINK.split(line.strip())
    return format_html_join("", "{}", ((_link(piece) if n % 2 else piece,) for n, piece in enumerate(pieces)))


def _link(address: str) -> str:
    shown = re.sub(r"^https?://", "", address)
    return format_html(
        '<a href="{}" rel="noopener nofollow">{}</a>',
        address,
        shown if len(shown) <= 40 else shown[:39] + "…",
    )


def plain(text: str, most: int = 120) -> str:
    """The beginning of the text on one line, for summaries."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
