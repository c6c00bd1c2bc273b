"""One's own pages of the forum: what concerns one, and what goes on around one's home."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from linli.common import clock
from linli.common.pagecache.parts import reading as tags_read_at_once
from linli.design.outline import outlined
from linli.people.api import Actor, signed_in
from linli.sites.api import nav_tags, nobody, stand_in

from ..actions.reading import note_visit
from ..queries import concerns, news, reading
from ..queries.boards import boards_at, name_of, site_near
from ..queries.topics import TopicLine
from .common import actor_of
from .reading_doors import me, number_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FRAME = ("sites", "areas", "bodies")
WHY = {
    "own": _lazy("您发的"), "named": _lazy("提到您"), "followed": _lazy("您关注的"), "person": _lazy("您关注的人"),
    "board": _lazy("您关注的版块"),
}  # fmt: skip


@require_safe
@signed_in
def for_you(request: HttpRequest) -> HttpResponse:
    """What one follows, began, is named in, and one's own places."""
    actor, now = actor_of(request), clock.now()
    with tags_read_at_once(home_tags(actor)):
        since = note_visit(person=me(request).pk, now=now)
        before = _cursor(request.GET.get("before", ""))
        page = concerns.for_you(actor, now, before)
        lines = [one.line for one in page.found]
        reading.mark_new(lines, page.reads, since)
        names = {pk: name_of(board) for pk, board in page.boards.items()}
        context = {
            "lines": [line_html(one.line, names[one.line.board], now, str(WHY.get(one.why, ""))) for one in page.found],
            "after": _written(page.after), "later": before is not None, **_around(request, since),
        }  # fmt: skip
        return _framed(request, "forum/reading/for_you.html", context)


@require_safe
@signed_in
def near(request: HttpRequest) -> HttpResponse:
    """One's compound, then the community around it, then the street."""
    actor, now = actor_of(request), clock.now()
    since = note_visit(person=me(request).pk, now=now)
    with tags_read_at_once(home_tags(actor)):
        rings = news.near(actor, now)
        lines = [line for ring in rings for line in ring.lines]
        reading.fill_new(me(request).pk, lines, since)
        names = {pk: name_of(board) for pk, board in boards_at(line.board for line in lines).items()}
        told = [(ring, [line_html(line, names[line.board], now) for line in ring.lines]) for ring in rings]
        return _framed(request, "forum/reading/near.html", {"rings": told, **_around(request, since)})


def _around(request: HttpRequest, since: datetime) -> dict[str, Any]:
    """The boards of one's places with what is new there."""
    boards = news.boards_of_reader(actor_of(request))
    counts = reading.news_of_boards(me(request).pk, [board.pk for board in boards], since)
    return {"boards": [(board.pk, name_of(board), _new(counts.get(board.pk, 0))) for board in boards]}


def _new(n: int) -> str:
    return ngettext("%(n)s 个有新的", "%(n)s 个有新的", n) % {"n": n} if n else ""


def _framed(request: HttpRequest, template: str, own: dict[str, Any]) -> HttpResponse:
    """In the frame of one's first place."""
    paths = news.home_paths(actor_of(request))
    site = site_near(paths[0]) if paths else None
    if site is None:
        return render(request, template, {"frame": "design/page.html", **own})
    stand_in(request, site)
    common = {"frame": "sites/page.html"}
    return outlined(
        request, template, common | own, common=common, nobody=nobody(site, request.path, modes=request.modes),  # type: ignore[attr-defined]
        key=(site.pk,), tags=FRAME,
    )  # fmt: skip


def home_tags(actor: Actor) -> tuple[str, ...]:
    """What these pages ask for in any case, so that it is asked at once."""
    places = (int(path.strip("/").rpartition("/")[2]) for path in news.home_paths(actor)[:1])
    return (*FRAME, "boards", *(tag for place in places for tag in nav_tags(place)))


SHOWN = (
    "url", "title", "replies", "last_at", "last_name", "by", "office", "unnamed", "answered_by", "solved", "pin", "badge", "new", "new_count",
)  # fmt: skip


def line_html(line: TopicLine, board: str, now: datetime, why: str = "") -> str:
    """A topic in a list of several boards; most lines are the same for many readers."""
    facts = tuple(getattr(line, name) for name in SHOWN)
    return _line_html(facts, board, why, get_language(), clock.local_date(now))


@lru_cache(maxsize=2048)
def _line_html(facts: tuple[Any, ...], board: str, why: str, _language: str | None, _day: Any) -> str:
    return render_to_string("forum/reading/line.html", {"topic": dict(zip(SHOWN, facts, strict=True)), "board": board, "why": why})


def _cursor(text: str) -> news.Before:
    moment, _dash, key = text.partition("-")
    at, pk = number_of(moment), number_of(key)
    return (_EPOCH + timedelta(microseconds=at), pk) if at is not None and pk is not None else None


def _written(before: news.Before) -> str:
    return f"{(before[0] - _EPOCH) // timedelta(microseconds=1)}-{before[1]}" if before else ""
