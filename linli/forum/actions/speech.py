"""A place's own rules of speech, words that are looked at first, and limits. Each version stays readable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.common import audit
from linli.common.errors import NotAllowed, UserError
from linli.common.pagecache import bump
from linli.common.text import clean, fold
from linli.people.api import Actor, may

from ..models import SpeechLimits, SpeechRules, Word
from ..permissions import F
from ..queries.speech import LIMITS, RULES, WORDS, versions_of
from ..speech_rules import (
    FIGURE_BOUNDS,
    MOST_ARTICLES,
    MOST_WORDS,
    RULE,
    WORD,
    as_data,
    read_figures,
    read_levels,
)
from ..speech_rules import WORDS as LEAD
from ..text_rules import one_line


def require_shaping(by: Actor, place: Area) -> None:
    """Raises NotAllowed for whoever does not shape the place's boards under an office."""
    if by.person is None or by.acting is None or by.mandate is not None or not may(by, F.FORUM_BOARDS, place):
        raise NotAllowed("rules")


@transaction.atomic
def adopt_rules(
    *, place: Area, articles: Sequence[str], lead: str, adopted_on: date, by: Actor, now: datetime
) -> SpeechRules:
    """A new version, adopted on a day by the acting office; it holds from that day. Raises UserError at its field."""
    require_shaping(by, place)
    assert by.acting is not None and by.person is not None
    lines = [one_line(line, RULE, "articles") for line in articles]
    lines = [line for line in lines if line]
    if not 1 <= len(lines) <= MOST_ARTICLES:
        raise UserError(_("一行写一条，1 到 %(n)d 条") % {"n": MOST_ARTICLES}, field="articles")
    lead = one_line(lead, LEAD, "lead")
    earlier = versions_of(place)
    if earlier and (earlier[0].articles, earlier[0].lead) == (lines, lead):
        return earlier[0]
    if earlier and adopted_on < earlier[0].adopted_on:
        raise UserError(
            _("通过的日子不能早于上一版的 %(day)s") % {"day": earlier[0].adopted_on.isoformat()},
            field="adopted_on",
        )
    row = SpeechRules.objects.create(
        place=place, version=(earlier[0].version if earlier else 0) + 1, body_id=by.acting.body_id, adopted_on=adopted_on,
        lead=lead, articles=lines, made_at=now, made_by=by.person,
    )  # fmt: skip
    audit.record(
        actor=by, action="forum.rules", subject=row, place=place, now=now, detail={"version": row.version}
    )
    bump(RULES)
    return row


@transaction.atomic
def set_words(*, place: Area, words: Iterable[str], by: Actor, now: datetime) -> int:
    """The place's own list is these from now on; how many. Raises UserError (words)."""
    require_shaping(by, place)
    wanted = sorted({fold(clean(word)) for word in words} - {""})
    if len(wanted) > MOST_WORDS:
        raise UserError(_("最多 %(n)d 个词") % {"n": MOST_WORDS}, field="words")
    for word in wanted:
        if not 2 <= len(word) <= WORD:
            raise UserError(
                _("“%(word)s”：每个词 2 到 %(n)d 个字") % {"word": word[:WORD], "n": WORD}, field="words"
            )
    there = set(Word.objects.filter(place=place).values_list("word", flat=True))
    Word.objects.filter(place=place, word__in=there - set(wanted)).delete()
    new = [Word(place=place, word=word, at=now, by=by.person) for word in wanted if word not in there]
    Word.objects.bulk_create(new)
    audit.record(
        actor=by,
        action="forum.words",
        place=place,
        now=now,
        detail={"added": len(new), "removed": len(there - set(wanted))},
    )
    bump(WORDS)
    return len(wanted)


@transaction.atomic
def set_limits(
    *, place: Area, levels: Iterable[Mapping[str, Any]], figures: Mapping[str, Any], by: Actor, now: datetime
) -> SpeechLimits:
    """The place's own trust levels and figures. Raises UserError for what is no whole set of numbers, or (at its field)
    for a figure out of its bounds."""
    require_shaping(by, place)
    assert by.person is not None
    try:
        read, numbers = read_levels(levels), read_figures(figures)
    except (TypeError, ValueError):
        raise UserError(_("每一格填一个数，第一级不设条件")) from None
    if any(level.posts_hour < 1 or level.topics_day < 1 for level in read):
        raise UserError(_("每一级每小时至少能发 1 条，每天至少能开 1 个话题"))
    for name, (low, high) in FIGURE_BOUNDS.items():
        if not low <= getattr(numbers, name) <= high:
            raise UserError(_("从 %(low)d 到 %(high)d") % {"low": low, "high": high}, field=name)
    if numbers.same_refuse < numbers.same_hold:
        raise UserError(_("不能比先审的还少"), field="same_refuse")
    last = SpeechLimits.objects.filter(place=place).aggregate(n=Max("version"))["n"] or 0
    row = SpeechLimits.objects.create(
        place=place, version=last + 1, levels=[as_data(level) for level in read], figures=as_data(numbers), made_at=now,
        made_by=by.person,
    )  # fmt: skip
    audit.record(
        actor=by, action="forum.limits", subject=row, place=place, now=now, detail={"version": row.version}
    )
    bump(LIMITS)
    return row
