"""The desk of notices: written, waiting, scheduled, out; and who has opened one."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.areas.api import Area, Level, full_name
from linli.common import clock
from linli.common.privacy_check import find_private, say_findings
from linli.design import dates
from linli.people.api import Actor, P, holds, may, needs

from .. import notice_access as access
from .. import notice_desk_queries as queries
from ..actions.notice_reads import note_look
from ..models import Notice, NoticeEvent
from ..notice_forms import PRIVATE
from ..notice_lines import TONES, audience_words, tags_of, until_words
from ..notice_queries import homes_that_opened
from ..notice_rules import READABLE, NoticeState
from ..notice_small_forms import ReasonForm
from ..permissions import N
from .notices import body_of

PAGE = 25


def actor_of(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def one(request: HttpRequest, pk: UUID) -> Notice:
    """A notice of the actor's desk; 404 for any other."""
    rows = Notice.objects.select_related(
        "place", "issuer", "site__place", "site__body", "writer", "checker", "corrects"
    )
    notice = rows.filter(pk=pk).first()
    if notice is None or not access.may_see(actor_of(request), notice):
        raise Http404
    return notice


@needs(N.NOTICE_DESK, groups=True)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for a check first, where there is any; else one's own."""
    actor = actor_of(request)
    waiting = queries.waiting_count(actor)
    show = request.GET.get("show", "")
    if show not in queries.SHOWS:
        show = "waiting" if waiting else "mine"
    labels = {
        "mine": _("我写的"), "waiting": _("等核"), "scheduled": _("定了时间"), "published": _("已发布"), "ended": _("以前的"),
    }  # fmt: skip
    page = Paginator(queries.desk_rows(actor, show), PAGE).get_page(request.GET.get("page"))
    context = {
        "shows": [{"key": key, "label": labels[key], "n": waiting if key == "waiting" else 0} for key in queries.SHOWS],
        "show": show, "label": labels[show], "page": page, "rows": [_row(actor, notice) for notice in page.object_list],
        "may_write": holds(actor, N.NOTICE_WRITE),
    }  # fmt: skip
    return render(request, "portal/notices/desk.html", context)


def _row(actor: Actor, notice: Notice) -> dict[str, Any]:
    now = clock.now()
    when = {
        NoticeState.CHECKED: _("%(when)s 发") % {"when": dates.moment_text(notice.publish_at, now)}
        if notice.publish_at
        else "",
        NoticeState.PUBLISHED: until_words(notice, now),
    }.get(NoticeState(notice.state), "")
    last = notice.published_at or notice.created_at
    return {
        "notice": notice, "place": audience_words(notice), "tone": TONES[NoticeState(notice.state)],
        "state": NoticeState(notice.state).label, "when": when, "at": dates.moment_text(last, now),
        "yours": access.may_check(actor, notice), "mine": notice.writer_id == actor.person_id,
    }  # fmt: skip


@needs(N.NOTICE_DESK, groups=True)
@require_safe
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    return show(request, one(request, pk))


def show(request: HttpRequest, row: Notice, *, status: int = 200, **extra: Any) -> HttpResponse:
    """One notice with what the actor may do with it now. `extra`: a form with its errors."""
    actor, now = actor_of(request), clock.now()
    context = {
        "notice": row, "tags": tags_of(row), "state": NoticeState(row.state).label, "tone": TONES[NoticeState(row.state)],
        "audience": audience_words(row), "until": until_words(row, now), "readable": row.state in READABLE,
        "steps": [_step(event) for event in queries.history(row)], "warnings": _private(row),
        "may_edit": access.may_edit(actor, row), "may_check": access.may_check(actor, row),
        "may_take_back": access.may_take_back(actor, row), "may_withdraw": access.may_withdraw(actor, row),
        "may_correct": access.may_correct(actor, row), "own_waiting": row.state == NoticeState.WAITING and row.writer_id == actor.person_id,
        "homes": homes_that_opened(row) if row.published_at else 0,
        "form": ReasonForm(initial={"version": row.version}), **body_of(row), **extra,
    }  # fmt: skip
    return render(request, "portal/notices/desk_one.html", context, status=status)


def _private(row: Notice) -> list[str]:
    """What its writer said may stand there; whoever checks sees it named again."""
    if row.state not in (NoticeState.WAITING, NoticeState.DRAFT):
        return []
    found = [one for name in PRIVATE for one in find_private(getattr(row, name), known=[row.issuer.phone])]
    return [say_findings(found)] if found else []


def _step(event: NoticeEvent) -> dict[str, Any]:
    """One line of the history."""
    words = {
        "write": _("写好草稿"), "submit": _("交去核"), "take_back": _("取回来改"), "check": _("核过了"), "return": _("退回"),
        "publish": _("发布"), "expire": _("到期"), "withdraw": _("撤下"), "correct": _("由更正代替"), "drop": _("扔掉草稿"),
        "lapse": _("没赶上发布就过期"),
    }  # fmt: skip
    who = event.by.display_name if event.by else _("系统，到时间自动办")
    return {
        "title": words.get(event.event, event.event),
        "meta": [dates.moment_text(event.at, clock.now()), who],
        "text": event.reason,
    }


@needs(N.NOTICE_DESK, groups=True)
@require_safe
def readers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How many homes have opened it, place by place; which doors, for whom the chart of the building is open too."""
    row, actor = one(request, pk), actor_of(request)
    if row.published_at is None:
        raise Http404
    at = _place_in(row, request.GET.get("at", "")) or row.place
    doors = at.level == Level.BUILDING
    if doors and not may(actor, P.CHART_SEE, at):
        raise Http404
    parts = queries.readers(row, at)
    if doors:
        note_look(by=actor, notice=row, at=at.path, now=clock.now())
    context = {
        "notice": row, "at": at, "place": full_name(at), "parts": parts, "doors": doors,
        "homes": sum(part.homes for part in parts), "opened": sum(part.opened for part in parts),
        "may_doors": may(actor, P.CHART_SEE, at), "at_building": at.level == Level.COMPOUND,
    }  # fmt: skip
    return render(request, "portal/notices/readers.html", context)


def _place_in(row: Notice, key: str) -> Area | None:
    """A place of the audience by its key, nothing else."""
    if not key.isascii() or not key.isdigit() or len(key) > 12:
        return None
    area = Area.objects.filter(pk=int(key), level__lte=Level.BUILDING).first()
    if area is None or not row.place.contains(area):
        raise Http404
    return area
