"""Events for calendar programmes."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.common import clock
from linli.people.api import public
from linli.sites.api import Site, of_site

from ..calendars import TYPE, calendar
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
