"""Where the other rooms of the forum plug into writing: plain functions, registered once when the app is loaded.

Each is called inside the writer's transaction. `before_writing(actor, board, topic, text, now=…, post=…)`: may raise
UserError (nothing is written; what was typed is kept) or return the state in which the post begins; the strictest
counts. `topic` is None for a new topic, whose title stands before its text; `post` is the post that is being edited.
`after_writing(post, now)`: it stands, with its number, pictures and mentions. `after_editing(post, now)` likewise.
`state_changed(post, before, now)`: shown, hidden, waiting or erased now. `showing(request, topic, rows)`: what a
signed-in reader's page knows beside the posts, as a dict that goes into its context.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .rules import PostState

if TYPE_CHECKING:
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
