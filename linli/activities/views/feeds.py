"""Events for calendar programmes and for readers of feeds."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.common import clock
from linli.design.light import light
from linli.people.api import public
from linli.sites.api import FeedEntry, Site, of_site
from linli.sites.api import feed as site_feed

from .. import words
from ..calendars import TYPE, calendar
from ..models import Event
from ..queries import events as read

MOST = 500


@require_safe
@public
@of_site
def feed(request: HttpRequest, site: Site) -> HttpResponse:
    """All that is ahead at a site, for a programme that asks for it again and again."""
    name = _("%(site)s的活动") % {"site": site.name}
    return _answer(
        calendar(read.for_feed(site, clock.now(), MOST), name=name), f"{site.slug}.ics", seconds=900
    )


@require_safe
@public
@of_site
def atom(request: HttpRequest, site: Site) -> HttpResponse:
    """What was published last, whenever it takes place."""

    def entries() -> Iterator[FeedEntry]:
        for event in read.events_of(site).public().order_by("-published_at", "-pk")[:30]:
            at = event.published_at
            assert at is not None
            path = reverse("activities:event", args=[event.pk])
            yield FeedEntry(event.pk, event.title, path, event.body.name, at, event.changed_at, _html(event))

    title, path = _("%(site)s的活动") % {"site": site.name}, reverse("activities:coming", args=[site.slug])
    return site_feed(request, site, kind="events", title=title, path=path, entries=entries, tags=("bodies",))


def _html(event: Event) -> str:
    """When and where before all; whether it was called off before even that."""
    now = clock.now()
    facts = format_html("<p>{}<br>{}</p>", words.when(event, now), event.where)
    off = format_html("<p><strong>{}</strong> {}</p>", words.status(event, now).text, event.cancel_why) if event.is_cancelled else ""
    return format_html("{}{}{}", off, facts, light(event.text))


@require_safe
@public
def ics(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = read.public_event(pk)
    if found is None:
        raise Http404
    return _answer(calendar([found]), "event.ics", seconds=60)


def _answer(content: bytes, name: str, *, seconds: int) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPE)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, public=True, max_age=seconds)
    return response
