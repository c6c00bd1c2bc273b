"""What everybody sees of service items, in the frame of a site."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from linli.calendar.api import days, shown_hours, status_words
from linli.common import clock
from linli.common.pagecache import cached, midnight, valid_until
from linli.people.api import public
from linli.sites.api import Site, nearest_site, of_site, site_tags, stand_in

from .. import words
from ..content import Content, needed
from ..models import Item
from ..permissions import may_edit
from ..queries import items as read
from ..rules import Audience, ItemState, LifeEvent
from .doors import actor_of

MOST_TYPED = 40


@require_safe
@public
@cached(tags=site_tags, query=("event", "who"))
@of_site
def items(request: HttpRequest, site: Site) -> HttpResponse:
    """All from A to Z, or those for a turn of life, for some people, or with a word in them."""
    there = read.items_of(site.place)
    typed = " ".join(request.GET.get("q", "").split())[:MOST_TYPED]
    event = _known(LifeEvent, request.GET.get("event", ""))
    who = _known(Audience, request.GET.get("who", ""))
    narrowed = bool(typed or event or who)
    found = read.chosen(there, event=event, audience=who, typed=typed)
    url = reverse("services:items", args=[site.slug])
    context = {
        "letters": [] if narrowed else [(letter, [_line(item) for item in rows]) for letter, rows in read.by_letter(found)],
        "lines": [_line(item) for item in found] if narrowed else [], "narrowed": narrowed, "typed": typed, "total": len(there),
        "heading": LifeEvent(event).label if event else Audience(who).label if who else "",
        "events": _events(there, url), "people": _people(there, url),
    }  # fmt: skip
    return render(request, "services/items.html", context)


def _known(choices: Any, value: str) -> str:
    return value if value in choices.values else ""


def _line(item: Item) -> dict[str, Any]:
    assert item.published is not None
    return {"item": item, "facts": words.line(item.published)}


def _events(there: list[Item], url: str) -> list[dict[str, Any]]:
    """Only those under which something stands."""
    used = {event for item in there for event in item.events}
    return [
        {
            "label": event.label,
            "url": f"{url}?{urlencode({'event': event.value})}",
            "icon": words.ICONS[event],
        }
        for event in LifeEvent
        if event in used
    ]


def _people(there: list[Item], url: str) -> list[dict[str, Any]]:
    used = {who for item in there for who in item.audiences} - {Audience.ANYBODY}
    return [
        {"label": who.label, "url": f"{url}?{urlencode({'who': who.value})}"}
        for who in Audience
        if who in used
    ]


@require_safe
@public
@cached(tags=lambda pk: (f"service:{pk}", "sites", "areas", "bodies", "calendar"), valid_until=midnight)
def item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One item; with answers in the address what remains for those."""
    found = read.public_item(pk)
    site = nearest_site(found.place) if found else None
    if found is None or found.published is None or site is None:
        raise Http404
    stand_in(request, site)
    actor = actor_of(request)
    context = item_context(request, found, found.published) | {
        "mine": actor.acting is not None and may_edit(actor, found),
        "gone": _last_word(found) if found.state != ItemState.PUBLISHED else None,
    }
    return render(request, "services/item.html", context)


def _last_word(found: Item) -> str:
    step = found.history.filter(done="withdraw").order_by("-pk").first()
    return step.why if step else ""


def item_context(request: HttpRequest, found: Item, content: Content) -> dict[str, Any]:
    """What the page of a published version, or of a draft on the desk, is made of."""
    now = clock.now()
    answers = _answers(request, content)
    rest, where = needed(content, answers), read.offices(content, now)
    valid_until(request, read.next_change(where))
    return {
        "item": found, "text": content, "facts": words.facts(content), "done_by": words.done_by(content, now, days()),
        "answers": answers, "rest": rest, "conditions": [(row.text, rest.open.get(row, "")) for row in rest.conditions],
        "questions": [_question(question, answers) for question in content.questions],
        "papers": words.papers(rest), "bring": words.bring(rest), "way": words.way(rest),
        "small": words.small_print(content), "stale": found.stale_on(clock.local_date(now)),
        "faqs": [{"title": row.question, "text": row.answer} for row in content.faqs],
        "offices": [
            {"body": one.body, "hours": shown_hours(one.hours) if one.hours else one.body.hours,
             "state": status_words(one.status, now) if one.status else "", "open": one.status and one.status.kind in ("open", "always")}
            for one in where
        ],
        "phone": content.ask_phone or next((one.body.phone for one in where if one.body.phone), ""),
    }  # fmt: skip


def _answers(request: HttpRequest, content: Content) -> dict[str, str]:
    """`?abode=1`: the second choice. What fits no question or choice counts as not answered."""
    found = {}
    for question in content.questions:
        typed = request.GET.get(question.key, "")
        if typed.isascii() and typed.isdigit() and int(typed[:3]) < len(question.choices):
            found[question.key] = question.choices[int(typed[:3])]
    return found


def _question(question: Any, answers: dict[str, str]) -> dict[str, Any]:
    chosen = answers.get(question.key)
    return {
        "row": question,
        "choices": [(n, choice, choice == chosen) for n, choice in enumerate(question.choices)],
    }
