"""Budgets against guessing and flooding, counted in the database (ASVS 6.3.1, 6.6.3)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.common.clock import SKEW
from linli.common.errors import UserError
from linli.common.sealed import digests

from ..account_rules import BUDGETS, CODE_PAUSE, KEPT, Try
from ..models import Attempt

TOO_MANY = {
    Try.CODE_TO: _("今天已向这里发过 5 次验证码。明天再试，或打电话给我们"),
    Try.CODE_FROM: _("这个网络取验证码的人太多。过一小时再试，或换手机流量"),
    Try.CODE: _("验证码已输错 5 次，作废了。请重新取一个"),
    Try.PASSWORD: _("今天密码已输错 5 次。请改用验证码登录，或明天再试"),
    Try.PASSWORD_FROM: _("这个网络输错密码的次数太多。过一小时再试，或用验证码登录"),
    Try.FACTOR: _("第二重验证输错的次数太多。过 5 分钟再试"),
    Try.HOME_CODE: _("今天入户码已输错 10 次。明天再试，或选别的办法"),
    Try.HOME_CODE_FROM: _("这个网络输错入户码的次数太多。过一小时再试，或选别的办法"),
    Try.REPORT_FROM: _("这个网络提交得太多了。写的还在，过一小时再提交，或登录后提交，急事打电话"),
    Try.CASE_FROM: _("这个网络输错的次数太多。过一小时再试，或打电话凭查询码问"),
    Try.CASE_CODE: _("今天口令已输错 10 次。明天再试，或打电话凭查询码问"),
}


class TooMany(UserError):
    """A budget is used up."""


def hash_of(kind: Try, key: str) -> str:
    return digests(f"attempt|{kind}", key)[0]


def count_try(*, kind: Try, key: str, now: datetime) -> Attempt:
    """Count one try. Raises TooMany where a budget is used up.

    Written first and counted afterwards, so that tries at the same moment never pass together; call it
    outside of a transaction.
    """
    row = Attempt.objects.create(kind=kind, key_hash=hash_of(kind, key), at=now)
    rows = Attempt.objects.filter(kind=kind, key_hash=row.key_hash)
    for budget in BUDGETS[kind]:
        if rows.filter(at__gt=budget.since(now), at__lt=now + SKEW).count() > budget.amount:
            if kind != Try.CODE:
                row.delete()
            raise TooMany(TOO_MANY[kind])
    return row


def refuse_if_full(*, kind: Try, key: str, now: datetime) -> None:
    """Raise TooMany where nothing is left, without counting."""
    rows = Attempt.objects.filter(kind=kind, key_hash=hash_of(kind, key))
    for budget in BUDGETS[kind]:
        if rows.filter(at__gt=budget.since(now), at__lt=now + SKEW).count() >= budget.amount:
            raise TooMany(TOO_MANY[kind])


def seconds_to_wait(*, key: str, now: datetime) -> int:
    """How long until the next code may be sent to the number; 0: at once."""
    row = Attempt.objects.filter(kind=Try.CODE_TO, key_hash=hash_of(Try.CODE_TO, key), at__lt=now + SKEW).order_by("-at").first()
    left = (row.at + CODE_PAUSE - now).total_seconds() if row else 0
    return max(0, min(int(CODE_PAUSE.total_seconds()), int(left + 0.999)))


def spend_once(*, key: str, now: datetime) -> bool:
    """Whether this is the first use of a one-time secret."""
    try:
        with transaction.atomic():
            Attempt.objects.create(kind=Try.SPENT, key_hash=hash_of(Try.SPENT, key), at=now)
    except IntegrityError:
        return False
    return True


def forget_old(*, now: datetime) -> int:
    """Delete counted tries that no budget looks at any more."""
    return Attempt.objects.filter(at__lt=now - KEPT).delete()[0]
