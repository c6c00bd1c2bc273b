"""Boards: those of a site, and the one that a page stands on."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from linli.areas.api import Area, Level
from linli.common import prepared
from linli.common.pagecache import kept
from linli.people.api import Actor
from linli.sites.api import Site, nearest_site

from ..access import may_read
from ..models import Board
from ..rules import Audience


def board_at(pk: int) -> Board | None:
    """The board with its place; one statement."""
    return boards_at([pk]).get(pk)


def boards_at(keys: Iterable[int]) -> dict[int, Board]:
    """The boards of these keys with their places; one statement, none for nothing."""
    found = tuple(sorted(set(keys)))
    return {board.pk: board for board in prepared.objects(_with_place, values=(found,))} if found else {}


def _with_place(keys: Any) -> QuerySet[Board]:
    return Board.objects.select_related("place").filter(pk__in=keys)


def site_near(path: str) -> Site | None:
    """The site of the place at the path, or of the nearest place above that has one; one's own copy of what is kept."""
    return copy(kept(("site near", path), lambda: _site(Area.objects.get(path=path)), tags=("sites", "areas", "bodies")))


def site_of_board(board: Board) -> Site | None:
    """The site in whose frame the board stands; one's own copy of what is kept."""
    return copy(
        kept(("site of board", board.place_id), lambda: _site(board.place), tags=("sites", "areas", "bodies"))
    )


def _site(place: Area) -> Site | None:
    return nearest_site(place)


def name_of(board: Board) -> str:
    """Its name in the active language."""
    return board.name_en if board.name_en and get_language() == "en" else board.name


@dataclass(frozen=True)
class BoardLine:
    """A board in a list."""

    pk: int
    name: str
    lead: str
    topics: int
    place_id: int
    theme: str
    reads: str

    @property
    def limited(self) -> bool:
        return self.reads != Audience.PUBLIC


def boards_of(site: Site, actor: Actor) -> list[BoardLine]:
    """The boards of a site that the actor may read: its own first, then those of the places in it, then those around it.

    One statement, or none while nobody opens, shapes or closes a board; counters are at most as old as the last topic.
    """
    language = get_language() or ""
    rows = kept(
        ("boards around", site.place_id, language),
        lambda: _rows(site.place),
        tags=("boards", f"place:{site.place_id}", "areas"),
    )
    return [line for board, line in rows if may_read(actor, board)]


def _rows(place: Area) -> list[tuple[Board, BoardLine]]:
    around = Q(place__path__under=place.path)
    if place.level == Level.COMPOUND:
        around |= Q(place__in=place.ancestor_ids, place__level=Level.COMMUNITY)
    rows = Board.objects.filter(around, closed_at=None).select_related("place")
    ordered = sorted(rows, key=lambda board: _order(board, place))
    return [
        (
            board,
            BoardLine(
                board.pk, name_of(board), board.lead, board.topics, board.place_id, board.theme, board.reads
            ),
        )
        for board in ordered
    ]


def _order(board: Board, place: Area) -> tuple[object, ...]:
    above = not board.place.path.startswith(place.path)
    own = board.place_id == place.pk
    return above, board.place.level, board.place.sort, board.place_id if not own else 0, board.order, board.pk


def boards_to_shape(paths: Iterable[str]) -> list[Board]:
    """All boards at or below the paths, closed ones too, place by place."""
    inside = Q(pk__in=[])
    for path in paths:
        inside |= Q(place__path__under=path)
    return list(
        Board.objects.filter(inside)
        .select_related("place")
        .order_by("place__level", "place__sort", "place_id", "order", "pk")
    )
