"""A suggestion of the theme from the words: naive Bayes over pairs of characters, learned from closed cases. Pure.

Counts are integers; logarithms order the themes and decide nothing else. A suggestion is offered, never taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Any

MOST_PAIRS = 20_000  # the commonest are kept
EVERY = 5  # each fifth case is kept apart to see how often the suggestion is right
FEWEST = 30  # cases, below which nothing is suggested


def pairs(text: str) -> Counter[str]:
    """Pairs of neighbouring characters; marks and blanks part words."""
    found: Counter[str] = Counter()
    for word in "".join(char if char.isalnum() else " " for char in text.casefold()).split():
        found.update(a + b for a, b in pairwise(word))
    return found


@dataclass
class Learned:
    """How many cases each theme had, and how often each pair stood in them."""

    cases: Counter[str]
    seen: dict[str, Counter[str]]

    @classmethod
    def of(cls, examples: Iterable[tuple[str, str]]) -> Learned:
        """From (text, theme)."""
        made = cls(Counter(), {})
        for text, theme in examples:
            made.cases[theme] += 1
            made.seen.setdefault(theme, Counter()).update(pairs(text))
        common = Counter[str]()
        for counts in made.seen.values():
            common.update(counts)
        kept = {pair for pair, _n in common.most_common(MOST_PAIRS)}
        made.seen = {theme: Counter({k: n for k, n in counts.items() if k in kept}) for theme, counts in made.seen.items()}
        return made

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Learned:
        return cls(Counter(stored["cases"]), {theme: Counter(counts) for theme, counts in stored["seen"].items()})

    def stored(self) -> dict[str, Any]:
        return {"cases": dict(self.cases), "seen": {theme: dict(counts) for theme, counts in self.seen.items()}}

    def ranked(self, text: str) -> list[str]:
        """The themes, likeliest first; equal ones by name. Empty for a text without a pair that was ever seen."""
        known = {pair for counts in self.seen.values() for pair in counts}
        asked = {pair: n for pair, n in pairs(text).items() if pair in known}
        if not asked:
            return []
        score = {theme: self._score(theme, asked, len(known)) for theme in self.cases}
        return sorted(score, key=lambda theme: (-score[theme], theme))

    def _score(self, theme: str, asked: Mapping[str, int], known: int) -> float:
        counts = self.seen[theme]
        total = counts.total() + known
        return log(self.cases[theme]) + sum(n * (log(counts[pair] + 1) - log(total)) for pair, n in asked.items())


def measured(examples: list[tuple[str, str]]) -> tuple[int, int]:
    """On how many cases, kept apart from what it learned, the first suggestion was tried, and how often it was right."""
    apart = [one for at, one in enumerate(examples) if at % EVERY == EVERY - 1]
    rest = [one for at, one in enumerate(examples) if at % EVERY != EVERY - 1]
    learned = Learned.of(rest)
    return len(apart), sum(learned.ranked(text)[:1] == [theme] for text, theme in apart)
