"""“This answered it”: said by who asked, or by an office of the place."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.common import audit
from linli.common.errors import NotAllowed, UserError
from linli.messaging.api import tell
from linli.people.api import Actor

from .. import access, told
from ..models import Topic
from ..rules import PostState
from .noting import lock_post
from .telling import heading
from .touching import touch_topics


def may_solve(by: Actor, topic: Topic) -> bool:
    """Who opened the topic in his own name, whoever speaks for an office there, or who keeps order; not in another's name."""
    if by.person is None or by.mandate is not None or topic.merged_into_id is not None:
        return False
    asked = topic.author_id == by.person_id and topic.body_id is None
    return asked or access.may_speak(by, topic.board) or access.may_moderate(by, topic.board)


@transaction.atomic
def mark_solved(*, post: int, by: Actor, now: datetime) -> bool:
    """The post that solved it, or none any more where it was this one. Whether the topic counts as solved now."""
    row = lock_post(post)
    topic = row.topic
    if not may_solve(by, topic) or not access.may_read_topic(by, topic):
        raise NotAllowed(_("只有发起的人和各单位能说解决了"))
    if row.state != PostState.SHOWN:
        raise UserError(_("这一楼现在看不到，选别的一楼"))
    solved = None if topic.solved_by == row.number else row.number
    Topic.objects.filter(pk=topic.pk).update(solved_by=solved)
    audit.record(
        actor=by, action="forum.solved", subject=topic, place=topic.board.place, detail={"number": solved or 0}, now=now
    )
    writer = row.for_person_id or row.author_id
    if solved and row.body_id is None and writer and writer != by.person_id:
        tell(
            person=writer, template=told.SOLVED, key=f"forum:solved:{row.pk}", place=topic.board.place, now=now,
            context={"heading": heading(topic), "topic": topic.pk, "post": row.pk},
        )  # fmt: skip
    touch_topics({topic.pk})
    return solved is not None
