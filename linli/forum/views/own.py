"""One's own posts, and taking them along as a file."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.common import audit, clock
from linli.people.api import oneself, signed_in
from linli.sites.api import absolute

from ..queries.own import exported, page_of_posts
from .common import actor_of
from .reading_doors import me, number_of


@require_safe
@signed_in
@oneself
def mine(request: HttpRequest) -> HttpResponse:
    posts, after = page_of_posts(me(request).pk, number_of(request.GET.get("before", "")))
    return render(request, "forum/reading/mine.html", {"posts": posts, "after": after})


@require_safe
@signed_in
@oneself
def mine_json(request: HttpRequest) -> HttpResponse:
    """All of them, for programs."""
    _record(request)
    answer = HttpResponse("".join(_lines(request)), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="linli-posts.json"'
    return answer


@require_safe
@signed_in
@oneself
def mine_html(request: HttpRequest) -> HttpResponse:
    """All of them, for reading without this site."""
    _record(request)
    context = {"person": me(request), "posts": list(exported(me(request).pk)), "origin": absolute(""), "now": clock.now()}
    answer = render(request, "forum/reading/mine_file.html", context)
    answer["Content-Disposition"] = 'attachment; filename="linli-posts.html"'
    return answer


def _lines(request: HttpRequest) -> Iterator[str]:
    yield '{"origin": ' + json.dumps(absolute("")) + ', "posts": ['
    for nth, post in enumerate(exported(me(request).pk)):
        yield (",\n" if nth else "\n") + json.dumps(post, ensure_ascii=False)
    yield "\n]}\n"


def _record(request: HttpRequest) -> None:
    person = me(request)
    audit.record(actor=actor_of(request), action="forum.export", subject=person, about=person, now=clock.now())
