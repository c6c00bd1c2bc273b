"""Polls: what one may ask, what one may choose, and how results are counted. Pure: whole numbers only, no clock."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.common.errors import UserError
from linli.common.text import fold

QUESTION, OPTION = 60, 40
LEAST, MOST = 2, 12  # options
LONGEST = timedelta(days=90)
VOTERS_SHOWN = 200


class Per(models.TextChoices):
    """Who has one vote."""

    PERSON = "person", _("一人一票")
    HOME = "home", _("一户一票")


@dataclass(frozen=True)
class PollFacts:
    """What a poll asks. `several`: more than one answer; `named`: who chose what is shown; `hidden`: until it is over."""

    question: str
    options: tuple[str, ...]
    ends_at: datetime
    several: bool = False
    per: str = Per.PERSON
    named: bool = False
    hidden: bool = False


def check_facts(facts: PollFacts, now: datetime) -> None:
    """Raises UserError at the field that is wrong."""
    if not facts.question:
        raise UserError(_("写一句要问大家的话"), field="question")
    if len(facts.question) > QUESTION:
        raise UserError(_("问题最多 %(n)d 个字") % {"n": QUESTION}, field="question")
    if len(facts.options) < LEAST:
        raise UserError(_("至少写两个选项，不然没得选"), field="options")
    if len(facts.options) > MOST:
        raise UserError(_("最多 %(n)d 个选项，合并几个吧") % {"n": MOST}, field="options")
    for option in facts.options:
        if not option or len(option) > OPTION:
            raise UserError(_("每个选项写 1 到 %(n)d 个字") % {"n": OPTION}, field="options")
    if len({fold(option) for option in facts.options}) < len(facts.options):
        raise UserError(_("有两个选项一样，改一个"), field="options")
    if facts.ends_at <= now:
        raise UserError(_("截止时间已经过了，往后选"), field="ends_day")
    if facts.ends_at > now + LONGEST:
        raise UserError(_("最长 %(n)d 天，太久了大家会忘") % {"n": LONGEST.days}, field="ends_day")


def check_choice(chosen: Collection[int], options: Collection[int], *, several: bool) -> None:
    """Raises UserError where nothing, too much or something foreign was chosen."""
    if not chosen:
        raise UserError(_("先选一项，再投票"), field="choice")
    if not set(chosen) <= set(options):
        raise UserError(_("选项里没有这一项，刷新后再选"), field="choice")
    if len(set(chosen)) > 1 and not several:
        raise UserError(_("只能选一项"), field="choice")


def is_over(ends_at: datetime, closed_at: datetime | None, now: datetime) -> bool:
    return ends_at <= now or (closed_at is not None and closed_at <= now)


def shares(votes: Sequence[int], ballots: int, *, several: bool) -> list[int]:
    """Per cent of the ballots. Of a single choice they add up to 100 by largest remainder; the earlier option first."""
    if ballots <= 0:
        return [0] * len(votes)
    if several:
        return [(200 * count + ballots) // (2 * ballots) for count in votes]
    found = [100 * count // ballots for count in votes]
    rests = sorted(range(len(votes)), key=lambda nth: (-(100 * votes[nth] % ballots), nth))
    for nth in rests[: 100 - sum(found)]:
        found[nth] += 1
    return found
