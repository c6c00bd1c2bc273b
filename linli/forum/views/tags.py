"""The words that topics of a place bear, and the topics of one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.common import clock
from linli.common.pagecache import cached, midnight
from linli.people.api import Actor, public
from linli.sites.api import Site, find_site, of_site, site_tags

from .. import hooks
from ..cache_tags import board_tag
from ..queries.boards import boards_of
from ..queries.tags import open_boards, topics_with, words_of
from ..rules import TAG
from .common import actor_of
from .home import line_html
from .reading_doors import number_of

_NOBODY = Actor()


def tags_of_site(slug: str, **_word: str) -> tuple[str, ...]:
    """What these pages depend on: the frame, and every board of the site that a visitor reads."""
    site = find_site(slug, clock.local_date(clock.now()))
    boards = boards_of(site, _NOBODY) if site else []
    return (*site_tags(slug), "boards", *(board_tag(line.pk) for line in boards))


@require_safe
@public
@cached(tags=tags_of_site, valid_until=midnight)
@of_site
def tags(request: HttpRequest, site: Site) -> HttpResponse:
    boards = [line.pk for line in open_boards(site, actor_of(request))]
    return render(request, "forum/reading/tags.html", {"words": words_of(boards)})


@require_safe
@public
@cached(tags=tags_of_site, query=("before",), valid_until=midnight)
@of_site
def tagged(request: HttpRequest, site: Site, word: str) -> HttpResponse:
    if not word or len(word) > TAG:
        raise Http404
    boards = open_boards(site, actor_of(request))
    before = number_of(request.GET.get("before", ""))
    now = clock.now()
    lines, after = topics_with(word, [line.pk for line in boards], actor_of(request), before, now)
    names, mine = {line.pk: line.name for line in boards}, hooks.ask_news(request, lines)
    context = {"word": word, "lines": [line_html(line, names[line.board], now) for line in lines], "after": after, **mine}
    return render(request, "forum/reading/tagged.html", context)
