"""Who reads, writes, speaks and keeps order on a board. Pure over the actor and rows; boards come with their place.

Members of a place are those whose verified home lies in it, and the posts of offices at, above or below it. An actor
for another reads what his principal reads, and writes nothing. Whoever may not read a board is told nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from linli.areas.api import Area
from linli.people.api import Actor, may

from .models import Board, Post, Topic
from .permissions import F
from .rules import Audience, PostState

A = Audience


def belongs(actor: Actor, permission: F, path: str) -> bool:
    """Whether the actor has the permission as a member of the place: by a home inside it, or a post around or inside it."""
    if actor.person is None:
        return False
    own = actor.paths_for(permission)
    if actor.acting is None:
        return any(home.startswith(path) for home in own)
    return any(home.startswith(path) or path.startswith(home) for home in own)


def may_read(actor: Actor, board: Board) -> bool:
    """Whether the board is there for the actor at all. Of a complaint box he then sees his own: `may_read_topic`."""
    if board.reads == A.PUBLIC:
        return True
    if board.reads == A.OFFICES:
        return actor.acting is not None and belongs(actor, F.FORUM_READ, board.place.path)
    return belongs(actor, F.FORUM_READ, board.place.path)


def may_handle(actor: Actor, board: Board) -> bool:
    """Whether the actor sees all of a complaint box."""
    return may(actor, F.FORUM_HANDLE, board.place) or may(actor, F.FORUM_MODERATE, board.place)


def may_moderate(actor: Actor, board: Board) -> bool:
    """Whether he keeps order there; never what he cannot read, never in another's name."""
    return actor.mandate is None and may(actor, F.FORUM_MODERATE, board.place) and may_read(actor, board)


def moderates(actor: Actor, place: Area) -> bool:
    """Whether he keeps order at the place in what everybody reads; under an office, never in another's name."""
    return actor.mandate is None and actor.acting is not None and may(actor, F.FORUM_MODERATE, place)


def may_shape(actor: Actor, board: Board) -> bool:
    return actor.mandate is None and may(actor, F.FORUM_BOARDS, board.place)


def may_write(actor: Actor, board: Board) -> bool:
    """Whether the actor may open a topic on the board."""
    if (
        actor.person is None
        or actor.mandate is not None
        or board.closed_at is not None
        or not may_read(actor, board)
    ):
        return False
    if board.writes == A.OFFICES and actor.acting is None:
        return False
    return belongs(actor, F.FORUM_WRITE, board.place.path)


def may_speak(actor: Actor, board: Board) -> bool:
    """Whether he may write there under the name of the office whose post acts."""
    return (
        may_write(actor, board)
        and actor.acting is not None
        and belongs(actor, F.FORUM_SPEAK, board.place.path)
    )


def may_read_topic(actor: Actor, topic: Topic) -> bool:
    """`topic.board.place` is loaded. A waiting topic is there for its author and the moderators alone."""
    return may_read_of(actor, topic.board, topic.author_id, topic.state)


def may_read_of(actor: Actor, board: Board, author: UUID | None, state: str) -> bool:
    """The same for lists, which have no topics but their rows."""
    if not may_read(actor, board):
        return False
    own = author is not None and author == actor.person_id
    if board.reads == A.OWN and not own and not may_handle(actor, board):
        return False
    return state != PostState.WAITING or own or may_moderate(actor, board)


def may_read_post(actor: Actor, post: Post) -> bool:
    """Whether he may read its text; `post.topic.board.place` is loaded."""
    if post.state == PostState.ERASED or not may_read_topic(actor, post.topic):
        return False
    return post.state == PostState.SHOWN or is_own(actor, post) or may_moderate(actor, post.topic.board)


def is_own(actor: Actor, post: Post) -> bool:
    """Whether the actor wrote it, or holds a post in the office that speaks in it."""
    if actor.person is None or actor.mandate is not None:
        return False
    speaks = post.body_id is not None and actor.acting is not None and actor.acting.body_id == post.body_id
    return speaks or (post.author_id == actor.person_id and post.body_id is None)


def may_reply(actor: Actor, topic: Topic, now: datetime) -> bool:
    """Whether he may add to the topic now."""
    if (
        topic.merged_into_id is not None
        or topic.is_closed(now)
        or topic.state in (PostState.HIDDEN, PostState.ERASED)
    ):
        return False
    board = topic.board
    if not may_write(actor, board) or not may_read_topic(actor, topic):
        return False
    return board.writes != A.OWN or topic.author_id == actor.person_id or may_handle(actor, board)


def may_edit(actor: Actor, post: Post, now: datetime) -> bool:
    """Whether he may change its words: his own, while he writes there and the topic goes on."""
    topic = post.topic
    stands = (
        post.state in (PostState.SHOWN, PostState.WAITING)
        and not topic.is_closed(now)
        and topic.merged_into_id is None
    )
    return stands and is_own(actor, post) and may_write(actor, topic.board)


def readable(actor: Actor, *, to: str = "") -> Q:
    """The same as `may_read`, as a condition over boards, or over rows that lead to one: `readable(actor, to="board__")`."""
    found = Q(**{f"{to}reads": A.PUBLIC})
    if actor.person is None:
        return found
    paths = actor.paths_for(F.FORUM_READ)
    around = _keys(paths)
    member = Q(**{f"{to}place__in": around}) if around else Q(pk__in=[])
    if actor.acting is None:
        return found | (Q(**{f"{to}reads__in": [A.MEMBERS, A.OWN]}) & member)
    return found | member | _below(paths, to)


def readable_topics(actor: Actor, *, to: str = "") -> Q:
    """The same as `may_read_topic`, as a condition over topics (`to="topic__"`: over rows that lead to one)."""
    found = readable(actor, to=f"{to}board__")
    shown = Q(**{f"{to}state__in": [PostState.SHOWN, PostState.HIDDEN, PostState.ERASED]})
    if actor.person is None:
        return found & shown
    own = Q(**{f"{to}author": actor.person_id})
    handled = _below((*actor.paths_for(F.FORUM_HANDLE), *actor.paths_for(F.FORUM_MODERATE)), f"{to}board__")
    moderated = _below(actor.paths_for(F.FORUM_MODERATE) if actor.mandate is None else (), f"{to}board__")
    return found & (~Q(**{f"{to}board__reads": A.OWN}) | own | handled) & (shown | own | moderated)


def _keys(paths: Iterable[str]) -> list[int]:
    """The places of the paths and all above them."""
    return sorted({int(key) for path in paths for key in path.strip("/").split("/")})


def _below(paths: Iterable[str], to: str) -> Q:
    found = Q(pk__in=[])
    for path in dict.fromkeys(paths):
        found |= Q(**{f"{to}place__path__under": path})
    return found
