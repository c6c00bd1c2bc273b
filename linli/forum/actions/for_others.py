"""Writing down what somebody asks for by phone or at a counter: under his name, marked so, with both on record."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.common import audit
from linli.common.clock import local_date
from linli.common.errors import NotAllowed, UserError
from linli.messaging.api import tell
from linli.people.api import Actor, Person, load_stays, may

from .. import access, told
from ..models import Board, Post, Topic
from ..permissions import F
from .posts import write_post
from .telling import heading
from .topics import open_topic


def may_write_down(by: Actor, board: Board) -> bool:
    """Staff of the place, while a post acts; never in another's name."""
    if by.acting is None or by.mandate is not None or board.closed_at is not None:
        return False
    return may(by, F.FORUM_FOR_OTHERS, board.place) and access.may_read(by, board)


@transaction.atomic
def write_for(
    *, person: Person, board: Board, title: str, text: str, consent: str, by: Actor, now: datetime,
    topic: Topic | None = None, key: UUID | None = None, private_ok: bool = False,
) -> Post:  # fmt: skip
    """A new topic on the board, or a reply in `topic`, as the person asked. `consent`: how he asked, in words that stand there.

    Raises NotAllowed where the actor may not, UserError for somebody who might not write there himself.
    """
    if not may_write_down(by, board):
        raise NotAllowed(_("这里不能代发"))
    if not consent.strip():
        raise UserError(_("记一句本人是怎么要求的"), field="consent")
    if person.pk == by.person_id:
        raise UserError(_("自己的话用自己的账号发"), field="number")
    himself = Actor(person=person, stays=load_stays(person, local_date(now)))
    if not (access.may_reply(himself, topic, now) if topic else access.may_write(himself, board)):
        raise UserError(_("本人的住处不在这里，或还没核实；先替他认好住处"), field="number")
    asked: dict[str, Any] = {"for_person": person, "consent": consent.strip(), "key": key, "private_ok": private_ok}
    if topic is None:
        opened = open_topic(by=by, board=board, title=title, text=text, now=now, **asked)
        post = Post.objects.select_related("topic__board__place").get(topic=opened, number=1)
    else:
        post = write_post(by=by, topic=topic, text=text, now=now, **asked)
        post = Post.objects.select_related("topic__board__place").get(pk=post.pk)
    audit.record(actor=by, action="forum.for_other", subject=post, about=person, place=board.place, now=now)
    words = {"heading": heading(post.topic), "topic": post.topic_id, "post": post.pk, "body": by.acting.body_name if by.acting else ""}
    tell(person=person, template=told.FOR_YOU, key=f"forum:for:{post.pk}", context=words, place=board.place, now=now)
    return post
