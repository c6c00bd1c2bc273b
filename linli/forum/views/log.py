"""The public log of moderation, its feed, and one act."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.common import clock
from linli.common.pagecache import cached, midnight
from linli.people.api import Actor, public
from linli.sites.api import FeedEntry, Site, of_site, site_tags
from linli.sites.api import feed as atom

from ..access import may_read_post
from ..actions.noting import LOG
from ..models import Act
from ..queries import moderation as read
from ..queries.appeals import concerns, may_decide_appeal
from ..speech_rules import ActKind, may_appeal
from .moderating import actor_of, appeal_tag, frame, line_of, what_of, words_of

_WHAT = ("appealed", "overturned")


@require_safe
@public
@cached(
    tags=lambda slug: (*site_tags(slug), LOG, "bodies"),
    query=("kind", "who", "month", "what", "before"),
    valid_until=midnight,
)
@of_site
def log(request: HttpRequest, site: Site) -> HttpResponse:
    """Everything that was done here, with its rule and reason; filters stand in the address."""
    chosen = _chosen(request)
    before = request.GET.get("before", "")
    acts, more = read.log_page(site, chosen, int(before) if before.isdecimal() and len(before) < 16 else None)
    actor = actor_of(request)
    context = {
        "lines": [line_of(act, actor) for act in acts], "more": more, "query": urlencode(chosen.query), "chosen": chosen,
        "kinds": [kind for kind in ActKind if kind not in read.QUIET], "months": read.months_of(site),
    }  # fmt: skip
    return render(request, "forum/log.html", context)


def _chosen(request: HttpRequest) -> read.LogFilter:
    """The filter of the address; what is not understood counts for nothing."""
    given = request.GET
    kind, who, what = given.get("kind", ""), given.get("who", ""), given.get("what", "")
    year, _dash, month = given.get("month", "").partition("-")
    first = None
    if (
        year.isdecimal()
        and month.isdecimal()
        and len(year) == 4
        and len(month) == 2
        and 1 <= int(month) <= 12
        and int(year) > 2000
    ):
        first = date(int(year), int(month), 1)
    return read.LogFilter(
        kind=kind if kind in ActKind.values else "", who=who if who in ("people", "machine") else "", month=first,
        what=what if what in _WHAT else "",
    )  # fmt: skip


@require_safe
@public
@of_site
def feed(request: HttpRequest, site: Site) -> HttpResponse:
    """The log as Atom."""
    title = _("%(site)s·管理记录") % {"site": site.name}
    path = reverse("forum:log", args=[site.slug])
    return atom(
        request, site, kind="moderation", title=title, path=path, entries=lambda: map(_entry, read.log_page(site, read.LogFilter(), None)[0]),
        tags=(LOG,),
    )  # fmt: skip


def _entry(act: Act) -> FeedEntry:
    line = line_of(act, Actor())
    parts = [part for part in (line["title"], line["rule"], line["reason"]) if part]
    html = format_html("<p>{}</p>", format_html_join("·", "{}", ((part,) for part in parts)))
    return FeedEntry(
        act.pk, str(line["what"]), reverse("forum:act", args=[act.pk]), line["who"], act.at, act.at, html
    )


@require_safe
@public
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """One act: to everybody as in the log; to whom it concerns also his own words and the way to appeal."""
    found = read.act_for_page(pk)
    if found is None or (found.kind in read.QUIET and not concerns(found, actor_of(request))):
        raise Http404
    frame(request, found)
    actor, appeal = actor_of(request), read.appeal_of(found)
    own = concerns(found, actor_of(request))
    undone = getattr(found, "undone_by", None)
    if appeal is not None:
        appeal.act = found
    context = {
        "line": line_of(found, actor), "act": found, "appeal": appeal, "own": own, "tag": appeal_tag(appeal), "undone": undone,
        "cooked": words_of(found) if own and _still_his(actor, found) else "", "undone_what": what_of(undone) if undone else "",
        "may_appeal": may_appeal(
            found.kind, at=found.at, now=clock.now(), own=own, undone=undone is not None, appealed=appeal is not None
        ),
        "decides": appeal is not None and may_decide_appeal(actor, appeal),
    }  # fmt: skip
    return render(request, "forum/act.html", context)


def _still_his(actor: Actor, act: Act) -> bool:
    post = act.post
    if post is None or act.board is None:
        return bool(act.thing)
    post.topic.board = act.board
    return may_read_post(actor, post)
