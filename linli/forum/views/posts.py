"""A single post: its permanent address, its history, and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.common import clock
from linli.common.pagecache import cached, midnight
from linli.common.privacy_check import find_private
from linli.people.api import oneself, public, signed_in

from ..access import is_own, may_edit, may_moderate
from ..actions.posts import edit_post
from ..articles import place_of
from ..forms.writing import EditForm, WriteForm
from ..queries.boards import name_of
from ..queries.posts import versions_of
from ..rules import PostState
from .common import ASK, actor_of, post_or_404, tags_of_post
from .writing import Desk


@require_safe
@public
@cached(tags=tags_of_post)
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """The permanent address leads to where the post stands now."""
    found = post_or_404(request, pk)
    return redirect(place_of(found.topic_id, found.number))


@require_safe
@public
@cached(tags=tags_of_post, valid_until=midnight)
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """What it said before; a version that seems to hold personal data is named, not shown. A hidden post's words are
    there for its author and the moderators."""
    post = post_or_404(request, pk, text=True)
    looks_after = is_own(actor_of(request), post) or may_moderate(actor_of(request), post.topic.board)
    lines = [
        {
            "at": one.at,
            "title": one.title,
            "text": one.text,
            "hidden": bool(find_private(f"{one.title}\n{one.text}")) and not looks_after,
        }
        for one in versions_of(post)
    ]
    context = {
        "post": post,
        "lines": lines,
        "board_name": name_of(post.topic.board),
        "where": place_of(post.topic_id, post.number),
    }
    return render(request, "forum/posts/history.html", context)


@require_http_methods(ASK)
@signed_in
@oneself
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    post = post_or_404(request, pk, text=True)
    if not may_edit(actor_of(request), post, clock.now()):
        raise Http404
    first = post.number == 1
    tags = _("，").join(tag.word for tag in post.topic.tags.all()) if first else ""

    def make(data: object, **kw: object) -> WriteForm:
        return EditForm(data, first=first, title=post.topic.title, tags=tags, **kw)

    def act(form: WriteForm) -> str:
        assert isinstance(form, EditForm)
        changed = edit_post(by=actor_of(request), post=post, now=clock.now(), **form.changes())
        waits = changed.state == PostState.WAITING
        messages.success(
            request, _("收到了，版主看过就发出") if waits else _("改好了，改之前的话别人还能看到")
        )
        return place_of(post.topic_id, post.number)

    return Desk(
        request, post.topic.board, f"post:{pk}", "forum/writing/edit.html", make, act, reverse("forum:edit", args=[pk]),
        start={"text": post.text}, key=post.key, context={"post": post, "topic": post.topic},
    ).answer()  # fmt: skip
