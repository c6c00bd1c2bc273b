"""The directory of phones for everybody: by place, by what one wants, one entry, and the drawn plan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.areas.api import Area, title
from linli.calendar.api import days
from linli.common import clock
from linli.common.errors import UserError
from linli.common.ids import uuid7
from linli.common.pagecache import cached, midnight, valid_until
from linli.people.api import public
from linli.sites.api import Site, nearest_site, of_site, site_tags, stand_in

from .. import directory_plan
from .. import directory_queries as book
from ..actions.directory import report_wrong
from ..directory_forms import WrongForm
from ..directory_rules import Wrong
from ..queries import home_place

MOST_MARKS = 40


@require_safe
@public
@cached(tags=("areas", "bodies", book.TAG), valid_until=midnight)
def phones(request: HttpRequest) -> HttpResponse:
    """For whoever has not chosen a community: the street's (or district's) directory, and every body by its kind."""
    day = clock.local_date(clock.now())
    place = home_place(day).place
    if place is None:
        return _page(request, None, None, {"frame": "design/page.html"})
    found, kinds = book.whole(place, day)
    return _page(request, place, found, {"frame": "design/page.html", "kinds": kinds, "name": title(place)})


@require_safe
@public
@cached(tags=lambda slug: (*site_tags(slug), "bodies", book.TAG), valid_until=midnight)
@of_site
def site_phones(request: HttpRequest, site: Site) -> HttpResponse:
    """What serves this place, and what serves the places around it."""
    found = book.listing(site.place, clock.local_date(clock.now()))
    plan_url = reverse("portal:site_phones_plan", args=[site.slug])
    has_plan = any(row.lat is not None for row in found.entries)
    context = {"frame": "sites/page.html", "bodies": found.bodies, "name": site.name, "plan_url": plan_url if has_plan else ""}
    return _page(request, site.place, found, context)


def _page(request: HttpRequest, place: Area | None, found: book.Listing | None, context: dict[str, Any]) -> HttpResponse:
    now, typed, status = clock.now(), request.GET.get("q", ""), 200
    context |= {"now": now, "typed": typed[:80], "keep": may_be_kept(request), "place": place}
    if place is None or found is None:
        return render(request, "portal/directory/list.html", context)
    shown = book.cards(found, now)
    context |= {"groups": book.by_group(shown), "chips": book.chips(found), "total": len(shown)}
    try:
        result = book.look_for(typed, place, clock.local_date(now)) if typed else None
    except UserError as error:
        result, status = None, 400
        context["problem"] = str(error)
    if result is not None:
        context |= {"result": result, "cards": book.cards(found, now, result.entries)}
    valid_until(request, book.next_change(shown))
    return render(request, "portal/directory/list.html", context, status=status)


def may_be_kept(request: HttpRequest) -> bool:
    """Whether a device may keep this very page: nobody is signed in or on his way there."""
    return request.actor.person_id is None and settings.SESSION_COOKIE_NAME not in request.COOKIES  # type: ignore[attr-defined]


@require_safe
@public
@cached(tags=lambda slug: (*site_tags(slug), book.TAG), valid_until=midnight)
@of_site
def site_plan(request: HttpRequest, site: Site) -> HttpResponse:
    """The street as a drawing, and beside it the same numbers with names and telephones."""
    now = clock.now()
    found = book.listing(site.place, clock.local_date(now))
    rows = [row for row in found.entries if row.lat is not None and row.lon is not None][:MOST_MARKS]
    shown = book.cards(found, now, rows)
    plan = directory_plan.draw(book.plan_of(site.place), [(row.lat, row.lon) for row in rows], settings.LINLI_TILES)  # type: ignore[misc]
    valid_until(request, book.next_change(shown))
    context = {"cards": shown, "plan": plan, "now": now, "keep": may_be_kept(request), "street": title(site.place)}
    return render(request, "portal/directory/plan.html", context)


@require_safe
@public
@cached(tags=("areas", "bodies", "sites", book.TAG), valid_until=midnight)
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One entry: numbers, hours of the coming week, where it is, who verified it and when."""
    row = book.one(pk)
    if row is None:
        raise Http404
    now, site = clock.now(), nearest_site(row.place)
    if site is not None:
        stand_in(request, site)
    shown = book.card_of(row, now)
    here = [(row.lat, row.lon)] if row.lat is not None and row.lon is not None else []
    plan = directory_plan.draw(book.plan_of(row.place), here, settings.LINLI_TILES, around=here[0]) if here else None
    valid_until(request, shown.status.change)
    back = reverse("portal:site_phones", args=[site.slug]) if site else reverse("portal:phones")
    context = {
        "frame": "sites/page.html" if site else "design/page.html", "card": shown, "entry": row, "plan": plan, "now": now,
        "week": book.week_rows(row, now, days()) if row.opening.known and not row.opening.always else [],
        "crumbs": [{"label": _("找电话"), "url": back}], "keep": may_be_kept(request), "serves": title(row.place),
    }  # fmt: skip
    return render(request, "portal/directory/entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@public
@never_cache
def wrong(request: HttpRequest, pk: UUID) -> HttpResponse:
    """这个号码不对: no name asked; the keepers of the place see it at their desk."""
    row = book.one(pk)
    if row is None:
        raise Http404
    site = nearest_site(row.place)
    if site is not None:
        stand_in(request, site)
    form = WrongForm(request.POST) if request.method == "POST" else WrongForm(initial={"once": uuid7()})
    context: dict[str, Any] = {"frame": "sites/page.html" if site else "design/page.html", "entry": row, "form": form}
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        try:
            report_wrong(entry=row, kind=Wrong(found["kind"]), text=found["text"], once=found["once"], now=clock.now())
            return redirect(f"{request.path}?thanks=1")
        except UserError as error:
            form.add_error(error.field, str(error))
    context["thanks"] = request.method != "POST" and request.GET.get("thanks") == "1"
    return render(request, "portal/directory/wrong.html", context)
