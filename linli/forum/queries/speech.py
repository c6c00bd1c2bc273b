"""Which rules of speech, words and limits hold at a place: its own, else the nearest place's above, else the packaged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from linli.areas.api import Area
from linli.common import clock
from linli.common.pagecache import kept
from linli.people.api import Body

from .. import packaged
from ..models import SpeechLimits, SpeechRules, Word
from ..speech_rules import Figures, Level, read_figures, read_levels

RULES, WORDS, LIMITS = "forum.rules", "forum.words", "forum.limits"  # tags


@dataclass(frozen=True)
class Rules:
    """The rules in force: `pk` is None for the packaged ones."""

    articles: tuple[str, ...]
    lead: str = ""
    pk: int | None = None
    version: int = 0
    place_id: int | None = None
    place: str = ""
    body: str = ""
    adopted_on: date | None = None

    def text(self, article: int) -> str:
        """The wording of an article; empty for 0 and for one that they do not have."""
        return self.articles[article - 1] if 0 < article <= len(self.articles) else ""

    @property
    def numbered(self) -> list[tuple[int, str]]:
        return list(enumerate(self.articles, 1))


def rules_for(place: Area) -> Rules:
    """The rules that hold at the place today."""
    day, language = clock.local_date(clock.now()), get_language() or "zh-hans"
    return kept(
        ("forum rules", place.path, day, language),
        lambda: _rules_for(place, day, language),
        tags=(RULES, "areas", "bodies"),
    )


def _rules_for(place: Area, day: date, language: str) -> Rules:
    rows = SpeechRules.objects.filter(place__in=_chain(place), adopted_on__lte=day).select_related(
        "place", "body"
    )
    found = rows.order_by("-place__level", "-version").first()
    if found is None:
        return Rules(packaged.articles(language), packaged.lead(language))
    return as_rules(found)


def as_rules(row: SpeechRules) -> Rules:
    return Rules(
        tuple(row.articles), row.lead, row.pk, row.version, row.place_id, row.place.name, row.body.name, row.adopted_on
    )  # fmt: skip


def versions_of(place: Area) -> list[SpeechRules]:
    """The place's own versions, the newest first."""
    return list(SpeechRules.objects.filter(place=place).select_related("place", "body").order_by("-version"))


def owner_of_rules(rules: Rules) -> Body | None:
    row = SpeechRules.objects.filter(pk=rules.pk).select_related("body").first() if rules.pk else None
    return row.body if row else None


def words_for(place: Area) -> tuple[str, ...]:
    """The words that hold a post for review at the place: its own and those of all places above."""
    return kept(("forum words", place.path), lambda: _words_for(place), tags=(WORDS, "areas"))


def _words_for(place: Area) -> tuple[str, ...]:
    return tuple(sorted(set(Word.objects.filter(place__in=_chain(place)).values_list("word", flat=True))))


@dataclass(frozen=True)
class Limits:
    levels: tuple[Level, ...]
    figures: Figures
    place: str = ""  # whose they are; empty: the packaged ones


def limits_for(place: Area) -> Limits:
    return kept(("forum limits", place.path), lambda: _limits_for(place), tags=(LIMITS, "areas"))


def _limits_for(place: Area) -> Limits:
    rows = SpeechLimits.objects.filter(place__in=_chain(place)).select_related("place")
    row = rows.order_by("-place__level", "-version").first()
    if row is None:
        return Limits(packaged.levels(), packaged.figures())
    return Limits(read_levels(row.levels), read_figures(row.figures), row.place.name)


def speech_of(place: Area) -> tuple[Limits, tuple[str, ...]]:
    """The limits and the words that hold at the place, for whoever writes: one look at their tags."""
    key = ("forum limits and words", place.path)
    return kept(key, lambda: (_limits_for(place), _words_for(place)), tags=(LIMITS, WORDS, "areas"))


def _chain(place: Area) -> list[int]:
    return [*place.ancestor_ids, place.pk]
