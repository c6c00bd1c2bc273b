"""What everybody reads: the list of a place, one case, the three rates with the lists behind them, and Atom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.common import clock
from linli.common.pagecache import cached, midnight
from linli.design.light import light
from linli.people.api import Body, public
from linli.sites.api import FeedEntry, Site, feed, nearest_site, of_site, site_tags, stand_in

from ..models import Case
from ..queries import public as read
from ..queries import rates as count
from ..rules import rates as rules
from ..rules.rates import Part, Rate
from ..themes import theme, themes

PAGE = 20
TAGS = ("bodies",)


def soon(now: datetime) -> datetime:
    """Every closed case moves the rates: they are counted anew every ten minutes, not at each write."""
    return now + timedelta(minutes=10)


@require_safe
@public
@cached(tags=lambda slug: (*site_tags(slug), *TAGS), query=("show", "theme", "page"), valid_until=midnight)
@of_site
def cases(request: HttpRequest, site: Site) -> HttpResponse:
    """What is being done and what was done, by state and theme."""
    now = clock.now()
    show, about = request.GET.get("show", ""), request.GET.get("theme", "")
    show, about = show if show in read.SHOWS else "", about if about in themes() else ""
    page = Paginator(read.listed(site.place, show=show, about=about), PAGE).get_page(request.GET.get("page"))
    counts = read.counts(site.place)
    labels = {"": _("全部"), "open": _("在办"), "answered": _("答复了"), "closed": _("办结")}
    context = {
        "lines": read.lines(page.object_list, now), "page": page, "show": show, "theme": about, "themes": themes().values(),
        "shows": [{"key": key, "label": label, "count": counts.get(key), "current": key == show} for key, label in labels.items()],
        "query": urlencode({key: value for key, value in (("show", show), ("theme", about)) if value}),
    }  # fmt: skip
    return render(request, "casework/public/list.html", context)


@require_safe
@public
@cached(tags=lambda pk: (f"case:{pk}", "cases", "sites", "areas", *TAGS), valid_until=midnight)
def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The redacted words, the chosen pictures, where it stands."""
    found = read.one(pk)
    place = read.where([found])[found.pk] if found is not None else None
    site = nearest_site(place) if place is not None else None
    if found is None or site is None:
        raise Http404
    stand_in(request, site)
    line = read.lines([found], clock.now())[0]
    context = {"case": found, "line": line, "pictures": read.pictures(found), "og_url": settings.LINLI_ORIGIN + request.path}
    return render(request, "casework/public/case.html", context)


@require_safe
@public
@of_site
def atom(request: HttpRequest, site: Site) -> HttpResponse:
    """The newest public cases."""

    def entries() -> Iterator[FeedEntry]:
        for row in read.newest(site, 30):
            at = row.submitted_at or row.made_at
            yield FeedEntry(row.pk, row.public_title, f"/public-cases/{row.pk}/", str(theme(row.theme)), at, row.changed_at, light(row.public_text))

    title = _("%(name)s反映的事") % {"name": site.name}
    return feed(request, site, kind="cases", title=title, path=f"/s/{site.slug}/cases/", entries=entries, tags=("cases", *TAGS))


@require_safe
@public
@cached(tags=lambda slug: (*site_tags(slug), *TAGS), query=("month", "rate", "part", "page"), valid_until=soon)
@of_site
def rates(request: HttpRequest, site: Site) -> HttpResponse:
    """Of the place, and of each body that answered there."""
    month = rules.month_of(request.GET.get("month", ""), clock.local_date(clock.now()))
    rows = count.closed_in(month, place=site.place)
    context = _rates(request, rows, month) | {"bodies": count.by_body(rows)}
    return render(request, "casework/public/rates.html", context)


@require_safe
@public
@cached(tags=("sites", "areas", *TAGS), query=("month", "rate", "part", "page"), valid_until=soon)
def body_rates(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Of one body, wherever it works."""
    body = get_object_or_404(Body, pk=pk)
    month = rules.month_of(request.GET.get("month", ""), clock.local_date(clock.now()))
    context = _rates(request, count.closed_in(month, body=body), month) | {"body": body}
    return render(request, "casework/public/body.html", context)


def _rates(request: HttpRequest, rows: Any, month: Any) -> dict[str, Any]:
    """The numbers, and the list behind the one that was asked for: dates and the last digits of the code alone, since
    the whole code opens the case."""
    now = clock.local_date(clock.now())
    asked, part = request.GET.get("rate", ""), request.GET.get("part", "")
    rate = Rate(asked) if asked in Rate.values else Rate.SOLVED
    chosen = Part(part) if part in Part.values else None
    page = Paginator(count.behind(rows, rate, chosen), 50).get_page(request.GET.get("page")) if chosen else None
    following = rules.next_month(month)
    return {
        "rates": count.rates_of(rows), "month": month, "before": rules.month_before(month), "after": following if following <= now else None,
        "rate": rate, "part": chosen, "page": page, "rows": [_row(row) for row in page.object_list] if page is not None else [],
        "kinds": Rate, "query": urlencode({"month": f"{month:%Y-%m}", "rate": rate.value, "part": chosen.value if chosen else ""}),
    }  # fmt: skip


def _row(row: Case) -> dict[str, Any]:
    return {
        "code": (row.code or "")[-5:], "theme": theme(row.theme), "case": row, "spoken": row.contacted_at or row.answered_at,
        "until": row.contact_due or row.due,
    }  # fmt: skip
