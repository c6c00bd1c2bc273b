"""How the words of the demo's forum are written down, and where they lie. Everybody and everything in them is invented.

A corpus is one text. A topic begins with `# place | days ago | tags | flags`, then its title, then one line a post:
who, a blank, what. Who is a letter (a neighbour, the same one throughout the topic), a persona's key, or an office as
people call it (`物业`, `居委会`, or its name). Behind who may stand `*` (without a name), `>3` (answers number 3), `>>3`
(and quotes it), `+2d` (at least so much later). `¶` parts paragraphs, `↵` lines. `{+3}` and `{-3}` are dates so many days
from the post, `{周+3}` weekdays. A line of `~` is what the post above said before it was edited; `!` a picture
(motif, what it shows); `?` a poll (question | option=votes | … | days and words). Flags: `pin`, `closed`, `solved=4`,
`in=3` and `all=3`: who opened it, or all who speak, live in building 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from linli.common import clock

_WHO = re.compile(r"^([a-z]+|[\u4e00-\u9fff]{2,8})((?:\([a-z]+\)|\*|>>?\d+|\+\d+[mhd])*)$")
_MARK = re.compile(
    r"\((?P<whom>[a-z]+)\)|(?P<unnamed>\*)|(?P<quotes>>>?)(?P<to>\d+)|\+(?P<gap>\d+)(?P<unit>[mhd])"
)
_DATE = re.compile(r"\{(周?)([+-]\d+)\}")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_WEEK = "一二三四五六日"


@dataclass
class Line:
    """One post. `whom`: written down for somebody; `gap`: at least so long after the one before."""

    who: str
    text: str
    whom: str = ""
    unnamed: bool = False
    reply_to: int | None = None
    quotes: bool = False
    gap: timedelta | None = None
    earlier: str = ""
    picture: tuple[str, str] | None = None

    @property
    def is_office(self) -> bool:
        return not self.who.isascii()


@dataclass
class PollText:
    question: str
    options: tuple[tuple[str, int], ...]
    days: int
    words: frozenset[str]  # several, named, hidden, home, over


@dataclass
class Talk:
    """A topic with its posts. `place` may name a theme: `青砖里/chat`."""

    place: str
    days: float
    tags: tuple[str, ...]
    title: str
    lines: list[Line] = field(default_factory=list)
    poll: PollText | None = None
    solved: int | None = None
    flags: frozenset[str] = frozenset()
    composed: bool = False

    def flag(self, name: str) -> str:
        """What stands behind the name of a flag, such as `in=3`."""
        return next((flag.partition("=")[2] for flag in self.flags if flag.startswith(f"{name}=")), "")


def read(corpus: str) -> list[Talk]:
    """The topics of a corpus, in its order. Raises ValueError at a line that says nothing."""
    return [
        _topic(block.strip())
        for block in re.split(r"^(?=# )", corpus.strip(), flags=re.MULTILINE)
        if block.strip()
    ]


def _topic(block: str) -> Talk:
    head, title, *rows = [row.strip() for row in block.splitlines() if row.strip()]
    place, days, tags, *more = (part.strip() for part in head[2:].split("|"))
    flags = more[0].split() if more else []
    talk = Talk(place, float(days), tuple(tags.split()), title, flags=frozenset(flags))
    talk.solved = int(talk.flag("solved")) if talk.flag("solved") else None
    for row in rows:
        _row(talk, row)
    return talk


def _row(talk: Talk, row: str) -> None:
    mark, _blank, rest = row.partition(" ")
    if mark == "~":
        talk.lines[-1].earlier = _breaks(rest)
    elif mark == "!":
        motif, _blank, alt = rest.partition(" ")
        talk.lines[-1].picture = (motif, alt)
    elif mark == "?":
        talk.poll = read_poll(rest)
    else:
        talk.lines.append(read_line(mark, rest))


def read_line(mark: str, text: str) -> Line:
    found = _WHO.match(mark)
    if found is None or not text:
        raise ValueError(f"{mark} {text}")
    line = Line(found[1], _breaks(text))
    for one in _MARK.finditer(found[2]):
        line.whom = one["whom"] or line.whom
        line.unnamed = line.unnamed or bool(one["unnamed"])
        if one["to"]:
            line.reply_to, line.quotes = int(one["to"]), one["quotes"] == ">>"
        if one["gap"]:
            line.gap = timedelta(**{_UNITS[one["unit"]]: int(one["gap"])})
    return line


def read_poll(row: str) -> PollText:
    question, *options, how = (part.strip() for part in row.split("|"))
    days, *words = how.split()
    pairs = tuple((name, int(votes)) for name, _is, votes in (one.rpartition("=") for one in options))
    return PollText(question, pairs, int(days), frozenset(words))


def _breaks(text: str) -> str:
    return text.replace("¶", "\n\n").replace("↵", "\n")


def dated(text: str, at: datetime) -> str:
    """With days instead of their marks, as seen from the moment of writing."""

    def day(found: re.Match[str]) -> str:
        on = clock.local_date(at) + timedelta(days=int(found[2]))
        return f"周{_WEEK[on.weekday()]}" if found[1] else f"{on.month}月{on.day}日"

    return _DATE.sub(day, text)


@cache
def written() -> tuple[Talk, ...]:
    """What was written by hand."""
    return tuple(talk for corpus in _corpora() for talk in read(corpus))


def _corpora() -> Iterator[str]:
    from . import (
        forum_texts_box,
        forum_texts_chat,
        forum_texts_english,
        forum_texts_house,
        forum_texts_lift,
        forum_texts_lost,
        forum_texts_order,
        forum_texts_parking,
        forum_texts_people,
        forum_texts_quiet,
        forum_texts_start,
    )

    for module in (
        forum_texts_parking, forum_texts_lift, forum_texts_house, forum_texts_quiet, forum_texts_lost, forum_texts_people,
        forum_texts_start, forum_texts_order, forum_texts_box, forum_texts_chat, forum_texts_english,
    ):  # fmt: skip
        yield module.TEXT
