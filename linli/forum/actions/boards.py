"""Boards: one for each compound and community, made with its site, and themes that an office opens beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area, Level, title
from linli.common import audit
from linli.common.errors import NotAllowed, UserError
from linli.common.pagecache import bump
from linli.people.api import Actor
from linli.sites.api import Site, SiteKind, place_tag

from .. import text_rules
from ..access import may_shape
from ..cache_tags import board_tag
from ..findable import find_topic
from ..models import Board, Topic
from ..rules import LEAD, NAME, Approval, Audience

LEVELS = (Level.COMMUNITY, Level.COMPOUND)


@transaction.atomic
def ensure_boards(*, keys: Iterable[int] | None = None) -> int:
    """Open the missing board without theme of each compound and community that has a site; how many there were.

    The others follow the name of their place. With `keys` only these places and those below them are looked at.
    """
    places = Area.objects.filter(
        pk__in=Site.objects.filter(kind=SiteKind.PLACE, closed_on=None).values("place"),
        level__in=LEVELS,
        valid_to=None,
    )
    if keys is not None:
        changed = Area.objects.filter(pk__in=list(keys), level__lte=Level.COMPOUND)
        places = places.under_any(changed.values_list("path", flat=True))
    there = {board.place_id: board for board in Board.objects.filter(theme="", place__in=places)}
    new, renamed = [], []
    for place in places.order_by("level", "sort", "pk"):
        name, board = title(place)[:NAME], there.get(place.pk)
        if board is None:
            new.append(Board(place=place, name=name, order=0))
        elif board.name != name:
            board.name = name
            renamed.append(board)
    Board.objects.bulk_create(new, batch_size=500)
    Board.objects.bulk_update(renamed, ["name"], batch_size=500)
    if new or renamed:
        bump("boards")
    return len(new)


@transaction.atomic
def open_board(
    *, by: Actor, place: Area, theme: str, name: str, now: datetime, lead: str = "", name_en: str = "",
    reads: Audience = Audience.PUBLIC, writes: Audience = Audience.MEMBERS, anonymous: bool = False,
    approval: Approval = Approval.NONE, slow: int = 0, order: int = 50,
) -> Board:  # fmt: skip
    """Open a board for a theme of a place. `theme` is its slug there; `slow` in seconds.

    Raises NotAllowed, UserError (theme, name, lead, writes).
    """
    board = Board(place=place, theme=theme.strip().lower(), order=order)
    if not may_shape(by, board) or not Site.objects.filter(kind=SiteKind.PLACE, place=place).exists():
        raise NotAllowed(_("没有找到"))
    if (
        not board.theme
        or not board.theme.replace("-", "").isascii()
        or not board.theme.replace("-", "").isalnum()
    ):
        raise UserError(_("网址里的名字只用小写字母、数字和短横线"), field="theme")
    if Board.objects.filter(place=place, theme=board.theme).exists():
        raise UserError(_("这里已经有这个版块了"), field="theme")
    _fill(board, name, name_en, lead, reads, writes, anonymous, approval, slow)
    board.save(force_insert=True)
    _done(by, board, "forum.board.open", now)
    return board


@transaction.atomic
def shape_board(
    *, by: Actor, board: Board, now: datetime, name: str, lead: str = "", name_en: str = "", reads: Audience, writes: Audience,
    anonymous: bool, approval: Approval, slow: int, order: int | None = None,
) -> Board:  # fmt: skip
    """Give a board another name, line, audience or pace. What was written unnamed stays unnamed.

    Raises NotAllowed, UserError (name, lead, writes).
    """
    board = Board.objects.select_for_update(of=("self",)).select_related("place").get(pk=board.pk)
    if not may_shape(by, board):
        raise NotAllowed(_("没有找到"))
    before = board.reads
    _fill(board, name, name_en, lead, reads, writes, anonymous, approval, slow)
    board.order = board.order if order is None else order
    board.save()
    if board.reads != before:
        for pk in Topic.objects.filter(board=board).values_list("pk", flat=True):
            find_topic(pk)
    _done(by, board, "forum.board.shape", now)
    return board


@transaction.atomic
def close_board(*, by: Actor, board: Board, now: datetime, again: bool = False) -> Board:
    """Nothing more is written there; what was stays readable. `again` opens it once more. Raises NotAllowed."""
    board = Board.objects.select_for_update(of=("self",)).select_related("place").get(pk=board.pk)
    if not may_shape(by, board):
        raise NotAllowed(_("没有找到"))
    board.closed_at = None if again else board.closed_at or now
    board.save(update_fields=["closed_at"])
    _done(by, board, "forum.board.open" if again else "forum.board.close", now)
    return board


def _fill(
    board: Board,
    name: str,
    name_en: str,
    lead: str,
    reads: str,
    writes: str,
    anonymous: bool,
    approval: str,
    slow: int,
) -> None:
    """The parts that may be chosen. The board without theme keeps its place's name and stays readable by all its members."""
    if board.theme:
        board.name = text_rules.one_line(name, NAME, "name", _("写个名字"))
        board.name_en = text_rules.one_line(name_en, 2 * NAME, "name_en")
    board.lead = text_rules.one_line(lead, LEAD, "lead")
    if writes == Audience.PUBLIC:
        raise UserError(_("发言要先认证，不能对所有人开放"), field="writes")
    if not board.theme and reads not in (Audience.PUBLIC, Audience.MEMBERS):
        raise UserError(_("每个地方的第一个版块要让住在这里的人都看得到"), field="reads")
    board.reads, board.writes, board.approval = Audience(reads), Audience(writes), Approval(approval)
    board.anonymous, board.slow = anonymous, max(0, slow)


def _done(by: Actor, board: Board, action: str, now: datetime) -> None:
    detail = {"reads": board.reads, "writes": board.writes, "anonymous": board.anonymous}
    audit.record(actor=by, action=action, subject=board, place=board.place, detail=detail, now=now)
    bump("boards", board_tag(board.pk), place_tag(board.place_id))
