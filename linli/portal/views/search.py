"""The page of results. Its address holds the whole question, so that it can be kept and passed on."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.areas.api import Area, Level, cell, title
from linli.common import clock
from linli.common.errors import UserError
from linli.common.pagecache import kept
from linli.common.pagecache.parts import reading
from linli.design.dates import as_date
from linli.design.templatetags.design import day
from linli.people.api import public
from linli.search import api

SPANS = {"week": 7, "month": 31, "year": 366}  # days
SPAN_WORDS = {"week": gettext_lazy("最近一周"), "month": gettext_lazy("最近一个月"), "year": gettext_lazy("最近一年")}
FILTER_KEYS = ("kind", "place", "time")


@require_safe
@public
def search(request: HttpRequest) -> HttpResponse:
    """What stands where all that was typed stands, as far as the reader may see it."""
    with reading(("areas", "synonyms")):
        return _answer(request, request.GET.get("q", ""))


def _answer(request: HttpRequest, typed: str) -> HttpResponse:
    places = kept(("search places",), lambda: _places(clock.now()), tags=("areas",))
    chosen = _chosen(request, places)
    by = _filters(chosen, places) if chosen else kept(("search filters", get_language()), lambda: _filters({}, places), tags=("areas",))
    context: dict[str, Any] = {"typed": typed[: api.MOST_TYPED * 2], "filters": by, "chosen": chosen}
    try:
        question = api.read_question(typed, api.synonyms_for(typed))
    except UserError as error:
        return render(request, "portal/search.html", {**context, "problem": str(error)}, status=400)
    if question is not None:
        context |= _results(request, question, chosen, places)
    return render(request, "portal/search.html", context)


def _places(now: datetime) -> dict[str, Area]:
    """The streets and communities of the cell, by key."""
    top = cell()
    if top is None:
        return {}
    rows = Area.objects.under(top).valid_on(clock.local_date(now)).filter(level__in=(Level.STREET, Level.COMMUNITY))
    return {str(area.pk): area for area in rows.order_by("path")[:400]}


def _chosen(request: HttpRequest, places: dict[str, Area]) -> dict[str, str]:
    """The filters that mean something; others are left out."""
    known = {"kind": {kind.name for kind in api.kinds()}, "place": places.keys(), "time": SPANS.keys()}
    return {key: request.GET[key] for key in FILTER_KEYS if request.GET.get(key) in known[key]}


def _filters(chosen: dict[str, str], places: dict[str, Area]) -> str:
    return render_to_string("portal/search_filters.html", {"groups": _groups(chosen, places), "chosen": chosen})


def _groups(chosen: dict[str, str], places: dict[str, Area]) -> list[dict[str, Any]]:
    kinds = [(kind.name, kind.label) for kind in api.kinds()]
    wide = "\u3000"
    spots = [(key, (wide if area.level == Level.COMMUNITY else "") + title(area)) for key, area in places.items()]
    shown = [("kind", _("种类"), _("全部种类"), kinds), ("place", _("地方"), _("全部地方"), spots)]
    shown.append(("time", _("时间"), _("不限时间"), list(SPAN_WORDS.items())))
    return [
        {"name": name, "label": label, "all": whole, "options": options, "value": chosen.get(name, "")}
        for name, label, whole, options in shown
        if options
    ]


def _results(request: HttpRequest, question: api.Question, chosen: dict[str, str], places: dict[str, Area]) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    filters = api.Filters(
        kind=chosen.get("kind", ""),
        place=places[chosen["place"]].path if "place" in chosen else "",
        since=clock.now() - timedelta(days=SPANS[chosen["time"]]) if "time" in chosen else None,
    )
    after = request.GET.get("after", "")
    found = api.search(question, actor=actor, filters=filters, after=_key(after))
    asked = {"q": question.typed, **chosen}
    near = [] if found.entries or after else api.guesses(question, actor=actor, filters=filters)
    return {
        "asked": question.typed, "found": found, "results": _results_html(found.entries, question.texts),
        "added": _("、").join(question.added), "guesses": [{"text": text, "url": _url(q=text)} for text in near],
        "more": _url(**asked, after=str(found.after)) if found.after is not None else "",
        "start": _url(**asked) if after else "", "without": _url(q=question.typed) if chosen else "",
    }  # fmt: skip


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _url(**query: str) -> str:
    return "?" + urlencode(query)


_LINE = '<li><a class="t" href="{}">{}</a>{}<p class="meta"><span>{}</span>{}</p></li>'


def _results_html(entries: list[api.Hit], wanted: tuple[str, ...]) -> str:
    """The lines of the list, joined: a page has twenty, mostly of a few kinds and days."""
    labels = {kind.name: str(kind.label) for kind in api.kinds()}
    days: dict[date, str] = {}
    lines = []
    for entry in entries:
        at = as_date(entry.at) if entry.at else None
        if at and at not in days:
            days[at] = format_html("<span>{}</span>", day(at))
        text = api.marked(api.excerpt(entry.text, wanted), wanted)
        title = _html(api.marked(entry.title, wanted), "{}")
        lines.append((entry.url, title, _html(text, "<p>{}</p>"), labels.get(entry.kind, ""), days[at] if at else ""))
    return format_html_join("", _LINE, lines)


def _html(pieces: list[tuple[bool, str]], around: str) -> str:
    """The pieces with their marks; nothing where there are none."""
    inside = "".join("<mark>{}</mark>" if hit else "{}" for hit, _text in pieces)
    return format_html(around.replace("{}", inside), *(text for _hit, text in pieces)) if pieces else ""
