"""The shared mechanisms' own gauges."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.db.models import Count

from linli.common.backup import book
from linli.common.models import Job

from .metrics import Sample, gauge


@gauge
def jobs(now: datetime) -> Iterator[Sample]:
    """A job that never went well has no age; its being overdue shows."""
    for job in Job.objects.order_by("name"):
        labels = {"job": job.name.removeprefix("linli.")}
        if job.last_ok:
            age = max(0.0, (now - job.last_ok).total_seconds())
            yield Sample("linli_job_age_seconds", "Seconds since a periodic job last went well.", age, labels)
        late = max(0.0, (now - job.due).total_seconds())
        yield Sample("linli_job_overdue_seconds", "Seconds since a periodic job was due.", late, labels)


@gauge
def outbox(now: datetime) -> Iterator[Sample]:
    try:
        rows = apps.get_model("linli_common", "OutboxRow").objects
    except LookupError:
        return
    for state, number in rows.exclude(state__in=("done", "given_up")).order_by().values_list("state").annotate(Count("pk")):
        yield Sample("linli_outbox_rows", "Rows of the outbox that are not done.", number, {"state": state})


@gauge
def backups(now: datetime) -> Iterator[Sample]:
    done = book.read(settings.LINLI_DATA)
    for name, moment in (("backup", done.backup_at), ("drill", done.drill_at)):
        if moment:
            text = "Seconds since the last backup or drill that went well."
            yield Sample("linli_backup_age_seconds", text, max(0.0, (now - moment).total_seconds()), {"kind": name})
