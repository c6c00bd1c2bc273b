"""Notices for their readers: the list of a site, one notice."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.common import clock
from linli.common.pagecache import cached, midnight, valid_until
from linli.design.light import plain
from linli.people.api import Actor, public
from linli.sites.api import Site, of_site, site_tags, stand_in

from .. import notice_queries as queries
from ..actions.notice_reads import note_reading
from ..notice_lines import audience_words, lines_of, tags_of, until_words
from ..notice_rules import NoticeState
from ..notice_small_forms import FilterForm

S = NoticeState


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


@require_safe
@public
@cached(
    tags=lambda slug: (*site_tags(slug), "bodies"),
    query=("kind", "level", "when", "page"),
    valid_until=midnight,
)
@of_site
def notices(request: HttpRequest, site: Site) -> HttpResponse:
    """What is right now, the pinned first; or what was."""
    form = FilterForm(request.GET)
    chosen = form.chosen
    past = chosen.pop("when", "") == "past"
    listing = queries.Listing(site, clock.now(), past=past, **chosen)
    if queries.living_elsewhere(_actor(request), site):
        listing = listing.without_buildings()
    valid_until(request, listing.next_change())
    page: Any = Paginator(cast(Any, listing), queries.PAGE).get_page(request.GET.get("page"))
    query = urlencode({**chosen, **({"when": "past"} if past else {})})
    context = {
        "form": form, "page": page, "lines": lines_of(_actor(request), page.object_list, site), "query": query,
        "past": past, "filtered": bool(query), "total": page.paginator.count,
    }  # fmt: skip
    return render(request, "portal/notices/list.html", context)


@require_safe
@public
@cached(tags=lambda pk: (f"notice:{pk}", "sites", "areas", "bodies"), valid_until=midnight)
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One notice, whatever has become of it. Whoever is meant and signed in has opened it by this."""
    row = queries.readable(pk)
    if row is None:
        raise Http404
    stand_in(request, row.site)
    if row.state == S.WITHDRAWN:
        last = row.events.filter(event="withdraw").first()
        return render(
            request,
            "portal/notices/withdrawn.html",
            {"notice": row, "why": last.reason if last else ""},
            status=410,
        )
    actor, now = _actor(request), clock.now()
    homes = queries.home_keys(actor)
    if request.method == "GET":
        note_reading(by=actor, notice=row, homes=queries.homes_meant(row, homes), now=now)
    if row.valid_until > now:
        valid_until(request, row.valid_until)
    context = {
        "page_url": request.build_absolute_uri(row.url), "summary": row.short or plain(row.text),
        "notice": row, "tags": tags_of(row, mine=bool(row.buildings and queries.homes_meant(row, homes))),
        "audience": audience_words(row), "until": until_words(row, now), "over": row.state == S.EXPIRED or row.valid_until <= now,
        "correction": queries.correction_of(row) if row.state == S.CORRECTED else None, "homes": queries.homes_that_opened(row),
        **body_of(row),
    }  # fmt: skip
    return render(request, "portal/notices/notice.html", context)


def body_of(row: Any) -> dict[str, Any]:
    """Pictures to be shown, papers to be fetched."""
    files = queries.files_of(row)
    return {
        "pictures": [one for one in files if one.is_picture],
        "papers": [one for one in files if not one.is_picture],
    }
