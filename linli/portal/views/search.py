"""The page of results. Its address holds the whole question, so that it can be kept and passed on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from linli.areas.api import Area, Level, cell, title
from linli.common import clock
from linli.common.errors import UserError
from linli.common.pagecache import kept
from linli.common.pagecache.parts import reading
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
        "asked": question.typed, "found": found, "results": [_result(entry, question.texts) for entry in found.entries],
        "added": _("、").join(question.added), "guesses": [{"text": text, "url": _url(q=text)} for text in near],
        "more": _url(**asked, after=str(found.after)) if found.after is not None else "",
        "start": _url(**asked) if after else "", "without": _url(q=question.typed) if chosen else "",
    }  # fmt: skip


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _url(**query: str) -> str:
    return "?" + urlencode(query)


def _result(entry: api.Hit, texts: tuple[str, ...]) -> dict[str, Any]:
    kind = api.kind_named(entry.kind)
    return {
        "url": entry.url, "title": _marked(entry.title, texts), "text": _marked(api.excerpt(entry.text, texts), texts),
        "kind": kind.label if kind else "", "at": entry.at,
    }  # fmt: skip


def _marked(text: str, wanted: tuple[str, ...]) -> str:
    pieces = api.marked(text, wanted)
    return format_html("".join("<mark>{}</mark>" if hit else "{}" for hit, _text in pieces), *(text for _hit, text in pieces)) if text else ""
