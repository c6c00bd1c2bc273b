"""Moderation: its closed sets, its flows, who decides an appeal, and what conduct lets one do. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.common.states import Row, StateTable, register
from linli.common.text import fold
from linli.people.api import BodyKind, Role

from .rules import Audience, PostState

REASON, RULE, SOURCE, WORDS, WORD, BASIS, THING = 300, 300, 200, 300, 20, 120, 60  # lengths
MOST_ARTICLES, MOST_WORDS = 30, 300
APPEAL_DAYS = 15  # natural days in which one may appeal
MOST_PAUSE = timedelta(days=30)
LEAST_SLOW, MOST_SLOW, MOST_SLOW_HOURS = 5, 3600, 72  # seconds between two posts, and for how long
ORDER = 0  # the article of acts that say nothing bad of anybody: no rule is broken


class ActKind(models.TextChoices):
    HIDE = "hide", _("隐去了一条发言")
    RESTORE = "restore", _("恢复了一条发言")
    HOLD = "hold", _("先审再发")
    APPROVE = "approve", _("审核通过")
    REFUSE = "refuse", _("审核没通过")
    DISMISS = "dismiss", _("看了举报，发言保留")
    WARN = "warn", _("提醒了一位邻居")
    PAUSE = "pause", _("暂停了一位邻居发言")
    LIFT = "lift", _("撤回了先前的处理")
    CLOSE = "close", _("关闭了话题")
    REOPEN = "reopen", _("重新打开了话题")
    SLOW = "slow", _("放慢了话题")
    MOVE = "move", _("移动了话题")
    SPLIT = "split", _("拆出了新话题")
    MERGE = "merge", _("合并了话题")
    PIN = "pin", _("置顶了话题")
    UNPIN = "unpin", _("取消了置顶")
    CLARIFY = "clarify", _("发了官方说明")
    ERASE = "erase", _("依法删除了一条发言")


class Cause(models.TextChoices):
    """Why the machine acted."""

    WORDS = "words", _("有需要先看一眼的词")
    SAME = "same", _("同样的话发到了几个话题")
    NEW = "new", _("新邻居的头几条")
    BOARD = "board", _("这个版块都先审")
    WAVE = "wave", _("一下子来了很多新邻居")
    TIME = "time", _("到时间了")
    AGAIN = "again", _("恢复备份后，照原来的决定再删一次")


class ReportState(models.TextChoices):
    OPEN = "open", _("等处理")
    UPHELD = "upheld", _("处理了")
    DISMISSED = "dismissed", _("发言保留")


class AppealState(models.TextChoices):
    LODGED = "lodged", _("等答复")
    UPHELD = "upheld", _("维持原处理")
    OVERTURNED = "overturned", _("撤销原处理")
    LAPSED = "lapsed", _("不用再答复")


class Tier(models.IntegerChoices):
    """Who decides an appeal."""

    COMMUNITY = 1, _("居委会")
    STREET = 2, _("街道办")
    DISTRICT = 3, _("区")


K, P, A = ActKind, PostState, AppealState
# What takes back what; only these may be appealed against where they concern a person.
UNDONE_BY: dict[str, str] = {
    K.HIDE: K.RESTORE, K.REFUSE: K.RESTORE, K.WARN: K.LIFT, K.PAUSE: K.LIFT, K.SLOW: K.LIFT, K.CLOSE: K.REOPEN,
}  # fmt: skip
APPEALABLE = frozenset({K.HIDE, K.REFUSE, K.WARN, K.PAUSE, K.CLOSE})
NEEDS_ARTICLE = frozenset(
    {K.HIDE, K.REFUSE, K.WARN, K.PAUSE, K.CLOSE, K.SLOW}
)  # others may be for order alone
AGAINST = (K.HIDE, K.REFUSE, K.WARN, K.PAUSE)  # they count against a person's standing until they are undone

POST = register(
    StateTable(
        "forum-post",
        P.SHOWN,
        [
            Row(P.SHOWN, "hide", P.HIDDEN, "moderator"),
            Row(P.HIDDEN, "restore", P.SHOWN, "moderator | appeal"),
            Row(P.SHOWN, "hold", P.WAITING, "an edit with a listed word"),
            Row(P.WAITING, "approve", P.SHOWN, "moderator"),
            Row(P.WAITING, "refuse", P.HIDDEN, "moderator"),
            Row(P.SHOWN, "erase", P.ERASED, "street office"),
            Row(P.HIDDEN, "erase", P.ERASED, "street office"),
            Row(P.WAITING, "erase", P.ERASED, "street office"),
        ],
        final=[P.ERASED],
        states=P,
        says="Whether a post is seen. It begins as shown or, where the board or a word wants it, as waiting.",
    )
)
APPEAL = register(
    StateTable(
        "forum-appeal",
        A.LODGED,
        [
            Row(
                A.LODGED, "climb", A.LODGED, "time: nobody answered", effects=("start_clock", "tell_deciders")
            ),
            Row(
                A.LODGED,
                "uphold",
                A.UPHELD,
                "others than those who acted",
                effects=("stop_clock", "tell_author"),
            ),
            Row(
                A.LODGED,
                "overturn",
                A.OVERTURNED,
                "others than those who acted",
                effects=("undo", "stop_clock", "tell_author"),
            ),
            Row(
                A.LODGED,
                "lapse",
                A.LAPSED,
                "the act was taken back, or the text erased by law",
                effects=("stop_clock",),
            ),
        ],
        final=[A.UPHELD, A.OVERTURNED, A.LAPSED],
        states=A,
        says="An appeal against an act of moderation. Overdue it goes one tier up.",
    )
)
REPORT = register(
    StateTable(
        "forum-report",
        ReportState.OPEN,
        [
            Row(ReportState.OPEN, "uphold", ReportState.UPHELD, "moderator, not the author"),
            Row(ReportState.OPEN, "dismiss", ReportState.DISMISSED, "moderator, not the author"),
        ],
        final=[ReportState.UPHELD, ReportState.DISMISSED],
        states=ReportState,
        says="A reader's report of a post. All open ones of a post are decided together.",
    )
)

_ROLE = {
    Tier.COMMUNITY: Role.RESIDENTS_COMMITTEE,
    Tier.STREET: Role.STREET_OFFICE,
    Tier.DISTRICT: Role.DISTRICT,
}


def role_of(tier: int) -> Role:
    """Whose posts decide at the tier."""
    return _ROLE[Tier(tier)]


def first_tier(acted: str, *, in_community: bool) -> Tier:
    """Who decides first of an act of a body of this kind (empty: the machine's): another body, or another person."""
    if acted in (BodyKind.RESIDENTS_COMMITTEE, BodyKind.STREET_OFFICE) or not in_community:
        return Tier.STREET
    return Tier.COMMUNITY


def next_tier(tier: int) -> Tier | None:
    """One level up; None from the district."""
    return Tier(tier + 1) if tier < Tier.DISTRICT else None


def may_decide(tier: int, role: Role | None, *, same_person: bool, same_body: bool) -> bool:
    """Never who acted; never his body, but in the street office another of its people."""
    if same_person or role != _ROLE[Tier(tier)]:
        return False
    return not same_body or tier == Tier.STREET


def may_appeal(kind: str, *, at: datetime, now: datetime, own: bool, undone: bool, appealed: bool) -> bool:
    """Whom an act concerns may appeal once, within 15 natural days, while it stands."""
    in_time = now < at + timedelta(days=APPEAL_DAYS)
    return own and kind in APPEALABLE and in_time and not undone and not appealed


_WIDTH = {Audience.PUBLIC: 3, Audience.MEMBERS: 2, Audience.OFFICES: 1, Audience.OWN: 0}


def may_carry(source: str, target: str, *, same_place: bool) -> bool:
    """Whether posts may go from a board read by `source` to one read by `target`: never to more readers than they
    were written for, and what only members read never leaves its place."""
    if source == Audience.PUBLIC:
        return target in (Audience.PUBLIC, Audience.MEMBERS)
    return same_place and source == target


@dataclass(frozen=True)
class Level:
    """A trust level: what it needs (days since the first verified home, shown posts, days without an upheld act)
    and what it gives. Figures of 0 under `pictures`, `links`, `mentions` mean none."""

    days: int
    posts: int
    quiet: int
    posts_hour: int
    topics_day: int
    pictures: int
    links: int
    mentions: int
    reports_day: int


@dataclass(frozen=True)
class Figures:
    """What counts as spam or a wave, in numbers."""

    same_hours: int = 24  # the same text of a person, within so many hours,
    same_hold: int = 2  # waits for review from the so-manieth topic on
    same_refuse: int = 5  # and is refused from this one on
    same_shortest: int = 15  # shorter texts (“谢谢”) never count
    wave_people: int = 8  # so many newcomers in one topic
    wave_minutes: int = 30
    wave_slow: int = 120  # slow it down to so many seconds
    wave_hours: int = 2
    unheard: int = 5  # after so many reports in a row that were dismissed
    unheard_day: int = 2  # a person has so many a day


def level_of(levels: Iterable[Level], *, days: int, posts: int, quiet: int | None) -> int:
    """The highest level all of whose needs are met. `quiet`: days since the last upheld act; None without one."""
    reached = 0
    for number, level in enumerate(levels):
        if days >= level.days and posts >= level.posts and (quiet is None or quiet >= level.quiet):
            reached = number
    return reached


def read_levels(rows: Iterable[Mapping[str, Any]]) -> tuple[Level, ...]:
    """Levels from data. Raises ValueError or TypeError for what is none: missing figures, words, below zero."""
    levels = tuple(Level(**{key: _figure(value) for key, value in row.items()}) for row in rows)
    if not levels or any((levels[0].days, levels[0].posts, levels[0].quiet)):
        raise ValueError("the first level needs nothing")
    return levels


def read_figures(row: Mapping[str, Any]) -> Figures:
    return Figures(**{key: _figure(value) for key, value in row.items()})


def _figure(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_FIGURE:
        raise ValueError(value)
    return value


def as_data(one: Level | Figures) -> dict[str, int]:
    return asdict(one)


MOST_FIGURE = 100_000
# The least and the most of each figure: with a smaller `same_hold` everything would wait, and slow modes have bounds of their own.
FIGURE_BOUNDS: dict[str, tuple[int, int]] = {
    "same_hours": (1, 720), "same_hold": (2, 100), "same_refuse": (2, 100), "same_shortest": (1, 200),
    "wave_people": (0, 1000), "wave_minutes": (1, 1440), "wave_slow": (LEAST_SLOW, MOST_SLOW), "wave_hours": (1, MOST_SLOW_HOURS),
    "unheard": (0, 100), "unheard_day": (0, 100),
}  # fmt: skip
LEVEL_FIELDS = tuple(field.name for field in fields(Level))
FIGURE_FIELDS = tuple(field.name for field in fields(Figures))


def same(text: str) -> str:
    """A text as it counts for “the same text”."""
    return "".join(fold(text).split())


def hits(text: str, words: Iterable[str]) -> list[str]:
    """The listed words that stand in a text, spaces between its signs left out."""
    plain = same(text)
    return [word for word in words if same(word) in plain]
