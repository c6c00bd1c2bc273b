"""Light marks in typed text: blank lines part paragraphs, `- ` and `1. ` make lists, `## ` a heading, `> ` a quotation, `**…**`
emphasis; addresses become links. Whatever else is typed stays text: nothing of it ever becomes HTML. Pure.

Every step is linear in the length of the text, so that a long one costs no more than its reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils.html import escape, format_html, format_html_join

from .text import bind

_STRONG = re.compile(r"\*\*(?=[^\s*])([^*\n]+)(?<=\S)\*\*")
_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:[/?#][\w\-./~%?&=+#@:,;!]*)?",
    re.ASCII,
)
_TAIL = ".,:;!?~-@+"  # ends a sentence rather than an address
_BULLET = re.compile(r"^(?:[-*·•]\s+|[-·•](?=[^\s\d-]))")
_NUMBER = re.compile(r"^(\d{1,2})[.、)）]\s*(?=\D)")
_HEADING = re.compile(r"^##+\s+")
# What turns the order of letters round or is no letter at all; joiners of emoji stay.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_CLINGING = "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0e31-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
_PILE = re.compile(f"([{_CLINGING}]{{4}})[{_CLINGING}]+")
_LONGEST = 40  # letters of an address that are shown
_DEPTH = 2  # quotations within each other
_BREAK = format_html("<br>{}", "")


def light(text: str, *, top: int = 2) -> str:
    """The text as HTML of a few plain elements; headings are of level `top`."""
    return format_html_join("\n", "{}", ((block,) for block in _blocks(_tidy(text).split("\n"), top)))


def plain(text: str, most: int = 120) -> str:
    """The beginning of the text without its marks, in one line."""
    words = " ".join(" ".join(_bare(line) for line in _tidy(text[: most * 20]).split("\n")).split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _bare(line: str) -> str:
    """A line without its marks; numbers of lists stay."""
    line = line.strip()
    words = line.lstrip("> \t") if line.startswith(">") else line
    return _STRONG.sub(r"\1", _BULLET.sub("", _HEADING.sub("", words), count=1))


def _tidy(text: str) -> str:
    """One sign for the ends of lines, none that hides or turns, and no piles of marks upon a letter."""
    return _PILE.sub(r"\1", _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def _kind(line: str) -> str:
    if not line:
        return ""
    if line.startswith("## "):
        return "head"
    return (
        "quote" if line[0] == ">" else "ul" if _BULLET.match(line) else "ol" if _NUMBER.match(line) else "p"
    )


def _blocks(lines: Iterable[str], top: int, depth: int = 0) -> Iterator[str]:
    """Runs of lines of one kind; blank lines end a run."""
    for kind, some in groupby((line.strip() for line in lines), _kind):
        if kind == "head":
            yield from (_heading(line, top, depth) for line in some)
        elif kind == "quote":
            yield _quote(some, top, depth)
        elif kind == "ul":
            yield format_html(
                "<ul>{}</ul>", _joined("<li>{}</li>", (_BULLET.sub("", line, count=1) for line in some))
            )
        elif kind == "ol":
            yield _numbered(some)
        elif kind:
            yield format_html("<p>{}</p>", _lines(some))


def _heading(line: str, top: int, depth: int) -> str:
    """A quotation has no headings: they would stand in the page's own outline."""
    words = _inline(line[3:].strip())
    return (
        format_html("<p><strong>{}</strong></p>", words)
        if depth
        else format_html("<h{0}>{1}</h{0}>", top, words)
    )


def _quote(lines: Iterable[str], top: int, depth: int) -> str:
    if depth + 1 < _DEPTH:
        inner = _blocks((line[1:] for line in lines), top, depth + 1)
        return format_html(
            "<blockquote>{}</blockquote>", format_html_join("", "{}", ((one,) for one in inner))
        )
    return format_html(
        "<blockquote><p>{}</p></blockquote>", _lines(filter(None, (line.lstrip("> \t") for line in lines)))
    )


def _numbered(lines: Iterable[str]) -> str:
    """Numbers stay as typed: a list may begin anywhere, and leave some out."""
    items: list[tuple[str, str]] = []
    start, due = None, 1
    for line in lines:
        found = _NUMBER.match(line)
        assert found is not None
        number = int(found.group(1))
        start = number if start is None else start
        value = format_html(' value="{}"', number) if items and number != due else ""
        items.append((value, _inline(line[found.end() :])))
        due = number + 1
    begin = "" if start == 1 else format_html(' start="{}"', start)
    return format_html("<ol{}>{}</ol>", begin, format_html_join("", "<li{}>{}</li>", items))


def _lines(lines: Iterable[str]) -> str:
    return _joined("{}", lines, _BREAK)


def _joined(form: str, lines: Iterable[str], between: str = "") -> str:
    return format_html_join(between, form, ((_inline(line),) for line in lines))


def _inline(line: str) -> str:
    """Emphasis and links of one line."""
    if "**" not in line:
        return _linked(line)
    parts = enumerate(_STRONG.split(line))
    marked = (
        format_html("<strong>{}</strong>", _linked(part)) if n % 2 else _linked(part) for n, part in parts
    )
    return format_html_join("", "{}", ((part,) for part in marked))


def _linked(text: str) -> str:
    if "://" not in text:
        return escape(bind(text))
    found, at = [], 0
    for one in _ADDRESS.finditer(text):
        address = one.group().rstrip(_TAIL)
        found += [(bind(text[at : one.start()]),), (_link(address),)]
        at = one.start() + len(address)
    return format_html_join("", "{}", [*found, (bind(text[at:]),)])


def _link(address: str) -> str:
    """The host is always shown whole: whoever reads it sees where it leads."""
    bare = address.partition("://")[2]
    host = re.split("[/?#]", bare, maxsplit=1)[0]
    most = max(_LONGEST, len(host) + 2)
    shown = bare if len(bare) <= most else bare[: most - 1] + "…"
    return format_html('<a href="{}" rel="nofollow ugc noopener">{}</a>', address, shown)
