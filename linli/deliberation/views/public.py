"""What everybody reads of questions, in the frame of a site."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.calendar.api import days
from linli.common import clock
from linli.common.pagecache import cached, midnight, valid_until
from linli.design.light import plain
from linli.people.api import public
from linli.sites.api import Site, local_of, of_site, site_tags

from .. import story, words
from ..models import Question
from ..permissions import handles, is_askers, may_hide, may_see, may_sign
from ..pictures import pictures_of
from ..queries import figures
from ..queries import questions as read
from ..rules import QuestionState, Theme
from .doors import actor_of, framed

PAGE = 20
TAGS = ("bodies", "posts", "calendar")


@require_safe
@public
@cached(tags=lambda slug: (*site_tags(slug), *TAGS), query=("show", "theme", "page"), valid_until=midnight)
@of_site
def questions(request: HttpRequest, site: Site) -> HttpResponse:
    """All questions of a place, or those of a state and a theme."""
    now, table = clock.now(), days()
    show, theme = request.GET.get("show", ""), request.GET.get("theme", "")
    rows = read.listed(site, show=show, theme=theme, now=now)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    valid_until(request, read.next_change(site.place, now))
    chosen = {"show": show if show in read.SHOWS else "", "theme": theme if theme in Theme.values else ""}
    counts = read.counts(site.place, now)
    context = {
        "site": site, "shows": _shows(counts, chosen["show"]), "lines": words.lines(page.object_list, now, table), "page": page, "counts": counts,
        "themes": Theme.choices, **chosen, "query": urlencode({key: value for key, value in chosen.items() if value}),
    }  # fmt: skip
    return render(request, "deliberation/questions.html", context)


def _shows(counts: dict[str, int], show: str) -> list[dict[str, Any]]:
    labels = {
        "": _("全部"),
        "open": _("等答复"),
        "answered": _("已答复"),
        "overdue": _("超期未答"),
        "gathering": _("征集联署"),
    }
    return [
        {"key": key, "label": labels[key], "count": counts.get(key), "current": key == show} for key in labels
    ]


@require_safe
@public
@cached(tags=lambda pk: (f"question:{pk}", "questions", "sites", "areas", *TAGS), valid_until=midnight)
def question(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One question: what was asked, until when who answers, and all that happened. Of a hidden one that it was hidden."""
    found = framed(request, pk, or_hidden=True)
    if found.is_hidden and not may_see(actor_of(request), found):
        return render(request, "deliberation/hidden.html", {"question": found})
    now, table = clock.now(), days()
    duty = found.duty
    steps = found.steps.select_related("body", "to").order_by("-pk")
    if duty is not None:
        valid_until(request, figures.next_change(duty.office_id, now))
    context = {
        "question": found, "line": words.line(found, now, table), "duty": duty, "who": words.who(found),
        "others": words.neighbours(found), "pictures": pictures_of(found.pk) if found.pictures else [],
        "answers": sorted(found.answers.all(), key=lambda answer: answer.at), "timeline": story.timeline(found, steps, now),
        "owner": words.owner(duty, figures.of_office(duty.office, now)) if duty is not None else None,
        "clock": _clock(found, now, table), **_own(request, found), **_outside(request, found),
    }  # fmt: skip
    return render(request, "deliberation/question.html", context)


def _clock(found: Question, now: Any, table: Any) -> dict[str, Any] | None:
    duty = found.duty
    if duty is None or found.withdrawn:
        return None
    head, kind = story.promise(found, duty, now)
    return {
        "head": head,
        "kind": kind,
        "panes": story.panes(duty, now, table),
        "paused": duty.paused_at is not None,
    }


def _own(request: HttpRequest, found: Question) -> dict[str, Any]:
    """What the reader himself can do, beside what everybody sees. Nothing of it on a kept page."""
    actor = actor_of(request)
    if actor.person is None:
        return {"signs": found.is_public and found.state != QuestionState.CLOSED}
    asker, duty = is_askers(actor, found), found.duty
    signed = read.has_signed(actor.principal.pk, found) if actor.principal and actor.acting is None else False
    open_answer = asker and found.state == QuestionState.ANSWERED and duty is not None
    return {
        "is_asker": asker, "signed": signed and not asker,
        "signs": not asker and not signed and found.state != QuestionState.CLOSED and may_sign(actor, found),
        "rates": open_answer and duty is not None and duty.rated_at is None,
        "contests": open_answer and found.contested_at is None,
        "withdraws": asker and found.signed <= 1 and (found.is_gathering or (found.is_owed and duty is not None and duty.due > clock.now() and found.contested_at is None)),
        "handles": handles(actor, found), "moderates": may_hide(actor, found),
    }  # fmt: skip


def _outside(request: HttpRequest, found: Question) -> dict[str, Any]:
    """For other sites that show a link to this page (Open Graph)."""
    site = local_of(request)
    return {
        "og_url": settings.LINLI_ORIGIN + request.path,
        "og_text": plain(found.text, 100),
        "og_site": site.name if site else "",
    }
