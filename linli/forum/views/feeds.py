"""Public boards as Atom: the newest topics with their first post."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.people.api import Actor, public
from linli.sites.api import FeedEntry, Site, feed, of_site

from ..access import may_read
from ..cache_tags import board_tag
from ..models import Post
from ..queries.boards import board_at, boards_of, name_of, site_of_board
from ..rules import PostState

MOST = 30


@require_safe
@public
@of_site
def site(request: HttpRequest, site: Site) -> HttpResponse:
    """What everybody may read at a place, whoever asks."""
    keys = [line.pk for line in boards_of(site, Actor())]
    title = _("%(name)s论坛") % {"name": site.name}
    path = reverse("forum:boards", args=[site.slug])
    return feed(
        request,
        site,
        kind="topic",
        title=title,
        path=path,
        entries=lambda: _entries(keys),
        tags=("boards", *map(board_tag, keys)),
    )


@require_safe
@public
def board(request: HttpRequest, pk: int) -> HttpResponse:
    board = board_at(pk)
    found = site_of_board(board) if board is not None and may_read(Actor(), board) else None
    if board is None or found is None:
        raise Http404
    title = _("%(name)s·论坛") % {"name": name_of(board)}
    path = reverse("forum:board", args=[pk])
    return feed(
        request,
        found,
        kind="topic",
        title=title,
        path=path,
        entries=lambda: _entries([pk]),
        tags=("boards", board_tag(pk)),
    )


def _entries(boards: Iterable[int]) -> Iterator[FeedEntry]:
    firsts = Post.objects.filter(
        number=1,
        state=PostState.SHOWN,
        topic__board__in=list(boards),
        topic__state=PostState.SHOWN,
        topic__merged_into=None,
    ).select_related("topic", "author", "body")
    for post in firsts.order_by("-topic__at", "-topic_id")[:MOST]:
        topic = post.topic
        yield FeedEntry(
            topic.pk,
            topic.title,
            reverse("forum:topic", args=[topic.pk]),
            _writer(post),
            topic.at,
            post.edited_at or post.at,
            post.cooked,
        )


def _writer(post: Post) -> str:
    if post.unnamed:
        return _("匿名邻居")
    return post.body.name if post.body else post.author.display_name if post.author else _("系统")
