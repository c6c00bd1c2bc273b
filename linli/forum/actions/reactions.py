"""Agreeing and thanking: the row and its counter change together, under the locks of topic and post."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from linli.common.errors import NotAllowed, UserError
from linli.people.api import Actor

from .. import access
from ..models import Board, Post, Reaction
from ..permissions import F as P
from ..rules import PostState, Reacts
from .noting import lock_post
from .touching import touch_topics

COUNTERS = {Reacts.AGREE: "agreed", Reacts.THANK: "thanked"}


def may_react(by: Actor, board: Board) -> bool:
    """Who belongs to the place, by a home or by a post; for himself alone."""
    if by.person is None or by.mandate is not None or not access.may_read(by, board):
        return False
    return access.belongs(by, P.FORUM_READ, board.place.path)


@transaction.atomic
def toggle_reaction(*, post: int, kind: str, by: Actor, now: datetime) -> bool:
    """Whether it stands now. Raises NotAllowed where he does not belong, UserError with one's own post."""
    row = lock_post(post)
    if by.person_id is None or row.state != PostState.SHOWN or not access.may_read_topic(by, row.topic):
        raise NotAllowed(_("这一楼现在不能点"))
    if not may_react(by, row.topic.board):
        raise NotAllowed(_("认好住处就能点；这里给%(place)s的居民") % {"place": row.topic.board.place.name})
    if row.author_id == by.person_id or row.for_person_id == by.person_id:
        raise UserError(_("自己写的就不用自己点了"))
    counter = COUNTERS[Reacts(kind)]
    gone, _by_model = Reaction.objects.filter(post=row, person=by.person_id, kind=kind).delete()
    if not gone:
        Reaction.objects.create(post=row, person_id=by.person_id, kind=kind)
    Post.objects.filter(pk=row.pk).update(**{counter: F(counter) + (-1 if gone else 1)})
    touch_topics({row.topic_id})
    return not gone
