"""Notices as lines of lists: tags, who issued them, for whom, until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.areas.api import title
from linli.common import clock
from linli.design import dates
from linli.design.light import plain
from linli.people.api import Actor
from linli.sites.api import Site

from .models import Notice
from .notice_queries import home_keys, homes_meant, unread
from .notice_rules import NoticeLevel, NoticeState

TONES = {
    NoticeState.DRAFT: "", NoticeState.WAITING: "wait", NoticeState.CHECKED: "accent", NoticeState.PUBLISHED: "good",
    NoticeState.EXPIRED: "", NoticeState.WITHDRAWN: "over", NoticeState.CORRECTED: "",
}  # fmt: skip


def until_words(notice: Notice, now: datetime) -> str:
    """`有效到 5月29日`, or with the hour where it ends inside a day."""
    if notice.ends_with_its_day:
        return _("有效到 %(when)s") % {"when": dates.day_text(notice.last_day, now)}
    return _("有效到 %(when)s") % {"when": dates.moment_text(notice.valid_until, now)}


def audience_words(notice: Notice) -> str:
    """`纺机新村 3、4 幢`, or the place."""
    name = title(notice.place)
    return f"{name} {notice.audience}" if notice.audience else name


def tags_of(notice: Notice, *, mine: bool = False) -> list[dict[str, str]]:
    tags = [{"text": notice.issuer.name, "kind": "accent"}]
    if notice.level == NoticeLevel.URGENT:
        tags.insert(0, {"text": pgettext("level of a notice", "紧急"), "kind": "bad", "icon": "alert"})
    elif notice.level == NoticeLevel.IMPORTANT:
        tags.insert(0, {"text": pgettext("level of a notice", "重要"), "kind": "wait", "icon": "flag"})
    if notice.corrects_id:
        tags.insert(0, {"text": _("更正"), "kind": "wait", "icon": "edit"})
    if notice.pinned:
        tags.insert(0, {"text": _("置顶"), "kind": "", "icon": "pin"})
    if mine:
        tags.append({"text": _("说的是您那幢"), "kind": "good", "icon": "home"})
    return tags


def lines_of(actor: Actor, notices: Iterable[Notice], site: Site | None = None) -> list[dict[str, Any]]:
    """Lines for `design/box.html`; the lamp is lit on what was written to the reader and not opened."""
    rows, now = list(notices), clock.now()
    homes = home_keys(actor)
    new = unread(actor, rows, homes)
    lines = []
    for notice in rows:
        meta = [dates.moment_text(notice.published_at, now)] if notice.published_at else []
        if notice.audience:
            meta.append(_("给%(who)s") % {"who": audience_words(notice) if site is None else notice.audience})
        elif site is None or site.pk != notice.site_id:
            meta.append(title(notice.place))
        mine = bool(notice.buildings and homes_meant(notice, homes))
        lines.append(
            {
                "title": notice.title, "url": notice.url, "tags": tags_of(notice, mine=mine), "meta": meta,
                "new": notice.pk in new,
            }
        )  # fmt: skip
    return lines


def urgent_words(notice: Notice, now: datetime) -> dict[str, Any]:
    """What is urgent, for `design/urgent.html`."""
    meta = [
        _("%(when)s 发布") % {"when": dates.moment_text(notice.published_at, now)} if notice.published_at else "",
        notice.issuer.name, until_words(notice, now),
    ]  # fmt: skip
    if notice.audience:
        meta.append(_("给%(who)s") % {"who": notice.audience})
    return {"title": notice.title, "url": notice.url, "text": notice.short or plain(notice.text), "meta": meta}
