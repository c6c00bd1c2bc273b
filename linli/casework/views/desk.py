"""The desk: lists by whose turn it is, the case with what can be done now, and each act on an address of its own."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.common import clock, polling
from linli.common.errors import NotAllowed, UserError
from linli.people.api import Actor, needs

from .. import desk_acts, desk_story, desk_words
from ..actions import evidence, tables
from ..forms.desk import units_to_choose
from ..models import Case
from ..permissions import C, handles
from ..queries import desk as read
from ..rules.states import CaseState
from ..rules.words import CaseKind, Urgency
from ..themes import themes
from . import desk_doing

FILTERS = ("theme", "place", "kind", "urgency", "state", "unit")


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def desk_of(request: HttpRequest) -> read.Desk:
    found = read.desk_of(actor_of(request))
    if found is None:
        raise Http404
    return found


def handled(request: HttpRequest, pk: UUID) -> Case:
    """The case for who handles it, or did; for all others it is not there."""
    rows = Case.objects.select_related("place", "unit", "desk", "against", "holder__person", "holder__body", "group", "reporter", "parent", "spot")
    found = rows.filter(pk=pk).exclude(state=CaseState.DRAFT).first()
    if found is None or not handles(actor_of(request), found):
        raise Http404
    return found


def asked(request: HttpRequest, desk: read.Desk) -> tuple[read.Show, dict[str, str]]:
    """Which list, and what of the address narrows it."""
    show = read.SHOWS.get(request.GET.get("show", ""))
    if show is None or show.tab not in desk.tabs:
        show = next(one for one in read.SHOWS.values() if one.tab == desk.tabs[0])
    return show, {name: request.GET[name] for name in FILTERS if request.GET.get(name)}


def _listed(request: HttpRequest) -> dict[str, Any]:
    """The rows alone: what is polled."""
    desk, now = desk_of(request), clock.now()
    show, typed = asked(request, desk)
    chosen = read.chosen(typed, read.places_of(actor_of(request)) if typed.get("place") else [])
    rows = read.after(read.on_desk(desk, show, now, chosen), show, request.GET.get("after", ""))
    found = list(rows[: read.PAGE + 1])
    page, more = found[: read.PAGE], found[read.PAGE :]
    query = urlencode({"show": show.key, **typed})
    return {
        "desk": desk, "show": show, "typed": typed, "query": query, "lines": desk_words.lines(page, show, now), "may_pick": show.key in desk_doing.BULK,
        "after": read.mark_of(page[-1], show) if more else "", "first": not request.GET.get("after"),
    }  # fmt: skip


@require_safe
@needs(C.CASE_WORK)
def cases(request: HttpRequest) -> HttpResponse:
    """The lists of the acting post, by tabs; the choice stands in the address."""
    context = _listed(request)
    desk, show, actor, now = context["desk"], context["show"], actor_of(request), clock.now()
    counts = read.counts(desk, show.tab, now)
    context |= {
        "rooms": [{"key": tab, "label": read.TABS[tab], "current": tab == show.tab} for tab in desk.tabs],
        "shows": [
            {"key": one.key, "label": one.label, "count": counts.get(one.key), "current": one is show}
            for one in read.SHOWS.values() if one.tab == show.tab
        ],
        "filters": _filters(actor, desk, show, now), "bulk": desk_doing.BULK.get(show.key, ()),
        "units": units_to_choose(actor, now) if "dispatch" in desk_doing.BULK.get(show.key, ()) else [],
        "posts": desk_doing.posts(actor, now) if "holder" in desk_doing.BULK.get(show.key, ()) else [],
    }  # fmt: skip
    return render(request, "casework/desk/list.html", context)


def _filters(actor: Actor, desk: read.Desk, show: read.Show, now: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"name": "theme", "label": _("类别"), "options": [(key, str(one)) for key, one in themes().items()]},
        {"name": "place", "label": _("地方"), "options": [(str(place.pk), place.name) for place in read.places_of(actor)]},
        {"name": "kind", "label": _("种类"), "options": CaseKind.choices},
        {"name": "urgency", "label": _("急缓"), "options": Urgency.choices},
    ]
    if len(show.states) > 1:
        found.append({"name": "state", "label": _("状态"), "options": [(state, CaseState(state).label) for state in show.states]})
    if show.tab != read.UNIT and show.key not in ("new", "give", "along", "asked"):
        found.append({"name": "unit", "label": _("单位"), "options": read.units_of(desk, show, now)})
    return found


@require_safe
@needs(C.CASE_WORK)
def rows(request: HttpRequest) -> HttpResponse:
    """The list anew, or 304: asked again and again by the page that shows it. The words of the clocks change by the minute."""
    actor = actor_of(request)
    varies = f"{actor.post_id}|{request.get_full_path()}|{int(clock.now().timestamp()) // 60}"
    body = actor.acting.body_id if actor.acting else ""
    return polling.conditional(request, f"cases:{body}", lambda: render(request, "casework/desk/rows.html", _listed(request)), varies=varies)


@require_safe
@needs(C.CASE_WORK)
def mine(request: HttpRequest) -> HttpResponse:
    """What the acting post has to do, for a phone: what is due first on top."""
    actor, now = actor_of(request), clock.now()
    found = list(read.of_holder(actor.acting.id)[: read.MINE + 1]) if actor.acting else []
    rows, more = found[: read.MINE], found[read.MINE :]
    show = read.SHOWS["doing"]
    lines = desk_words.lines(rows, show, now)
    for line in lines:
        doing = desk_acts.possible(actor, line["case"], now)
        line["acts"] = doing[:2]
    today = [line for line in lines if desk_words.today(line["case"], now)]
    later = [line for line in lines if line not in today]
    return render(request, "casework/desk/mine.html", {"parts": [(_("今天到期和超期的"), today), (_("还有时间的"), later)], "any": bool(lines), "more": bool(more)})


@require_safe
@needs(C.CASE_WORK)
def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    return shown(request, handled(request, pk))


def shown(request: HttpRequest, case: Case, *, phone: str = "") -> HttpResponse:
    """The whole case; `phone` where it was just asked for."""
    actor, now = actor_of(request), clock.now()
    doing = desk_acts.possible(actor, case, now)
    model = tables.model_of(case.place) if case.state in (CaseState.SUBMITTED, CaseState.ACCEPTED) else None
    likely = tables.suggest_theme(case.place, f"{case.title} {case.text}") if model else ""
    context = {
        **desk_story.page(case, actor, now), "case": case, "doing": doing, "phone": phone,
        "likely": themes()[likely] if likely and likely != case.theme else None, "model": model,
    }  # fmt: skip
    return render(request, "casework/desk/case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(C.CASE_WORK)
def act(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All that can be done now, or the form of one act."""
    case, actor, now = handled(request, pk), actor_of(request), clock.now()
    doing = desk_acts.possible(actor, case, now)
    key = request.POST.get("do") or request.GET.get("do", "")
    one = next((each for each in doing if each.key == key), None)
    if one is not None:
        return desk_doing.pressed(request, case, one)
    late = desk_acts.BY_KEY.get(key) if request.method == "POST" else None
    if late is not None and not late.is_plain:
        return desk_doing.too_late(request, case, late)
    if request.method == "POST":
        desk_doing.faster(request)
        return redirect("casework:case", pk)
    return render(request, "casework/desk/acts.html", {"case": case, "doing": doing})


@require_POST
@needs(C.CASE_WORK)
def phone(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The number of a named reporter, once, on the page; he sees in his log that it was looked at."""
    case = handled(request, pk)
    try:
        number = evidence.look_at_phone(case=pk, by=actor_of(request), now=clock.now())
    except NotAllowed:
        raise Http404 from None
    except UserError as error:
        messages.error(request, str(error))
        return redirect("casework:case", pk)
    return shown(request, case, phone=number)
