"""Where the other rooms of the forum plug into writing: plain functions, registered once when the app is loaded.

Each is called inside the writer's transaction. `before_writing(actor, board, topic, text, now=…, post=…)`: may raise
UserError (nothing is written; what was typed is kept) or return the state in which the post begins; the strictest
counts. `topic` is None for a new topic, whose title stands before its text; `post` is the post that is being edited.
`after_writing(post, now)`: it stands, with its number, pictures and mentions. `after_editing(post, now)` likewise.
`state_changed(post, before, now)`: shown, hidden, waiting or erased now.

Pages of signed-in readers: `showing(request, topic, rows)` gives what the topic's page knows beside its posts, as a dict
that goes into its context: `reacted` (a frozenset of (post, kind)), `read_to` (the last number read), anything for one's
own includes. `news(request, topics, board=…, boards=…)` the same for lists: it may set `new` and `new_count` of the lines
it is given, and answer a dict such as `board_news` ({board: how many}).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .rules import PostState

if TYPE_CHECKING:
    from django.http import HttpRequest

    from linli.people.api import Actor

    from .models import Board, Post, Topic

BeforeWriting = Callable[..., PostState | None]
AfterWriting = Callable[["Post", datetime], object]
StateChanged = Callable[["Post", PostState, datetime], object]

before_writing: list[BeforeWriting] = []
after_writing: list[AfterWriting] = []
after_editing: list[AfterWriting] = []
state_changed: list[StateChanged] = []
showing: list[Callable[..., dict[str, Any]]] = []
news: list[Callable[..., dict[str, Any]]] = []


def register(hooks: list[Any], function: Any) -> Any:
    """Add a function to one of the lists above; the same one twice counts once."""
    if function not in hooks:
        hooks.append(function)
    return function


def ask_before(
    actor: Actor, board: Board, topic: Topic | None, text: str, *, now: datetime, post: Post | None = None
) -> PostState:
    """The state in which the post begins: WAITING where anybody says so. Raises UserError as they do."""
    answers = [hook(actor, board, topic, text, now=now, post=post) for hook in before_writing]
    return PostState.WAITING if PostState.WAITING in answers else PostState.SHOWN


def ask_showing(request: HttpRequest, topic: Topic, rows: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for hook in showing:
        found |= hook(request, topic, rows)
    return found


def ask_news(request: HttpRequest, topics: list[Any], **where: Any) -> dict[str, Any]:
    """Nothing for an anonymous visitor, whose pages are everybody's."""
    found: dict[str, Any] = {}
    if request.actor.person is not None:  # type: ignore[attr-defined]
        for hook in news:
            found |= hook(request, topics, **where)
    return found
