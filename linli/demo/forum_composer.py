"""The rest of the talk, put together by chance from small pieces bound to a theme. Same seed, same talk.

A grammar begins with `## tags | boards`; then one piece a line: `title`, `open` (how it begins), `more` (what may be added),
`say` (neighbours, `say>` answers the first), `ask` and `re` (a question and the opener's answer to it, in this order),
`off` and `off2` (the office, and what it did; `off:居委会` says which), `end` (the opener's last word), `fin` (somebody's
after that). `@word` keeps pieces of one sort of topic together, `~a` those that follow from one answer. `name=a|b|c` binds a word for a whole topic, used as `{name}`; `[a|b|c]` is chosen anew each time.
No two posts but the shortest are alike, and no two topics go through the same sentences.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from . import forum_themes_home, forum_themes_life, forum_themes_people, forum_themes_street
from .forum_leads import DRESSES, SHORTS
from .forum_texts import Line, Talk, read_poll

TOPICS = 284
# The pieces name the committee and the station of 青砖里; elsewhere others answer.
_CANAL, _LILAC = (
    {"555 0110": "555 0111", "555 0120": "555 0121"},
    {"555 0110": "555 0112", "555 0120": "555 0112"},
)
PHONES = {"运河湾": _CANAL, "丁香": _LILAC, "机厂": _LILAC}
_BOUND = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"\[([^\[\]]+)\]")
_LETTERS = "bcdefghijklmnopqrstuvwxyz"


@dataclass
class Theme:
    tags: tuple[str, ...]
    boards: list[str]
    words: dict[str, list[str]] = field(default_factory=dict)
    pieces: dict[str, list[str]] = field(default_factory=dict)


def themes() -> list[Theme]:
    corpora = (
        forum_themes_home.TEXT,
        forum_themes_street.TEXT,
        forum_themes_people.TEXT,
        forum_themes_life.TEXT,
    )
    return [
        _theme(block)
        for text in corpora
        for block in re.split(r"^## ", text.strip(), flags=re.MULTILINE)
        if block.strip()
    ]


def _theme(block: str) -> Theme:
    head, *rows = [row.strip() for row in block.splitlines() if row.strip()]
    tags, boards = (part.split() for part in head.split("|"))
    theme = Theme(tuple(tags), boards)
    for row in rows:
        mark, _blank, rest = row.partition(" ")
        name, equals, first = mark.partition("=")
        if equals:
            theme.words[name] = (first + (" " + rest if rest else "")).split("|")
        else:
            theme.pieces.setdefault(mark, []).append(rest)
    return theme


def composed(rng: random.Random, amount: int = TOPICS) -> Iterator[Talk]:
    """So many topics, the themes by turns, each theme going from board to board."""
    rows, said = themes(), set[str]()
    used: Counter[str] = Counter()
    for nth in range(amount):
        theme = rows[nth % len(rows)]
        board = theme.boards[(nth // len(rows)) % len(theme.boards)]
        days = round(rng.random() ** 1.25 * 88 + 0.15, 3)
        yield _Composer(theme, rng, said, used).talk(board, days)


class _Composer:
    """One topic of a theme. `said`: what has been written anywhere; `used`: how often each piece was taken."""

    def __init__(self, theme: Theme, rng: random.Random, said: set[str], used: Counter[str]) -> None:
        self.theme, self.rng, self.said, self.used = theme, rng, said, used
        self.here: set[str] = set()
        self.way = ""
        self._bind()

    def _bind(self) -> None:
        """Words for the topic, and its sort, such as lost or found: title, opening and end belong together."""
        self.bound = {name: self.rng.choice(words) for name, words in self.theme.words.items()}
        self.sort = self.rng.choice(
            sorted({mark.partition("@")[2] for mark in self.theme.pieces if mark.startswith("open")})
        )

    def talk(self, board: str, days: float) -> Talk:
        self.phones = PHONES.get(next((name for name in PHONES if board.startswith(name)), ""), {})
        talk = Talk(board, days, self.theme.tags, self._title(), composed=True)
        talk.lines.append(Line("a", self._opening()))
        answered = self._replies(talk, board)
        if answered and self.rng.random() < 0.4:
            talk.solved = answered
        if "poll" in self.theme.pieces and self.rng.random() < 0.24:
            talk.poll = read_poll(self._fill(self._seldom("poll")))
        return talk

    def _title(self) -> str:
        for _turn in range(20):
            before = len(self.said)
            found = self._new("title")
            if len(self.said) > before:
                break
            self._bind()
        return found

    def _opening(self) -> str:
        parts = [self._new("open")]
        if self._pieces("more") and self.rng.random() < 0.75:
            parts.append(self._new("more"))
        return ("¶".join(parts) if self.rng.random() < 0.3 else "".join(parts)).replace("¶", "\n\n")

    def _replies(self, talk: Talk, board: str) -> int | None:
        """Neighbours, then perhaps an office, then what became of it; the number of the office's answer."""
        rng, answered = self.rng, None
        letters = iter(rng.sample(_LETTERS, len(_LETTERS)))
        before, after = (
            rng.choice(((1, 2, 2, 3, 3, 4, 5), (6, 7))[rng.random() < 0.09]),
            rng.choice((1, 2, 2, 3, 4, 5, 8)),
        )
        self._chat(talk, letters, before)
        offices = [
            mark for mark in self.theme.pieces if mark.startswith("off") and not mark.startswith("off2")
        ]
        if offices and rng.random() < 0.78:
            mark = rng.choice(offices)
            self.way = mark.partition("~")[2]
            who = mark.partition(":")[2].partition("~")[0] or "物业"
            talk.lines.append(Line(who, self._new(mark)))
            answered = len(talk.lines)
            if self._pieces("re") and rng.random() < 0.6:
                talk.lines.append(Line("a", self._new("re"), reply_to=answered))
        self._chat(talk, letters, after)
        if answered and self._pieces("off2") and rng.random() < 0.5:
            gap = timedelta(hours=rng.randint(22, 90))
            talk.lines.append(Line(talk.lines[answered - 1].who, self._new("off2"), gap=gap))
        if self._pieces("end") and rng.random() < 0.6:
            talk.lines.append(Line("a", self._new("end"), gap=timedelta(hours=rng.randint(2, 40))))
            if rng.random() < 0.5:
                talk.lines.append(Line(next(letters), self._new("fin")))
        return answered

    def _chat(self, talk: Talk, letters: Iterator[str], amount: int) -> None:
        rng = self.rng
        for _nth in range(amount):
            if rng.random() < 0.05:
                talk.lines.append(Line(next(letters), self._short()))
                continue
            talk.lines.append(self._said(talk, letters))
            if self._pieces("ask") and rng.random() < 0.18 and not self.here & set(self._pieces("ask")):
                question = self._new("ask")
                piece = next(one for one in self.theme.pieces["ask"] if one in self.here)
                answer = self.theme.pieces["ans"][self.theme.pieces["ask"].index(piece)]
                talk.lines.append(Line(next(letters), question, reply_to=1))
                talk.lines.append(Line("a", self._unsaid("ans", [answer]), reply_to=len(talk.lines)))

    def _said(self, talk: Talk, letters: Iterator[str]) -> Line:
        rng, last = self.rng, talk.lines[-1]
        earlier = [
            line.who for line in talk.lines[:-1] if line.who not in ("a", last.who) and line.who.isascii()
        ]
        who = rng.choice(earlier) if earlier and rng.random() < 0.16 else next(letters)
        line = Line(who, self._new("say"))
        if rng.random() < 0.25:
            line.reply_to = 1
            line.quotes = rng.random() < 0.25 and len(talk.lines[0].text) < 60
        return line

    def _short(self) -> str:
        return self._unsaid("short", [self.rng.choice(SHORTS)])

    def _new(self, kind: str) -> str:
        """A piece that this topic has not had, seldom used so far, in words that nobody has said."""
        pieces = self._pieces(kind)
        fresh = [piece for piece in pieces if piece not in self.here] or pieces
        return self._unsaid(kind, sorted(fresh, key=lambda one: (self.used[one], self.rng.random())))

    def _pieces(self, kind: str) -> list[str]:
        """Those of the topic's sort, or that follow the answer given, and those that always fit."""
        own = self.theme.pieces.get(f"{kind}@{self.sort}", []) if self.sort else []
        after = self.theme.pieces.get(f"{kind}~{self.way}", []) if self.way else []
        return own + after + self.theme.pieces.get(kind, [])

    def _seldom(self, kind: str) -> str:
        found = min(self._pieces(kind), key=lambda one: (self.used[one], self.rng.random()))
        self.used[found] += 1
        return found

    def _unsaid(self, kind: str, pieces: list[str]) -> str:
        for turn in range(24):
            piece = pieces[0] if kind in ("ask", "ans") else pieces[turn // 5 % len(pieces)]
            text = self._fill(piece)
            if turn > 4 or (kind == "say" and self.rng.random() < 0.2):
                text = self._dressed(kind, text)
            if text not in self.said:
                break
        self.used[piece] += 1
        self.here.add(piece)
        self.said.add(text)
        return text

    def _dressed(self, kind: str, text: str) -> str:
        if kind == "short":
            return text + self.rng.choice(SHORTS)
        leads, tails = DRESSES.get(re.split("[:~]", kind)[0], ((), ()))
        if leads and (not tails or self.rng.random() < 0.6):
            return self.rng.choice(leads) + text
        return text + self.rng.choice(tails) if tails else text

    def _fill(self, piece: str) -> str:
        text = _BOUND.sub(lambda found: self.bound.get(found[1], found[0]), piece)
        while _CHOICE.search(text):
            text = _CHOICE.sub(lambda found: self.rng.choice(found[1].split("|")), text)
        for phone, other in self.phones.items():
            text = text.replace(phone, other)
        return text.replace("¶", "\n\n").replace("↵", "\n")
