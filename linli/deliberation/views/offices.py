"""What is overdue, and how each office answers, with the list behind every number."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.areas.api import Area
from linli.calendar.api import Days, days
from linli.common import clock
from linli.common.pagecache import cached, midnight, valid_until
from linli.people.api import Body, public
from linli.sites.api import Site, of_site, site_tags

from .. import words
from ..models import Duty
from ..queries import figures
from ..queries import questions as read
from ..queries.figures import Figures
from ..rules import ASKABLE
from .public import TAGS

PAGE = 30


@require_safe
@public
@cached(tags=lambda slug: (*site_tags(slug), *TAGS), query=("page",), valid_until=midnight)
@of_site
def unanswered(request: HttpRequest, site: Site) -> HttpResponse:
    """What is overdue here, the longest first, and office by office."""
    now, table = clock.now(), days()
    rows = read.listed(site, show="overdue", theme="", now=now)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    valid_until(request, read.next_change(site.place, now))
    by_office = figures.of_place(site.place, now)
    open_late = _open_late(site, now)
    known = Body.objects.in_bulk([*by_office, *open_late])
    ledger = [
        _row(site.place_id, known[key], by_office.get(key, Figures()), open_late.get(key, []), now, table)
        for key in sorted(known, key=lambda key: (-len(open_late.get(key, [])), known[key].name))
    ]
    context = {
        "site": site, "lines": words.lines(page.object_list, now, table), "page": page, "ledger": ledger,
        "facts": _facts(by_office, open_late, now, table), "now": now,
    }  # fmt: skip
    return render(request, "deliberation/unanswered.html", context)


def _open_late(site: Site, now: datetime) -> dict[UUID, list[Duty]]:
    """The overdue duties of the place by office, private ones too: a number tells of nobody."""
    found: dict[UUID, list[Duty]] = {}
    rows = Duty.objects.filter(
        question__place__path__under=site.place.path,
        current=True,
        answered_at=None,
        dropped_at=None,
        due__lte=now,
    )
    for duty in rows:
        found.setdefault(duty.office_id, []).append(duty)
    return found


def _longest(rows: list[Duty], now: datetime, table: Days) -> int:
    return max((words.late_days(duty, now, table) for duty in rows), default=0)


def _row(
    place: int, body: Body, row: Figures, late: list[Duty], now: datetime, table: Days
) -> dict[str, Any]:
    longest = _longest(late, now, table)
    return {
        "body": body, "kind": body.kind_label, "late": len(late),
        "longest": _("%(n)d 个工作日") % {"n": longest} if late else "—",
        "received": row.received, "late_share": words.percent(row.late_mille), "late_of": f"{row.late}/{row.decided}",
        "median": words.length(row.twice_median), "stars": words.tenths(row.stars_tenths), "rated": row.rated,
        "url": reverse("deliberation:office", args=[body.pk]) + f"?at={place}",
    }  # fmt: skip


def _facts(
    by_office: dict[UUID, Figures], late: dict[UUID, list[Duty]], now: datetime, table: Days
) -> list[dict[str, Any]]:
    every = [duty for rows in late.values() for duty in rows]
    decided, overdue = (
        sum(row.decided for row in by_office.values()),
        sum(row.late for row in by_office.values()),
    )
    received = sum(row.received for row in by_office.values())
    on_time = decided - overdue
    return [
        {"label": _("超期未答"), "value": _("%(n)d 问") % {"n": len(every)} if every else _("没有"), "kind": "bad" if every else "good"},
        {"label": _("最久的一问"), "value": _("超期 %(n)d 个工作日") % {"n": _longest(every, now, table)} if every else "—"},
        {"label": _("近 90 天提问"), "value": _("%(n)d 问") % {"n": received}},
        {"label": _("按时答复"), "value": _("%(n)d 问，%(share)s") % {"n": on_time, "share": words.percent(figures.per_mille(on_time, decided))}},
    ]  # fmt: skip


@require_safe
@public
@cached(tags=("questions", "sites", "areas", *TAGS), query=("show", "at", "page"), valid_until=midnight)
def office(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How an office answers: each number with what it is made of, and the questions behind it."""
    body = Body.objects.filter(pk=pk).first()
    if body is None or (body.kind not in ASKABLE and not Duty.objects.filter(office=pk).exists()):
        raise Http404
    now, table = clock.now(), days()
    show = request.GET.get("show", "")
    show = show if show in figures.SHOWS else "late"
    place = _place(request.GET.get("at", ""))
    row = figures.of_office(body, now, place)
    page = Paginator(figures.behind(body, show, now, place), PAGE).get_page(request.GET.get("page"))
    valid_until(request, figures.next_change(body.pk, now))
    context = {
        "body": body, "place": place, "row": row, "show": show, "page": page, "shows": _shows(row, show), "lines": _behind(list(page), now, table),
        "facts": _office_facts(row), "solved": _solved(row),
        "query": urlencode({"show": show, **({"at": place.pk} if place else {})}),
    }  # fmt: skip
    return render(request, "deliberation/office.html", context)


def _place(typed: str) -> Area | None:
    """The place to which the numbers are narrowed; anything odd narrows nothing."""
    known = typed.isascii() and typed.isdigit() and len(typed) < 12
    return Area.objects.filter(pk=int(typed)).first() if known else None


def _shows(row: Figures, show: str) -> list[dict[str, Any]]:
    labels = {
        "late": (_("超期的"), row.late), "answered": (_("已答复的"), row.answered), "rated": (_("评过分的"), row.rated),
        "received": (_("收到的全部"), row.received),
    }  # fmt: skip
    return [
        {"key": key, "label": labels[key][0], "count": labels[key][1], "current": key == show}
        for key in figures.SHOWS
    ]


def _office_facts(row: Figures) -> list[dict[str, Any]]:
    late = {"late": row.late, "decided": row.decided, "share": words.percent(row.late_mille)}
    stars = {"stars": row.stars, "n": row.rated, "mean": words.tenths(row.stars_tenths)}
    return [
        {"label": _("收到的"), "value": _("%(n)d 问") % {"n": row.received}, "show": "received"},
        {"label": _("答复用时，中位数"), "value": words.length(row.twice_median), "show": "answered",
         "hint": _("%(n)d 问的用时，从提出算到答复") % {"n": row.answered}},
        {"label": _("超期率"), "value": late["share"], "kind": "bad" if row.late else "", "show": "late",
         "hint": _("该答的 %(decided)d 问里，%(late)d 问超期") % late},
        {"label": _("居民评分"), "value": stars["mean"], "show": "rated", "hint": _("%(n)d 人评，一共 %(stars)d 分") % stars},
    ]  # fmt: skip


def _solved(row: Figures) -> str:
    if not row.rated:
        return ""
    return _("%(yes)d 问解决了，%(partly)d 问解决了一部分，%(no)d 问没解决。") % row.solved


def _behind(duties: list[Duty], now: datetime, table: Days) -> list[dict[str, Any]]:
    """Private questions by their number alone."""
    return [
        {
            "duty": duty, "question": duty.question, "open": duty.question.is_public, "late": duty.was_late(now),
            "days": words.late_days(duty, now, table), "time": words.length(duty.minutes * 2) if duty.minutes is not None else "",
            "due": words.last_day(duty.due, duty.due_day),
        }
        for duty in duties
    ]  # fmt: skip
