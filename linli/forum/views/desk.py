"""The moderators' desk: what was reported, what waits, one post, one topic."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.common import clock
from linli.people.api import needs

from .. import post_acts, thing_acts, topic_acts
from ..access import may_read_topic, moderates
from ..actions import erasure
from ..actions.noting import may_keep_order
from ..actions.things import has_part
from ..articles import ours, tag_of
from ..forms.moderation import EraseForm
from ..models import Post
from ..permissions import F
from ..queries import moderation as read
from ..queries.appeals import open_appeals
from ..queries.speech import rules_for
from ..rules import PostState
from ..speech_rules import Cause
from ..things import kind_of, thing_of, url_of
from .moderating import actor_of, line_of, tried

PAGE = 30
page = require_http_methods(["GET", "HEAD", "POST"])
SHOWS = ("reports", "waiting")


@require_safe
@needs(F.FORUM_MODERATE)
def desk(request: HttpRequest) -> HttpResponse:
    """Reports and the queue, the longest waiting first; the board and what is shown stand in the address."""
    actor, show, board = actor_of(request), request.GET.get("show", "reports"), request.GET.get("board", "")
    show = show if show in SHOWS else "reports"
    key = int(board) if board.isdecimal() and len(board) < 16 else None
    boards = list(read.boards_at_desk(actor))
    rows: Any = read.reported(actor, key) if show == "reports" else read.waiting(actor, key)
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    found = (
        read.cases(list(shown.object_list))
        if show == "reports"
        else read.waiting_cases(list(shown.object_list))
    )
    reported, waiting = read.desk_counts(actor)
    context = {
        "show": show, "boards": boards, "board": key, "page": shown, "cases": [_case(one) for one in found],
        "query": f"show={show}" + (f"&board={key}" if key else ""), "reported": reported, "waiting": waiting,
        "appeals": open_appeals(actor).count() if F.FORUM_APPEAL in actor.permissions else None,
    }  # fmt: skip
    return render(request, "forum/desk/list.html", context)


def _case(case: read.Case) -> dict[str, Any]:
    return {"case": case, "post": case.post, "cause": Cause(case.cause).label if case.cause else ""}


@page
@needs(F.FORUM_MODERATE)
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """One post: its text, what is reported of it, what was done, and what can be done now."""
    found, actor = read.post_for_desk(pk), actor_of(request)
    if (
        found is None
        or not may_keep_order(actor, found.topic.board)
        or not may_read_topic(actor, found.topic)
    ):
        raise Http404
    own = actor.person_id in (found.author_id, found.for_person_id)
    reports = [] if own else read.reports_of(found)
    can = (
        [] if own else post_acts.possible(found, bool(reports), read.still_standing(found, ("warn", "pause")))
    )
    context = {
        "post": found, "cooked": ours(found.cooked), "own": own, "reports": _reports(found, reports), "tag": tag_of(found) if not found.unnamed else "",
        "acts": [line_of(one, actor) for one in read.acts_of(post=found)],
        "may_erase": erasure.may_erase(actor, found) and found.state != PostState.ERASED and not own,
    }  # fmt: skip
    return acting(request, found.topic.board.place, found, can, post_acts, context, "forum/desk/post.html")


def _reports(post: Post, rows: list[Any]) -> list[dict[str, Any]]:
    """What was said, never by whom."""
    rules = rules_for(post.topic.board.place)
    own = {row.rules_id: row.rules.articles for row in rows if row.rules_id}
    found = []
    for row in rows:
        articles = own.get(row.rules_id, rules.articles)
        text = articles[row.article - 1] if 0 < row.article <= len(articles) else ""
        found.append({"row": row, "rule": _("第 %(n)d 条 %(text)s") % {"n": row.article, "text": text}})
    return found


@page
@needs(F.FORUM_MODERATE)
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """One topic: close, slow down, pin, move, split, merge, mark the official clarification."""
    found, actor = read.topic_for_desk(pk), actor_of(request)
    if found is None or not may_keep_order(actor, found.board) or not may_read_topic(actor, found):
        raise Http404
    can = topic_acts.possible(found)
    context = {
        "topic": found, "acts": [line_of(one, actor) for one in read.acts_of(topic=found)],
        "boards": read.boards_at_desk(actor),
    }  # fmt: skip
    return acting(request, found.board.place, found, can, topic_acts, context, "forum/desk/topic.html")


@page
@needs(F.FORUM_MODERATE)
def thing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One thing of an upper app: hide it, or bring it back."""
    found, actor = thing_of(pk), actor_of(request)
    if found is None or not moderates(actor, found.place):
        raise Http404
    own = has_part(actor, found)
    context = {
        "thing": found, "label": kind_of(found.ref).label, "url": url_of(found.ref), "own": own,
        "acts": [line_of(one, actor) for one in read.acts_of(thing=found.ref)],
    }  # fmt: skip
    can = [] if own else thing_acts.possible(found)
    return acting(request, found.place, found, can, thing_acts, context, "forum/desk/thing.html")


def acting(
    request: HttpRequest,
    place: Any,
    thing: Any,
    can: list[Any],
    acts: Any,
    context: dict[str, Any],
    template: str,
) -> HttpResponse:
    """The page with the form of the act that was chosen (`?do=hide`); POST carries it out."""
    actor, now = actor_of(request), clock.now()
    wanted = request.POST.get("do") or request.GET.get("do") or ""
    doing = next((one for one in can if one.key == wanted), None)
    if request.method == "POST" and doing is None:
        messages.error(request, _("刚才有人先处理了，请看现在的情况"))
        return redirect(request.path)
    form = None
    if doing is not None:
        data = request.POST if request.method == "POST" else None
        form = doing.form(data, rules=rules_for(place), kind=doing.kind, **acts.more(doing, context))
        if request.method == "POST" and form.is_valid():
            filled = form.cleaned_data
            if (
                tried(request, form, lambda: acts.carry_out(doing, thing, filled, by=actor, now=now))
                is not None
            ):
                messages.success(request, doing.said)
                return redirect(request.path)
    return render(request, template, {**context, "can": can, "doing": doing, "form": form})


@page
@needs(F.FORUM_ERASE)
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """By law, with its basis; never to be undone."""
    found, actor = read.post_for_desk(pk), actor_of(request)
    if found is None or found.state == PostState.ERASED or not erasure.may_erase(actor, found):
        raise Http404
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        basis, now = form.cleaned_data["basis"], clock.now()
        if (
            tried(request, form, lambda: erasure.erase_post(post=found, basis=basis, by=actor, now=now))
            is not None
        ):
            messages.success(request, _("依法删除了，楼号留着"))
            return redirect("forum:desk_post", found.pk)
    return render(request, "forum/desk/erase.html", {"form": form, "post": found})
