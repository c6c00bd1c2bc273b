"""The closed sets of messaging, what proves what, and when a message may ring. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.common.clock import SHANGHAI

BATCH = 100  # persons of one outbox row
AT_ONCE = 20  # up to so many persons are told in the caller's own transaction
DIGEST_HOUR = 8
KEPT = timedelta(days=730)


class Channel(models.TextChoices):
    INBOX = "inbox", _("收件箱")
    SMS = "sms", _("短信")
    EMAIL = "email", _("邮件")


FAR = (Channel.SMS, Channel.EMAIL)


class Level(models.IntegerChoices):
    """How far it came, as far as it is proved. It only ever rises, so the order of receipts does not matter."""

    NO_ADDRESS = 0, _("没留号码或邮箱")
    UNWANTED = 1, _("本人不收")
    QUEUED = 10, _("等着发出")
    HANDED_OVER = 20, _("已交出")
    FAILED = 30, _("没送到")
    DELIVERED = 40, _("已送达")
    OPENED = 50, _("已看")
    ACKNOWLEDGED = 60, _("已确认收到")


PROVED = Level.DELIVERED  # from here on the person has it, as far as a machine can tell


class Group(models.TextChoices):
    """What a message is about; preferences are set by it."""

    AFFAIRS = "affairs", _("我办的事")
    NOTICES = "notices", _("社区和街道的通知")
    DUTY = "duty", _("我的岗位")
    TALK = "talk", _("论坛里的话题")


class Mode(models.TextChoices):
    OFF = "off", _("不收")
    NOW = "now", _("马上发")
    DAILY = "daily", _("每天一封，早上 8 点")
    WEEKLY = "weekly", _("每周一封，周一早上 8 点")


# Without a wish of his own one is told at once; of talk in one mail a day.
USUAL = {(Group.TALK, Channel.SMS): Mode.OFF, (Group.TALK, Channel.EMAIL): Mode.DAILY}
MODES = {Channel.SMS: (Mode.NOW, Mode.OFF), Channel.EMAIL: (Mode.NOW, Mode.DAILY, Mode.WEEKLY, Mode.OFF)}
PERIODS = (Mode.DAILY, Mode.WEEKLY)
QUIET = (22, 7)  # from this hour to that one nothing rings


def usual(group: str, channel: str) -> Mode:
    """How a kind of message is told to somebody who never said how."""
    return USUAL.get((Group(group), Channel(channel)), Mode.NOW)


def quiet_until(moment: datetime, since: int, until: int) -> datetime:
    """The moment itself, or the end of the quiet hours (Shanghai) in which it lies. Equal hours: never quiet."""
    local = moment.astimezone(SHANGHAI)
    if since == until:
        return moment
    if since < until:
        inside, day = since <= local.hour < until, local.date()
    else:
        inside = local.hour >= since or local.hour < until
        day = local.date() + timedelta(days=local.hour >= since)
    return datetime.combine(day, time(until), SHANGHAI) if inside else moment


def period_start(mode: str, moment: datetime) -> datetime:
    """When the newest period for a digest began: today or this Monday at 8:00 in Shanghai, or the one before."""
    local = moment.astimezone(SHANGHAI)
    day: date = local.date()
    if mode == Mode.WEEKLY:
        day -= timedelta(days=day.weekday())
    start = datetime.combine(day, time(DIGEST_HOUR), SHANGHAI)
    return start if start <= moment else start - timedelta(days=7 if mode == Mode.WEEKLY else 1)
