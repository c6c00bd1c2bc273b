"""Who may open a poll, vote in it and end it. Pure over the actor and rows; posts come with their topic and board."""

from __future__ import annotations

from datetime import datetime

from linli.people.api import Actor

from . import access
from .models import Board, Post
from .permissions import F as P
from .rules import PostState


def may_vote(by: Actor, board: Board) -> bool:
    """Residents and members of the place, each for himself: no office, and nobody in another's name."""
    if by.person is None or by.acting is not None or by.mandate is not None or not access.may_read(by, board):
        return False
    return access.belongs(by, P.FORUM_READ, board.place.path)


def homes_of(by: Actor, board: Board) -> list[int]:
    """The homes at the board's place for which he may cast the vote."""
    homes = (stay.area_id for stay in by.stays if stay.in_home and stay.path.startswith(board.place.path))
    return list(dict.fromkeys(homes))


def may_open(by: Actor, post: Post, now: datetime) -> bool:
    """Whether a poll may be put below this post: by who wrote it, while the topic goes on."""
    stands = post.state in (PostState.SHOWN, PostState.WAITING) and not post.topic.is_closed(now)
    return stands and access.is_own(by, post) and access.may_write(by, post.topic.board)


def may_close(by: Actor, post: Post) -> bool:
    return access.is_own(by, post) or access.may_moderate(by, post.topic.board)
