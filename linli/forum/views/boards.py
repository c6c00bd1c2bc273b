"""The boards of a site, and a board with its topics."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.common import clock
from linli.common.errors import UserError
from linli.common.pagecache import cached, kept, midnight
from linli.common.pagecache.parts import reading
from linli.people.api import needs, public, signed_in
from linli.sites.api import Site, of_site

from .. import hooks
from ..access import may_shape
from ..actions.boards import close_board, open_board, shape_board
from ..actions.drafts import discard_draft
from ..actions.touching import forum_tags
from ..cache_tags import board_tag
from ..forms.boards import BoardForm
from ..models import Board, Draft
from ..permissions import F
from ..queries.boards import boards_of, boards_to_shape, name_of
from ..queries.drafts import drafts_of
from ..queries.news import from_above
from ..queries.topics import SORTS, newest_of, tags_of, topics_of
from .common import ASK, actor_of, board_or_404, frame, frame_tags, sent, tags_of_board


@require_safe
@public
@cached(tags=forum_tags, valid_until=midnight)
@of_site
def boards(request: HttpRequest, site: Site) -> HttpResponse:
    """All boards of a place, and what was asked and told there last."""
    lines = boards_of(site, actor_of(request))
    topics = newest_of([line.pk for line in lines], 12, clock.now(), own=True)
    context: dict[str, Any] = {
        "boards": lines, "topics": topics, "own": [line for line in lines if line.place_id == site.place_id],
        "signed": actor_of(request).person is not None, **hooks.ask_news(request, topics, boards=lines),
    }  # fmt: skip
    return render(request, "forum/boards/list.html", context)


@require_safe
@public
@cached(tags=tags_of_board, query=("sort", "tag", "after"), valid_until=midnight)
def board(request: HttpRequest, pk: int) -> HttpResponse:
    board = board_or_404(request, pk, framed=False)
    with reading((board_tag(pk), *frame_tags(board))):
        frame(request, board)
        return render(request, "forum/boards/board.html", _context(request, board))


def _context(request: HttpRequest, board: Board) -> dict[str, Any]:
    now, asked = clock.now(), request.GET
    sort, tag = asked.get("sort", "last"), asked.get("tag", "")[:12].replace("\x00", "")
    sort = sort if sort in SORTS else "last"
    page = topics_of(board, actor_of(request), sort=sort, tag=tag, after=asked.get("after", ""), now=now)
    site: Site = request.local  # type: ignore[attr-defined]
    first = sort == "last" and not tag and not asked.get("after")
    above = from_above(actor_of(request), board, now) if first else []
    around = boards_of(site, actor_of(request))
    return {
        "board": board, "name": name_of(board), "page": page, "sort": sort, "tag": tag, "later": bool(asked.get("after")),
        "boards": around, "above": above, "signed": actor_of(request).person is not None,
        "tags": kept(("board tags", board.pk), lambda: tags_of(board), tags=(board_tag(board.pk),)),
        "may_shape": may_shape(actor_of(request), board), **hooks.ask_news(request, [*above, *page.lines], board=board, boards=around),
    }  # fmt: skip


@require_safe
@signed_in
def drafts(request: HttpRequest) -> HttpResponse:
    """What one is writing, everywhere."""
    return render(request, "forum/boards/drafts.html", {"drafts": drafts_of(actor_of(request))})


@require_http_methods(["POST"])
@signed_in
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    draft = Draft.objects.filter(pk=pk, person=actor_of(request).person_id).first()
    if draft is None:
        raise Http404
    discard_draft(by=actor_of(request), draft=draft)
    messages.success(request, _("草稿扔掉了"))
    return redirect("forum:drafts")


@require_safe
@needs(F.FORUM_BOARDS)
def desk(request: HttpRequest) -> HttpResponse:
    """The boards that the acting post shapes, place by place."""
    rows = boards_to_shape(actor_of(request).paths_for(F.FORUM_BOARDS))
    return render(request, "forum/boards/desk.html", {"boards": rows})


@require_http_methods(ASK)
@needs(F.FORUM_BOARDS)
@of_site
def new(request: HttpRequest, site: Site) -> HttpResponse:
    """Open a board for a theme of this place."""
    if site.body_id is not None or not may_shape(actor_of(request), Board(place=site.place)):
        raise Http404
    form = BoardForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            board = open_board(
                by=actor_of(request),
                place=site.place,
                theme=form.cleaned_data["theme"],
                now=clock.now(),
                **form.shape(),
            )
        except UserError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("版块开好了"))
            return redirect("forum:board", board.pk)
    return render(request, "forum/boards/shape.html", {"form": form, "board": None, "site": site})


@require_http_methods(ASK)
@needs(F.FORUM_BOARDS)
def shape(request: HttpRequest, pk: int) -> HttpResponse:
    board, actor = board_or_404(request, pk), actor_of(request)
    if not may_shape(actor, board):
        raise Http404
    if request.method == "POST" and request.POST.get("do") in ("close", "open"):
        close_board(by=actor, board=board, now=clock.now(), again=request.POST["do"] == "open")
        messages.success(request, _("改好了"))
        return redirect("forum:board", board.pk)
    form = BoardForm(sent(request), board=board)
    if request.method == "POST" and form.is_valid():
        try:
            shape_board(by=actor, board=board, now=clock.now(), **form.shape())
        except UserError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("改好了"))
            return redirect("forum:board", board.pk)
    return render(request, "forum/boards/shape.html", {"form": form, "board": board})
