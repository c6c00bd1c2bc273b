"""Agreeing, thanking, and saying what solved it: small buttons below posts, and their own pages for kept ones."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.common import clock
from linli.common.errors import UserError
from linli.people.api import oneself, signed_in

from ..actions.reactions import toggle_reaction
from ..actions.solving import mark_solved, may_solve
from ..articles import join, place_of
from ..models import Post
from ..queries.posts import reacted, rows_between
from ..rules import Reacts
from .common import ASK, actor_of, post_or_404, topic_or_404, viewer_of
from .polls import below_posts
from .reading_doors import me, number_of


@require_http_methods(ASK)
@signed_in
@oneself
def react(request: HttpRequest, pk: int) -> HttpResponse:
    """From a kept page one comes here to press; pressing leads back."""
    post = post_or_404(request, pk, text=True)
    back, kind = place_of(post.topic_id, post.number), request.POST.get("kind") or request.GET.get("kind", "")
    if request.method == "POST" and kind in Reacts.values:
        _toggle(request, post.pk, kind)
        return redirect(back)
    mine = {kind for _post, kind in reacted(me(request).pk, rows_between(post.topic_id, post.number, post.number))}
    kinds = [(one, one.label, one in mine, "users" if one == Reacts.AGREE else "heart") for one in Reacts]
    return render(request, "forum/reading/react.html", {"post": post, "back": back, "kinds": kinds, "asked": kind})


@require_POST
@signed_in
@oneself
def press(request: HttpRequest, pk: int) -> HttpResponse:
    """The buttons below all posts of a topic: `do` is `agree:45`, with the key of the post. Asked by htmx the one article answers."""
    topic = topic_or_404(request, pk)
    kind, _colon, key = request.POST.get("do", "").partition(":")
    post = Post.objects.filter(pk=number_of(key) or 0, topic=topic).first()
    if post is None or kind not in Reacts.values:
        messages.error(request, _("没有按到哪一楼，再按一次"))
        return redirect(place_of(topic.pk, 1))
    done = _toggle(request, post.pk, kind)
    if not request.headers.get("HX-Request") or not done:
        back = place_of(topic.pk, post.number)
        return HttpResponse(status=204, headers={"HX-Redirect": back}) if request.headers.get("HX-Request") else redirect(back)
    now, rows = clock.now(), rows_between(topic.pk, post.number, post.number)
    viewer = viewer_of(request, topic, now, reacted=reacted(me(request).pk, rows))
    below = below_posts(request, topic.pk, (post.number, post.number), now, key=(topic.pk, topic.version, f"post {post.number}"))
    html = "".join(html for _number, html in join(rows, topic.pk, viewer, now, below))
    return HttpResponse(html, headers={"HX-Retarget": f"#f{post.number}", "HX-Reswap": "outerMorph"})


def _toggle(request: HttpRequest, post: int, kind: str) -> bool:
    try:
        toggle_reaction(post=post, kind=kind, by=actor_of(request), now=clock.now())
    except UserError as error:
        messages.error(request, str(error))
        return False
    return True


@require_http_methods(ASK)
@signed_in
@oneself
def solves(request: HttpRequest, pk: int) -> HttpResponse:
    """This post answered the question, or no longer does."""
    post = post_or_404(request, pk, text=True)
    if not may_solve(actor_of(request), post.topic):
        raise Http404
    back = place_of(post.topic_id, post.number)
    if request.method == "POST":
        try:
            solved = mark_solved(post=post.pk, by=actor_of(request), now=clock.now())
            messages.success(request, _("标为已解决，邻居一眼看到答案在哪一楼") if solved else _("改回没有解决"))
        except UserError as error:
            messages.error(request, str(error))
        return redirect(back)
    context = {"post": post, "back": back, "solved": post.topic.solved_by == post.number}
    return render(request, "forum/reading/solves.html", context)
