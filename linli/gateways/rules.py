"""The closed sets of this app and the rules of trying again. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    SMS = "sms", _("短信")
    EMAIL = "email", _("邮件")


class Kind(models.TextChoices):
    """What a message is for. It decides what goes first, how long it is tried and how long it is kept."""

    CODE = "code", _("登录验证码")
    SECURITY = "security", _("账号安全")
    NOTICE = "notice", _("通知")


class State(models.TextChoices):
    QUEUED = "queued", _("等着发出")
    HANDED_OVER = "handed_over", _("已交给运营商")
    DELIVERED = "delivered", _("已送达")
    FAILED = "failed", _("没有发出去")


class Outcome(models.IntegerChoices):
    """What has been heard of a part, all in all, so that neither order nor number of receipts matters."""

    OPEN = 0, _("等回执")
    FAILED = 1, _("没有送到")
    DELIVERED = 2, _("已送达")
    BOTH = 3, _("两种回执都有")  # it is there; as long as another part is missing, the failure counts

    def and_then(self, heard: Outcome) -> Outcome:
        """With one more receipt."""
        return Outcome(self | heard)


def together(outcomes: list[Outcome], count: int) -> State:
    """The state of a message of so many parts: delivered only when every part has its receipt."""
    if len(outcomes) >= count and all(outcome & Outcome.DELIVERED for outcome in outcomes):
        return State.DELIVERED
    return State.FAILED if any(outcome & Outcome.FAILED for outcome in outcomes) else State.HANDED_OVER


URGENCY = {Kind.CODE: 0, Kind.SECURITY: 1, Kind.NOTICE: 5}
# A code that comes late helps nobody and confuses; it is not sent after its time.
USEFUL_FOR = {
    Kind.CODE: timedelta(minutes=5),
    Kind.SECURITY: timedelta(days=1),
    Kind.NOTICE: timedelta(days=3),
}
# How long recipient and text are kept after the hand-over, in a real instance and in a demo.
KEPT_FOR = {Kind.CODE: timedelta(0), Kind.SECURITY: timedelta(days=30), Kind.NOTICE: timedelta(days=30)}
KEPT_IN_DEMO = timedelta(hours=24)

LEASE = timedelta(seconds=60)  # longer than any timeout of an adapter
TIMEOUT = 10.0  # seconds that an adapter may take
MAX_ATTEMPTS = 12
PUT_BACK = timedelta(seconds=30)  # a clock put back by less is one being set right
THROTTLED = timedelta(seconds=15)  # after the other side has asked us to slow down; no failed attempt
_FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 10 s, 20 s, 40 s … at most an hour."""
    doublings = min(max(attempts, 1) - 1, 20)
    return min(LONGEST_PAUSE, _FIRST_PAUSE * (1 << doublings))


def is_given_up(*, attempts: int, expires_at: datetime, next_try: datetime) -> bool:
    """Whether trying again is pointless: too often, or the next try would come after the message's use."""
    return attempts >= MAX_ATTEMPTS or next_try >= expires_at


def kept_until(kind: Kind, since: datetime, *, demo: bool) -> datetime:
    """From when on recipient and text are emptied."""
    return since + (KEPT_IN_DEMO if demo else KEPT_FOR[kind])
