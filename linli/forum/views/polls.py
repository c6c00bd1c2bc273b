"""Polls: below the post where they stand, and on a page of their own, which is never kept."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.common.pagecache import kept, valid_until
from linli.people.api import public, signed_in

from .. import poll_access
from ..actions import polls as verbs
from ..articles import place_of
from ..forms.poll import PollForm, first_values
from ..models import Poll
from ..queries import polls as read
from .common import actor_of, post_or_404
from .reading_doors import blame, crumbs, number_of


def below_posts(
    request: HttpRequest, topic: int, numbers: tuple[int, int], now: datetime, *, key: tuple[Hashable, ...]
) -> dict[int, str]:
    """The polls of a page by their posts' numbers. What a visitor sees holds no form. `key`: the page as it stands."""
    found = kept(("polls", *key), lambda: read.polls_between(topic, *numbers))
    if not found:
        return {}
    lines = read.lines_of([key for _number, key in found], actor_of(request), now)
    for line in lines.values():
        valid_until(request, None if line.over else line.poll.ends_at)
    return {number: _rendered(request, lines[key], now) for number, key in found if key in lines}


def _rendered(request: HttpRequest, line: read.PollLine, now: datetime) -> str:
    context = {"line": line, "poll": line.poll, "now": now, "with_form": line.votes, "problem": ""}
    return render_to_string("forum/parts/poll.html", context, request=request)


@require_http_methods(["GET", "HEAD", "POST"])
@public
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    """One poll: voting, and where the vote is open who chose what. A vote answers with the post below which it stands."""
    found = _poll_for(request, pk)
    now, problem = clock.now(), ""
    if request.method == "POST":
        try:
            return _cast(request, found, now)
        except UserError as error:
            problem = str(error)
    line = read.lines_of([found.pk], actor_of(request), now)[found.pk]
    topic = found.post.topic
    context = {
        "line": line, "poll": line.poll, "now": now, "with_form": line.votes, "problem": problem, "topic": topic,
        "links": crumbs(topic.board, topic), "back": place_of(topic.pk, found.post.number),
        "voters": _voters(line, read.voters_of(found)) if line.shown else [],
    }  # fmt: skip
    return render(request, "forum/polls/poll.html", context)


def _cast(request: HttpRequest, found: Poll, now: datetime) -> HttpResponse:
    actor, home = actor_of(request), number_of(request.POST.get("home", ""))
    if actor.person is None:
        raise NotAllowed(_("先登录，再投票"))
    if request.POST.get("take_back"):
        verbs.take_back(poll=found.pk, by=actor, now=now, home=home)
        messages.success(request, _("这一票收回了，不再计入"))
    else:
        chosen = {number for text in request.POST.getlist("choice")[:50] if (number := number_of(text)) is not None}
        verbs.vote(poll=found.pk, chosen=chosen, by=actor, now=now, home=home)
        messages.success(request, _("投好了，截止前可以改"))
    return redirect(place_of(found.post.topic_id, found.post.number))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a poll below one's own post."""
    post, now = post_or_404(request, pk, text=True), clock.now()
    if not poll_access.may_open(actor_of(request), post, now):
        raise Http404
    form = PollForm(request.POST if request.method == "POST" else None, initial=first_values(now))
    if request.method == "POST" and form.is_valid():
        try:
            verbs.open_poll(post=post.pk, facts=form.facts(), by=actor_of(request), now=now)
            messages.success(request, _("投票开始了"))
            return redirect(place_of(post.topic_id, post.number))
        except UserError as error:
            blame(form, error)
    context = {"form": form, "post": post, "links": crumbs(post.topic.board, post.topic), "there": read.has_poll(post)}
    return render(request, "forum/polls/new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a poll before its time."""
    found = _poll_for(request, pk)
    actor, now = actor_of(request), clock.now()
    if not poll_access.may_close(actor, found.post):
        raise Http404
    if request.method == "POST":
        verbs.close_poll(poll=found.pk, by=actor, now=now)
        messages.success(request, _("投票截止了"))
        return redirect(place_of(found.post.topic_id, found.post.number))
    return render(request, "forum/polls/close.html", {"poll": found, "back": place_of(found.post.topic_id, found.post.number)})


def _poll_for(request: HttpRequest, pk: int) -> Poll:
    found = read.poll_at(pk)
    if found is None:
        raise Http404
    found.post = post_or_404(request, found.post_id, text=True)
    return found


def _voters(line: read.PollLine, names: dict[int, list[str]]) -> list[dict[str, Any]]:
    return [{"text": option.text, "names": names.get(option.pk, [])} for option in line.options if names]

