"""The life of an event and of a sign-up, who moves up, and what counts as in time. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.common.clock import local_date, start_of
from linli.common.errors import UserError
from linli.common.money import parse_fen
from linli.common.states import Row, StateTable, register

MOST_COMPANIONS = 4
MOST_PLACES = 5000
MOST_FEE = 1_000_000  # fen
TITLE, WHERE, CONTACT, TEXT, REASON, NOTE = 40, 60, 60, 4000, 120, 120
REMIND_BEFORE = timedelta(hours=24)
DOOR_OPEN_AFTER = timedelta(hours=24)  # how long after its end latecomers can still be noted
SHOWN_CANCELLED = timedelta(days=60)


class EventState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    OPEN = "open", _("已发布")
    CLOSED = "closed", _("报名截止")
    HELD = "held", _("已办完")
    CANCELLED = "cancelled", _("已取消")


E = EventState
EVENT = register(
    StateTable(
        "event",
        E.DRAFT,
        [
            Row(E.DRAFT, "publish", E.OPEN, "organiser", guard="is_ahead", effects=("tell_published",)),
            Row(E.DRAFT, "cancel", E.CANCELLED, "organiser"),
            Row(E.OPEN, "close", E.CLOSED, "organiser | time"),
            Row(E.CLOSED, "reopen", E.OPEN, "organiser", guard="is_ahead"),
            Row(E.OPEN, "hold", E.HELD, "time", effects=("tell_held",)),
            Row(E.CLOSED, "hold", E.HELD, "time", effects=("tell_held",)),
            Row(E.OPEN, "cancel", E.CANCELLED, "organiser", effects=("tell_cancelled",)),
            Row(E.CLOSED, "cancel", E.CANCELLED, "organiser", effects=("tell_cancelled",)),
        ],
        final=[E.HELD, E.CANCELLED],
        states=E,
        says="An event from its draft to the evening after; that it is full follows from its sign-ups.",
    )
)
COMING = (E.OPEN, E.CLOSED)  # published and not over
PUBLIC = (
    E.OPEN,
    E.CLOSED,
    E.HELD,
    E.CANCELLED,
)  # a cancelled draft was never published: see Event.published_at


class Done(models.TextChoices):
    """What an event's history says; the table's events and the changes of its facts."""

    CREATE = "create", _("写了草稿")
    CHANGE = "change", _("改了内容")
    MOVE = "move", _("改了时间或地点，告诉了报名的人")
    PUBLISH = "publish", _("发布了")
    CLOSE = "close", _("报名截止")
    REOPEN = "reopen", _("重新开放报名")
    CANCEL = "cancel", _("取消了")
    HOLD = "hold", _("办完了")


class SignupState(models.TextChoices):
    GOING = "going", _("已报名")
    WAITING = "waiting", _("候补")
    GONE = "gone", _("已取消")


U = SignupState
SIGNUP = register(
    StateTable(
        "signup",
        U.GOING,
        [
            Row(U.GOING, "cancel", U.GONE, "self | organiser"),
            Row(U.WAITING, "promote", U.GOING, "places"),
            Row(U.WAITING, "cancel", U.GONE, "self | organiser"),
            Row(U.GONE, "join", U.GOING, "self | organiser"),
            Row(U.GONE, "queue", U.WAITING, "self | organiser"),
        ],
        states=U,
        says="A person's one row at an event; who comes back after cancelling stands at the end of the line.",
    )
)


class How(models.TextChoices):
    """How somebody's word was given."""

    ONLINE = "online", _("本人在网上报的")
    COUNTER = "counter", _("本人当面说的")
    PHONE = "phone", _("本人在电话里说的")
    MANDATE = "mandate", _("受托人替他报的")


@dataclass(frozen=True)
class Waiting:
    """Who waits, and how many places his party needs."""

    key: object
    seats: int


def room(capacity: int | None, taken: int) -> int | None:
    """How many places are left; None without a limit."""
    return None if capacity is None else max(capacity - taken, 0)


def fits(capacity: int | None, taken: int, seats: int) -> bool:
    return capacity is None or taken + seats <= capacity


def promoted(capacity: int | None, taken: int, queue: Iterable[Waiting]) -> list[object]:
    """Whose turn has come, in order. Nobody overtakes: a party that does not fit holds up those behind it, unless it
    could never fit."""
    found: list[object] = []
    for one in queue:
        if capacity is not None and one.seats > capacity:
            continue
        if not fits(capacity, taken, one.seats):
            break
        taken += one.seats
        found.append(one.key)
    return found


def check_times(*, starts: datetime, ends: datetime, signup_until: datetime | None) -> None:
    """Raises UserError at the field that is wrong."""
    if ends <= starts:
        raise UserError(_("结束时间要在开始以后"), field="ends")
    if ends - starts > timedelta(days=31):
        raise UserError(_("一个活动最长 31 天；更长的请分开发"), field="ends")
    if signup_until is not None and signup_until > ends:
        raise UserError(_("报名截止不能晚于活动结束"), field="signup_until")


def remind_at(starts: datetime) -> datetime:
    return starts - REMIND_BEFORE


def door_is_open(starts: datetime, ends: datetime, now: datetime) -> bool:
    """Check-in: from the morning of the day until a day after the end."""
    return start_of(local_date(starts)) <= now <= ends + DOOR_OPEN_AFTER


def days_of(starts: datetime, ends: datetime) -> tuple[date, date]:
    """First and last day; an end at midnight belongs to the evening before."""
    last = local_date(ends - timedelta(seconds=1))
    return local_date(starts), max(last, local_date(starts))


def parse_fee(text: str) -> int:
    """As fen. Raises UserError (fee)."""
    return parse_fen(text, most=MOST_FEE)
