"""What waits for a moderator: let it out, or not, with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.people.api import Actor

from .. import told_moderation as told
from ..models import Act, Post
from ..rules import PostState
from ..speech_rules import ActKind, Cause
from .noting import Why, check_why, lock_post, note, require_order
from .turning import turn

K = ActKind


@transaction.atomic
def approve_post(*, post: Post, by: Actor, now: datetime) -> Act:
    """Readers see it from now on; whoever is to be told of it is told now. Raises UnknownTransition, NotAllowed."""
    post = lock_post(post)
    require_order(by, post.topic, post)
    act = turn(post, "approve", K.APPROVE, by=by, now=now)
    told.tell_author(act, now)
    return act


@transaction.atomic
def refuse_post(*, post: Post, why: Why, by: Actor, now: datetime) -> Act:
    """It stays unseen; its text is kept, and the author may appeal."""
    post = lock_post(post)
    require_order(by, post.topic, post)
    rules, why = check_why(K.REFUSE, why, post.topic.board.place)
    act = turn(post, "refuse", K.REFUSE, by=by, now=now, why=why, rules=rules)
    told.tell_author(act, now)
    return act


def note_hold(*, post: Post, cause: Cause, now: datetime) -> Act | None:
    """The machine's row for a post that begins, or is put back, as waiting. In the writer's transaction."""
    if post.state != PostState.WAITING:
        return None
    return note(K.HOLD, by=None, now=now, topic=post.topic, post=post, cause=cause)
