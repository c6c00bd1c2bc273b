"""Notices as things that can be found: those that are out, and those whose time is over, the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from linli.search.api import Entry, register_kind

from .models import Notice
from .notice_rules import NoticeState

NOTICE = "notice"
_FINDABLE = (NoticeState.PUBLISHED, NoticeState.EXPIRED)


def describe_notices(rows: Iterable[Notice]) -> Iterator[Entry]:
    for notice in rows:
        if notice.state in _FINDABLE:
            text = " ".join(filter(None, [notice.audience, notice.issuer.name, notice.short, notice.text]))
            yield Entry(
                kind=NOTICE, subject=str(notice.pk), title=notice.title, url=notice.url, text=text, place=notice.place.path,
                at=notice.published_at,
            )  # fmt: skip


def _all() -> Iterator[Entry]:
    rows = Notice.objects.filter(state__in=_FINDABLE).select_related("issuer", "place").order_by("pk")
    return describe_notices(rows.iterator(500))


register_kind(NOTICE, _("公告"), _all, order=30)
