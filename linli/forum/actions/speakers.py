"""What moderation keeps of a person when his account is closed, or joined with another of his."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ..models import Appeal, Pause, Report
from ..speech_rules import AppealState, ReportState
from .appeals import lapse_appeal


@transaction.atomic
def forget_speaker(*, person: UUID, now: datetime) -> None:
    """His words in reports and appeals go; open ones lapse. The acts stay: they name nobody."""
    for appeal in Appeal.objects.filter(by=person, state=AppealState.LODGED).select_related("act"):
        lapse_appeal(act=appeal.act, now=now)
    Appeal.objects.filter(by=person).update(words="")
    Report.objects.filter(by=person).update(words="")
    Pause.objects.filter(person=person, ended_at=None).update(ended_at=now)


@transaction.atomic
def merge_speakers(*, keep: UUID, drop: UUID, now: datetime) -> None:
    """Pauses, reports and appeals go with him. Acts are append-only: `queries.standing` reads both accounts."""
    both = Report.objects.filter(by=keep, state=ReportState.OPEN).values("post")
    Report.objects.filter(by=drop, state=ReportState.OPEN, post__in=both).delete()
    Report.objects.filter(by=drop).update(by=keep)
    Appeal.objects.filter(by=drop).update(by=keep)
    Pause.objects.filter(person=drop).update(person=keep)
