"""Opening a topic."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common.errors import NotAllowed, UserError
from linli.common.ids import uuid7
from linli.common.pagecache.parts import reading
from linli.people.api import Actor, Person
from linli.sites.api import place_tag

from .. import hooks, text_rules
from ..access import may_read, may_write
from ..findable import find_new, find_post
from ..models import Board, Post, Topic
from ..rules import Audience, Pin
from .posts import of_key, set_tags
from .touching import let_go, touch_topic
from .writing import Sheet, begin, count_in, dish, put_post


@transaction.atomic
def open_topic(
    *, by: Actor, board: Board, title: str, text: str, now: datetime, as_office: bool = False, unnamed: bool = False,
    tags: str = "", key: UUID | None = None, alts: Mapping[UUID, str] | None = None, private_ok: bool = False,
    for_person: Person | None = None, consent: str = "",
) -> Topic:  # fmt: skip
    """Open a topic with its first post. The same one-time `key` gives the topic it made before.

    `tags`: words with commas between them. The rest as `write_post`. Raises NotAllowed for a board that the actor does
    not see, UserError (title, text, tags, sign, private_ok, alt_…, none: the board is closed or he may not write here).
    """
    key = key or uuid7()
    before = of_key(by, key)
    if before is not None:
        return before.topic
    board = Board.objects.select_related("place").get(pk=board.pk)
    if not may_read(by, board):
        raise NotAllowed(_("没有找到"))
    if for_person is None and not may_write(by, board):  # else the caller has asked for him
        raise UserError(_refused(board))
    line, words = text_rules.title(title), text_rules.tags(tags)
    sheet = Sheet(text_rules.body(text), as_office, unnamed, None, key, alts, private_ok, for_person, consent)
    with reading(()):  # the limits are looked at twice and are the same
        state, called = begin(by, board, None, sheet, f"{line}\n{sheet.text}", now)
        topic = Topic.objects.create(
            board=board, title=line, author_id=by.person_id, body_id=by.acting.body_id if as_office and by.acting else None,
            unnamed=unnamed, state=state, at=now, last_at=now,
        )  # fmt: skip
        set_tags(topic, words)
        post = put_post(by, topic, sheet, state, called, now)
        topic.refresh_from_db(fields=["last_name", "last_number"])
        for hook in hooks.after_writing:
            hook(post, now)
    find_new(post)
    let_go(topic)
    return topic


@transaction.atomic
def open_topic_of(
    *, board: Board, title: str, text: str, source: str, body: UUID, now: datetime, pin: Pin = Pin.NONE,
    pinned_until: datetime | None = None, author: UUID | None = None,
) -> Topic:  # fmt: skip
    """A topic that stands for something published elsewhere, once a board and `source`; nobody's hooks are asked.

    `body`: the office whose words they are. The caller is the system, told by an event.
    """
    there = Topic.objects.filter(board=board, source=source).first()
    if there is not None:
        return there
    topic = Topic.objects.create(
        board=board, title=title[:60], author_id=author, body_id=body, at=now, last_at=now, source=source, pin=pin,
        pinned_until=pinned_until, last_number=1,
    )  # fmt: skip
    post = Post.objects.create(
        topic=topic, number=1, author_id=author, body_id=body, text=text, at=now, key=uuid7()
    )
    dish(post)
    post.topic = Topic.objects.select_related("board__place").get(pk=topic.pk)
    count_in(post, now)
    find_post(post)
    touch_topic(topic, place_tag(board.place_id))
    return topic


def _refused(board: Board) -> object:
    if board.closed_at is not None:
        return _("这个版块已经关了，不再收新的发言。您写的还在。")
    if board.writes == Audience.OFFICES:
        return _("这个版块只有各单位发话题。您写的还在。")
    return _("认证了这里的住处才能发言。您写的还在。")
