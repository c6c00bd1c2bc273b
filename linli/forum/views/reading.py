"""What one follows, what is new, and new replies while one reads."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.common import clock
from linli.people.api import public, signed_in

from ..actions.following import end_follow, follow_author, follow_board, follow_topic, followable
from ..actions.reading import note_read, read_all
from ..articles import join, place_of
from ..models import Post
from ..queries import news, reading
from ..queries.boards import name_of
from ..queries.posts import reacted, rows_between
from ..reading_rules import first_unread
from ..rules import PAGE, Following, PostState
from .common import ASK, actor_of, board_or_404, post_or_404, topic_or_404, viewer_of
from .reading_doors import me, number_of


@require_safe
@signed_in
def following(request: HttpRequest) -> HttpResponse:
    """All that one follows or has muted, with the way out of it."""
    return render(request, "forum/reading/following.html", news.followed_things(me(request).pk))


@require_POST
@signed_in
def all_read(request: HttpRequest) -> HttpResponse:
    """Nothing is new any more."""
    read_all(person=me(request).pk, now=clock.now())
    messages.success(request, _("都标为看过了"))
    return redirect("forum:for_you")


@require_safe
@signed_in
def first_unread_post(request: HttpRequest, pk: int) -> HttpResponse:
    """To where one left off; who never was here begins at the beginning."""
    topic = topic_or_404(request, pk)
    read = reading.read_of(me(request).pk, topic.pk)
    number = first_unread(read.number, topic.last_number) if read else 1
    return redirect(place_of(topic.pk, number))


@require_safe
@public
def new_posts(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked again and again while a topic is read: 204 while nothing came after `seen`, else the bar that says how much.

    With `show` the articles after `after`, and the bar begins anew below them. One look at the topic where nothing is
    new: its row is read for the right to read it in any case, so no counter of its own is kept (`common.polling`).
    """
    topic = topic_or_404(request, pk)
    after = number_of(request.GET.get("after", "")) or 0
    seen = max(after, number_of(request.GET.get("seen", "")) or 0)
    show = "show" in request.GET
    etag = f'"{topic.last_number}.{after}.{getattr(request, "modes", "")}"'
    if not show and (topic.last_number <= seen or request.headers.get("If-None-Match") == etag):
        return HttpResponse(status=304 if topic.last_number > seen else 204)
    response = _fresh_posts(request, topic, after) if show else _bar(request, topic, after)
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = etag
    return response


def _bar(request: HttpRequest, topic: Any, after: int) -> HttpResponse:
    numbers = Post.objects.filter(topic=topic, number__gt=after, state=PostState.SHOWN).order_by("number")
    found = list(numbers.values_list("number", flat=True)[: 5 * PAGE])
    if not found:
        return HttpResponse(status=204)
    context = {"topic": topic, "after": after, "count": len(found), "seen": topic.last_number, "first": place_of(topic.pk, found[0])}
    return render(request, "forum/parts/fresh_bar.html", context)


def _fresh_posts(request: HttpRequest, topic: Any, after: int) -> HttpResponse:
    """At most a page of them; what comes after that page is shown by the next press."""
    now = clock.now()
    rows = rows_between(topic.pk, after + 1, after + PAGE)
    person = actor_of(request).person_id
    own = reacted(person, rows) if person else frozenset()
    articles = join(rows, topic.pk, viewer_of(request, topic, now, reacted=own), now)
    last = max((row.number for row in rows), default=after)
    if person is not None and rows:
        note_read(person=person, topic=topic.pk, number=last, before=reading.read_of(person, topic.pk), now=now)
    return render(request, "forum/parts/fresh_posts.html", {"topic": topic, "articles": articles, "after": last})


@require_http_methods(ASK)
@signed_in
def follow_a_topic(request: HttpRequest, pk: int) -> HttpResponse:
    topic = topic_or_404(request, pk)
    back = place_of(topic.pk, 1).removesuffix("#f1")
    if request.method == "POST":
        how = _how(request)
        follow_topic(topic=topic, following=how, by=actor_of(request), now=clock.now())
        return _followed(request, how, back)
    read = reading.read_of(me(request).pk, topic.pk)
    return _ask(request, topic.title, read.following if read else Following.NONE, back, mutes=True)


@require_http_methods(ASK)
@signed_in
def follow_a_board(request: HttpRequest, pk: int) -> HttpResponse:
    board = board_or_404(request, pk)
    back = f"/boards/{board.pk}/"
    if request.method == "POST":
        how = _how(request)
        follow_board(board=board, following=how, by=actor_of(request))
        return _followed(request, how, back)
    return _ask(request, name_of(board), reading.follow_of_board(me(request).pk, board.pk), back, mutes=True)


@require_http_methods(ASK)
@signed_in
def follow_an_author(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow who wrote a post; of an office or an unnamed neighbour there is nobody."""
    post = post_or_404(request, pk, text=True)
    whom, back = followable(post), place_of(post.topic_id, post.number)
    if whom is None or whom.pk == me(request).pk:
        messages.info(request, _("这一楼没有可以关注的人"))
        return redirect(back)
    if request.method == "POST":
        how = _how(request)
        follow_author(post=post, following=how, by=actor_of(request))
        return _followed(request, how, back)
    return _ask(request, whom.display_name, reading.follow_of_person(me(request).pk, whom.pk), back, mutes=False)


@require_POST
@signed_in
def unfollow(request: HttpRequest, pk: int) -> HttpResponse:
    """No longer follow a person; the address names one's own row, never the person."""
    if not end_follow(follow=pk, by=actor_of(request)):
        raise Http404
    messages.success(request, _("不再关注"))
    return redirect("forum:following")


def _how(request: HttpRequest) -> Following:
    """What was pressed; anything else is no following."""
    number = {"1": 1, "-1": -1}.get(request.POST.get("following", ""), 0)
    return Following(number)


def _followed(request: HttpRequest, how: Following, back: str) -> HttpResponse:
    words = {1: _("关注了，有新的就告诉您"), 0: _("不再关注"), -1: _("不再提醒您，也不算未读")}
    messages.success(request, words[int(how)])
    return redirect(back)


def _ask(request: HttpRequest, name: str, following: int, back: str, *, mutes: bool) -> HttpResponse:
    context = {"name": name, "following": following, "back": back, "mutes": mutes}
    return render(request, "forum/reading/follow.html", context)
