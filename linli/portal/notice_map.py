"""Notices in the map for search engines."""

from __future__ import annotations

from collections.abc import Iterator

from linli.sites.api import MapEntry, Site, list_in_map

from .models import Notice
from .notice_rules import NoticeState


def pages(site: Site) -> Iterator[MapEntry]:
    """What was published here and stands, ended ones too; what was withdrawn or corrected is not looked for."""
    rows = Notice.objects.filter(site=site, state__in=(NoticeState.PUBLISHED, NoticeState.EXPIRED)).order_by(
        "-published_at", "-pk"
    )
    for notice in rows.only("pk", "published_at", "ended_at").iterator(chunk_size=500):
        yield MapEntry(notice.url, notice.ended_at or notice.published_at)


list_in_map(pages)
