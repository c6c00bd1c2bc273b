"""The closed sets of the forum and what follows from them. Pure: no ORM queries, no clock."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

PAGE = 20  # posts on a page: numbers 1–20, 21–40 …
TITLE, TEXT, NAME, LEAD, TAG = 60, 20_000, 30, 160, 12
ALT, BADGE, SAID = 120, 60, 240
MOST_PICTURES, MOST_MENTIONS, MOST_TAGS = 9, 10, 5


class Audience(models.TextChoices):
    """Who may read, or write, on a board."""

    PUBLIC = "public", _("所有人")  # for reading only
    MEMBERS = (
        "members",
        _("本地居民和为本地服务的单位"),
    )  # verified homes and posts at or above or below the place
    OWN = "own", _("发的人自己和处理的单位")  # a complaint box
    OFFICES = "offices", _("各单位")


class Approval(models.TextChoices):
    """What waits for a moderator before others see it."""

    NONE = "none", _("直接发出")
    NEW = "new", _("新人先审")
    ALL = "all", _("都先审")


class PostState(models.TextChoices):
    SHOWN = "shown", _("看得见")
    WAITING = "waiting", _("等审核")  # seen by its author and the moderators
    HIDDEN = (
        "hidden",
        _("被隐去"),
    )  # the text is kept; readers see that something stood here, the rule and the reason
    ERASED = "erased", _("依法删除")  # nothing is kept but its number


class Standing(models.TextChoices):
    """What an author is on the board where he writes."""

    OWNER = "owner", _("业主")
    LIVES = "lives", _("住户")
    MEMBER = "member", _("社区成员")
    STAFF = "staff", _("工作人员")  # in his own name while a post acts


class Pin(models.IntegerChoices):
    NONE = 0, _("不置顶")
    PINNED = 1, _("置顶")
    IMPORTANT = 2, _("重要")
    URGENT = 3, _("紧急")


class Reacts(models.TextChoices):
    """Two that say something, instead of a hundred."""

    AGREE = "agree", _("同感")
    THANK = "thank", _("感谢")


class Following(models.IntegerChoices):
    MUTED = -1, _("不再提醒")
    NONE = 0, _("不关注")
    FOLLOWED = 1, _("关注")


def page_of(number: int) -> int:
    """The page that a post's number stands on."""
    return (number - 1) // PAGE + 1


def numbers_of(page: int) -> tuple[int, int]:
    """The first and last post number of a page."""
    return (page - 1) * PAGE + 1, page * PAGE
