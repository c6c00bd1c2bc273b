"""What everybody sees of events, in the frame of a site."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from linli.common import clock
from linli.common.pagecache import cached, midnight, valid_until
from linli.design.light import plain
from linli.people.api import public
from linli.sites.api import Site, nearest_site, of_site, site_tags, stand_in

from .. import words
from ..models import Event
from ..permissions import may_hold
from ..queries import events as read
from ..queries.going import own_signup
from ..rules import SignupState
from .doors import actor_of

PAGE, PAST = 30, 20


@require_safe
@public
@cached(tags=site_tags, query=("page",), valid_until=midnight)
@of_site
def coming(request: HttpRequest, site: Site) -> HttpResponse:
    """What is ahead, day by day."""
    now = clock.now()
    page = Paginator(read.events_of(site).coming(now), PAGE).get_page(request.GET.get("page"))
    events = list(page.object_list)
    valid_until(request, read.changes_at(events, now))
    days = [(day, [words.line(event, now) for event in rows]) for day, rows in read.by_day(events)]
    return render(request, "activities/coming.html", {"days": days, "page": page, "feed": _calendar(site)})


@require_safe
@public
@cached(tags=site_tags, query=("page",), valid_until=midnight)
@of_site
def past(request: HttpRequest, site: Site) -> HttpResponse:
    """What took place, the last one first."""
    now = clock.now()
    page = Paginator(read.events_of(site).past(now), PAST).get_page(request.GET.get("page"))
    ahead = read.events_of(site).coming(now)[:1]
    valid_until(request, read.changes_at(ahead, now))
    lines = [words.line(event, now) for event in page.object_list]
    return render(request, "activities/past.html", {"lines": lines, "page": page})


@require_safe
@public
@cached(tags=lambda pk: (f"event:{pk}", "sites", "areas", "bodies"), valid_until=midnight)
def event(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One event. Who is signed in sees his own place beside it."""
    found = read.public_event(pk)
    site = nearest_site(found.place) if found else None
    if found is None or site is None:
        raise Http404
    stand_in(request, site)
    now, actor = clock.now(), actor_of(request)
    valid_until(request, read.changes_at([found], now))
    own = own_signup(actor.principal.pk, found) if actor.principal else None
    context = {
        "event": found, "status": words.status(found, now), "rows": words.kv(found, now),
        "own": own if own and own.state != SignupState.GONE else None, "joins": found.takes_signups(now),
        "leaves": found.is_ahead(now), "ahead": found.ends > now, "day": read.local_date(found.starts),
        "may_hold": actor.person is not None and may_hold(actor, found), **_told_outside(request, found),
    }  # fmt: skip
    return render(request, "activities/event.html", context)


def _told_outside(request: HttpRequest, found: Event) -> dict[str, Any]:
    """For other sites that show a link to this page (Open Graph)."""
    picture = reverse("files:download", args=[found.picture_id, "medium"]) if found.picture_id else ""
    lead = f"{words.when(found, clock.now())} · {found.where}"
    return {
        "og_url": settings.LINLI_ORIGIN + request.path, "og_image": settings.LINLI_ORIGIN + picture if picture else "",
        "og_text": f"{lead} · {plain(found.text, 100)}" if found.text else lead, "picture": picture,
    }  # fmt: skip


def _calendar(site: Site) -> str:
    return settings.LINLI_ORIGIN + reverse("activities:feed", args=[site.slug])
