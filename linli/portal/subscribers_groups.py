"""Whoever asked for a group's site learns what became of it."""

from __future__ import annotations

from datetime import datetime

from linli.common.bus import subscribe
from linli.events.sites import GroupDecided
from linli.messaging.api import tell
from linli.sites.api import GroupApplication


@subscribe(GroupDecided)
def on_group_decided(event: GroupDecided, now: datetime) -> None:
    row = GroupApplication.objects.filter(pk=event.application_id, state__in=["opened", "refused"]).first()
    if row is None:
        return
    last = row.events.filter(state=row.state).order_by("pk").first()
    words = {"name": row.name, "reason": last.reason if last else ""}
    tell(template=f"group.{row.state}", key=f"group:{row.pk.hex}", person=row.by_id, context=words, place=row.place, now=now)
