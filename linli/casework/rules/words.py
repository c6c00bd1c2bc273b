"""The closed sets around a case, and its limits. Pure."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.people.api import BodyKind, Role

TITLE, TEXT, WISH, REASON, ANSWER, SPOT, NAME = 60, 3000, 300, 300, 4000, 120, 40
CODE_LENGTH = 15  # 14 random digits and their check digit (ISO/IEC 7064 MOD 11,10)
MOST_PICTURES = 6  # of the report; as many again of the work
MOST_RETURNS, MOST_EXTENSIONS, MOST_ATTEMPTS, MOST_REOPENS, MOST_APPEALS = 2, 1, 3, 1, 1
MOST_OPEN = 20  # cases that one person may have waiting at once
STARS = (1, 2, 3, 4, 5)
DRAFTS_LIVE = timedelta(days=7)
REOPEN_WITHIN = timedelta(days=14)
CALLS_WITHIN = timedelta(days=14)  # after this nobody is called any more: not contacted
ARCHIVED_AFTER = timedelta(days=180)
ALIKE_WITHIN = timedelta(days=30)
LONGEST_SUSPENSION = timedelta(days=180)
LONGEST_EXTENSION = timedelta(days=30)


class CaseKind(models.TextChoices):
    REQUEST = "request", _("报修求助")
    COMPLAINT = "complaint", _("投诉")
    SUGGESTION = "suggestion", _("建议")
    ENQUIRY = "enquiry", _("咨询")


class Urgency(models.TextChoices):
    EMERGENCY = "emergency", _("有危险，马上来")
    URGENT = "urgent", _("急，停水停电停梯")
    ORDINARY = "ordinary", _("一般")
    LONG = "long", _("情况复杂")


class Channel(models.TextChoices):
    WEB = "web", _("网上")
    PHONE = "phone", _("电话")
    COUNTER = "counter", _("窗口")
    POST = "post", _("论坛转来")
    API = "api", _("接口")


class Visibility(models.TextChoices):
    """Private unless the reporter asked for the public and the desk approved a redacted text."""

    PRIVATE = "private", _("不公开")
    ASKED = "asked", _("愿意公开，等审核")
    PUBLIC = "public", _("公开")


class Secrecy(models.TextChoices):
    NAMED = "named", _("实名，办的单位知道是我")
    CONFIDENTIAL = "confidential", _("保密，只有受理的人知道是我")
    ANONYMOUS = "anonymous", _("匿名，谁也不知道是我")


class Result(models.TextChoices):
    SOLVED = "solved", _("解决了")
    EXPLAINED = "explained", _("解释说明")
    UNREASONABLE = "unreasonable", _("诉求不合理")
    UNREACHED = "unreached", _("联系不上")
    WITHDRAWN = "withdrawn", _("撤回")
    DUPLICATE = "duplicate", _("并案")


class Outcome(models.TextChoices):
    YES = "yes", _("解决了")
    PARTLY = "partly", _("解决了一部分")
    NO = "no", _("没解决")


class Moment(models.TextChoices):
    """What a picture shows."""

    REPORT = "report", _("反映时")
    BEFORE = "before", _("办之前")
    AFTER = "after", _("办完后")
    EVIDENCE = "evidence", _("凭据")
    SIGNATURE = "signature", _("签字")


class Task(models.TextChoices):
    """What an assignment gives: the desk of a case, or its work."""

    DESK = "desk", _("受理")
    WORK = "work", _("主办")
    JOINT = "joint", _("协办")


class Alarm(models.IntegerChoices):
    """How far the running clock is: 50 % remind, 80 % yellow, 100 % red to the leader, beyond: supervised (督办)."""

    NONE = 0, _("正常")
    REMINDED = 50, _("过半")
    YELLOW = 80, _("快到期")
    RED = 100, _("超期")
    SUPERVISED = 150, _("督办")


B, R = BodyKind, Role
# Who may be the desk of a case: the residents' committee of its community, the street, the district.
DESKS = (B.RESIDENTS_COMMITTEE, B.STREET_OFFICE, B.DISTRICT)
# Who may be given the work.
UNITS = (
    B.PROPERTY_COMPANY, B.OWNERS_COMMITTEE, B.SERVICE_STATION, B.RESIDENTS_COMMITTEE, B.STREET_OFFICE, B.DEPARTMENT, B.DISTRICT,
)  # fmt: skip
WORKING = frozenset(
    {R.PROPERTY_COMPANY, R.OWNERS_COMMITTEE, R.SERVICE_STATION, R.RESIDENTS_COMMITTEE, R.STREET_OFFICE, R.DISTRICT}
)


def code_text(code: str) -> str:
    """The code as it is read aloud: groups of five digits."""
    return " ".join(code[at : at + 5] for at in range(0, len(code), 5))


def plain_code(typed: str) -> str:
    """What was typed, digits alone (spaces and dashes are how people write it)."""
    return "".join(char for char in typed if char.isascii() and char.isdigit())
