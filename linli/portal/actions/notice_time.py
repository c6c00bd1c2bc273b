"""What time does to notices."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ..models import Notice
from ..notice_rules import NoticeState
from .notice_steps import locked, move

S = NoticeState


def publish_due(*, now: datetime, most: int = 200) -> int:
    """Publish what was checked and whose hour has come; how many. What is past its end by then lapses."""
    done = 0
    for pk in (
        Notice.objects.filter(state=S.CHECKED, publish_at__lte=now)
        .order_by("publish_at")
        .values_list("pk", flat=True)[:most]
    ):
        with transaction.atomic():
            notice = locked(pk)
            if notice.state != S.CHECKED:
                continue
            if notice.valid_until <= now:
                move(notice, "lapse", None, now, ended_at=now)
            else:
                move(notice, "publish", None, now, published_at=now)
                done += 1
    return done


def expire_due(*, now: datetime, most: int = 500) -> int:
    """End what is no longer right; how many. Lists have left it out since the moment itself."""
    keys = list(
        Notice.objects.filter(state=S.PUBLISHED, valid_until__lte=now)
        .order_by("valid_until")
        .values_list("pk", flat=True)[:most]
    )
    for pk in keys:
        with transaction.atomic():
            notice = locked(pk)
            if notice.state == S.PUBLISHED:
                move(notice, "expire", None, now, ended_at=notice.valid_until)
    return len(keys)
