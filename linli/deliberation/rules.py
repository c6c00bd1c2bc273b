"""The life of a question, and what is counted. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.common.states import Row, StateTable, register
from linli.people.api import BodyKind, Role

TITLE, TEXT, ANSWER, REASON, ABOUT, HIDDEN_AS = 60, 3000, 4000, 300, 200, 240
TEMPLATE_TITLE, MOST_TEMPLATES = 40, 60
MOST_PICTURES = 4
MOST_TRANSFERS = 2
MOST_OPEN = 10  # questions that one person may have waiting at once
PAUSE_CAP = 5  # in the unit of the period, where the place's rule says nothing
GATHERS = timedelta(days=60)  # how long a joint question looks for signatures
SETTLES = timedelta(days=14)  # after an answer nobody contests
SIGNATURES, FEWEST, MOST_SIGNATURES = 20, 2, 2000
COUNTED = timedelta(days=90)  # what the public figures look back on
STARS = (1, 2, 3, 4, 5)


class QuestionState(models.TextChoices):
    ASKED = "asked", _("征集联署")
    ROUTED = "routed", _("等答复")
    TRANSFERRED = "transferred", _("转办，等答复")
    ANSWERED = "answered", _("已答复")
    ACCEPTED = "accepted", _("已认可")
    CONTESTED = "contested", _("有异议，等答复")
    ESCALATED = "escalated", _("已升级，等答复")
    CLOSED = "closed", _("已结束")


S = QuestionState
OWED = (S.ROUTED, S.TRANSFERRED, S.CONTESTED, S.ESCALATED)  # somebody owes an answer
SETTLED = (S.ANSWERED, S.ACCEPTED, S.CLOSED)
_FIRST = (S.ROUTED, S.TRANSFERRED)
QUESTION = register(
    StateTable(
        "question",
        S.ASKED,
        [
            Row(S.ASKED, "route", S.ROUTED, "asker | the last signature", effects=("announce",)),
            Row(S.ASKED, "withdraw", S.CLOSED, "asker"),
            Row(S.ASKED, "lapse", S.CLOSED, "time: too few signed"),
            *(Row(state, "transfer", S.TRANSFERRED, "office", guard="may_transfer") for state in _FIRST),
            *(Row(state, "pause", state, "office", guard="may_pause") for state in _FIRST),
            *(Row(state, "resume", state, "office | time: the cap") for state in _FIRST),
            *(Row(state, "withdraw", S.CLOSED, "asker", guard="may_withdraw") for state in _FIRST),
            *(Row(state, "note", state, "office | the office above") for state in OWED),
            *(Row(state, "assign", state, "office") for state in OWED),
            *(Row(state, "move", state, "a table of days") for state in OWED),
            *(Row(state, "escalate", S.ESCALATED, "time", effects=("announce",)) for state in OWED),
            *(
                Row(state, "answer", S.ANSWERED, "office | the office above", effects=("announce",))
                for state in OWED
            ),
            Row(S.ANSWERED, "rate", S.ANSWERED, "asker: not solved", guard="not_rated"),
            Row(S.ANSWERED, "accept", S.ACCEPTED, "asker: solved, or partly", guard="not_rated"),
            Row(S.ANSWERED, "contest", S.CONTESTED, "asker", guard="may_contest", effects=("announce",)),
            Row(S.ANSWERED, "close", S.CLOSED, "time"),
            Row(S.ACCEPTED, "close", S.CLOSED, "time"),
        ],
        final=[S.CLOSED],
        states=S,
        says="A question from the first word to its end. Whether it is overdue is computed from its due date, never typed.",
    )
)


class Done(models.TextChoices):
    """What the history of a question says: the events of the table, its first word, and a signature too many to name."""

    ASK = "ask", _("提出问题")
    ROUTE = "route", _("交办")
    WITHDRAW = "withdraw", _("撤回")
    LAPSE = "lapse", _("联署没满，到期")
    TRANSFER = "transfer", _("转办")
    PAUSE = "pause", _("停表")
    RESUME = "resume", _("恢复计时")
    NOTE = "note", _("进展")
    ASSIGN = "assign", _("换负责人")
    MOVE = "move", _("期限改期")
    ESCALATE = "escalate", _("升级")
    ANSWER = "answer", _("答复")
    RATE = "rate", _("评价")
    ACCEPT = "accept", _("认可")
    CONTEST = "contest", _("提出异议")
    CLOSE = "close", _("结束")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("公开，显示我的称呼")
    NAMELESS = "nameless", _("公开，不显示我是谁")
    PRIVATE = "private", _("不公开，只有我和答复的单位看得到")


class Theme(models.TextChoices):
    """What a question is about. Data: the words may change, the values stay."""

    FEES = "fees", _("费用账目")
    REPAIR = "repair", _("维修保养")
    LIFT = "lift", _("电梯")
    PARKING = "parking", _("停车充电")
    CLEAN = "clean", _("环境卫生")
    NOISE = "noise", _("噪声扰民")
    SAFETY = "safety", _("安全消防")
    CARE = "care", _("老人孩子")
    POLICY = "policy", _("政策办事")
    OTHER = "other", _("别的事")


class Solved(models.TextChoices):
    YES = "yes", _("解决了")
    PARTLY = "partly", _("解决了一部分")
    NO = "no", _("没解决")


B, R = BodyKind, Role
# Whom one may ask, in the order in which they are offered.
ASKABLE = (B.PROPERTY_COMPANY, B.OWNERS_COMMITTEE, B.RESIDENTS_COMMITTEE, B.SERVICE_STATION, B.STREET_OFFICE)
ANSWERING = frozenset(
    {
        R.PROPERTY_COMPANY,
        R.OWNERS_COMMITTEE,
        R.RESIDENTS_COMMITTEE,
        R.SERVICE_STATION,
        R.STREET_OFFICE,
        R.DISTRICT,
    }
)
_PATH = re.compile(r"/(?:[\w.~-]+/)*[\w.~-]*", re.ASCII)


def number_text(year: int, serial: int) -> str:
    """`26-0473`, as it is quoted."""
    return f"{year % 100:02d}-{serial:04d}"


def is_path(text: str) -> bool:
    """Whether it is an address inside this site: a path alone, nothing that leads elsewhere."""
    return len(text) <= ABOUT and not text.startswith("//") and _PATH.fullmatch(text) is not None


def twice_median(values: Iterable[int]) -> int | None:
    """Twice the median, so that it stays an integer; None of nothing."""
    rows: Sequence[int] = sorted(values)
    if not rows:
        return None
    return rows[(len(rows) - 1) // 2] + rows[len(rows) // 2]


def per_mille(part: int, whole: int) -> int | None:
    """The share in thousandths, half up; None of nothing."""
    return None if not whole else (2000 * part + whole) // (2 * whole)
