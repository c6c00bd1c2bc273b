"""Topics brought where they belong: moved to another board, split, merged. Never before more readers than they had."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common.errors import UserError
from linli.common.ids import uuid7
from linli.people.api import Actor

from .. import text_rules
from ..access import may_write
from ..cache_tags import board_tag
from ..findable import find_topic
from ..models import Act, Board, Post, Topic
from ..rules import PostState
from ..speech_rules import ActKind, may_carry
from .counting import recount_board, recount_topic
from .following import follow_on
from .noting import LOG, Why, check_why, lock_topic, note, require_order
from .touching import touch_topics
from .turning import said_of
from .writing import dish

K = ActKind
MOST = 500  # posts that one act carries


@transaction.atomic
def move_topic(*, topic: Topic, board: Board, why: Why, by: Actor, now: datetime) -> Act:
    """To another board that the moderator keeps too. Raises UserError (board) where more people would read it there."""
    topic = lock_topic(topic)
    require_order(by, topic)
    board = Board.objects.select_related("place").get(pk=board.pk)
    _check_target(by, topic.board, board)
    rules, why = check_why(K.MOVE, why, topic.board.place)
    if board.pk == topic.board_id:
        raise UserError(_("已经在这个版块"), field="board")
    if topic.source:
        raise UserError(_("公告的话题跟着公告走"), field="board")
    before = topic.board
    act = note(
        K.MOVE, by=by, now=now, topic=topic, why=why, rules=rules, detail={"from": before.pk, "to": board.pk}
    )
    Topic.objects.filter(pk=topic.pk).update(board=board)
    for one in (before, board):
        recount_board(one)
    find_topic(topic.pk)
    _dish(Post.objects.filter(topic=topic))
    touch_topics([topic.pk], board_tag(before.pk), LOG)
    return act


def _check_target(by: Actor, source: Board, target: Board) -> None:
    from .noting import may_keep_order

    if not may_keep_order(by, target) or not may_write(by, target):
        raise UserError(_("那个版块不归您管，或者已经关了"), field="board")
    if source.pk != target.pk and not may_carry(
        source.reads, target.reads, same_place=source.place_id == target.place_id
    ):
        raise UserError(_("不能移到更多人看得到的地方：写的人没有答应过"), field="board")


@transaction.atomic
def split_topic(
    *, topic: Topic, numbers: Iterable[int], title: str, why: Why, by: Actor, now: datetime
) -> Act:
    """These posts become a topic of their own, in their order; where they stood a line says where they went.

    Raises UserError (numbers, title). Permanent links to the posts go on leading to them.
    """
    topic = lock_topic(topic)
    require_order(by, topic)
    rules, why = check_why(K.SPLIT, why, topic.board.place)
    wanted = sorted(set(numbers))
    posts = list(Post.objects.select_for_update().filter(topic=topic, number__in=wanted).order_by("number"))
    if not posts or len(posts) != len(wanted) or wanted[0] < 2 or len(wanted) > MOST:
        raise UserError(_("写要拆出去的楼号，比如 5-9 或 5,7；1 楼不能拆"), field="numbers")
    if any(post.state != PostState.SHOWN for post in posts):
        raise UserError(_("其中有的楼没有显示出来，先不要拆"), field="numbers")
    first = posts[0]
    new = Topic.objects.create(
        board=topic.board, title=text_rules.title(title), author_id=first.author_id, body_id=first.body_id,
        unnamed=first.unnamed, at=first.at, last_at=posts[-1].at,
    )  # fmt: skip
    act = note(
        K.SPLIT,
        by=by,
        now=now,
        topic=topic,
        why=why,
        rules=rules,
        detail={"to": new.pk, "numbers": wanted[:50]},
    )
    _carry(posts, topic, new, said_of(act))
    if topic.solved_by in wanted or topic.clarified_by in wanted:
        solved = None if topic.solved_by in wanted else topic.solved_by
        clear = None if topic.clarified_by in wanted else topic.clarified_by
        Topic.objects.filter(pk=topic.pk).update(solved_by=solved, clarified_by=clear)
    _after([topic, new], topic.board)
    return act


@transaction.atomic
def merge_topics(*, topic: Topic, into: Topic, why: Why, by: Actor, now: datetime) -> Act:
    """All posts of `topic` go to the end of `into`; its address leads there from now on. Raises UserError (into)."""
    for key in sorted((topic.pk, into.pk)):
        lock_topic(key)  # the lower first, so that two mergers never wait for each other
    topic, into = lock_topic(topic), lock_topic(into)
    require_order(by, topic)
    require_order(by, into)
    rules, why = check_why(K.MERGE, why, topic.board.place)
    if topic.pk == into.pk or into.merged_into_id is not None or topic.merged_into_id is not None:
        raise UserError(_("换一个话题：不能并到自己，也不能并到已经并掉的"), field="into")
    if topic.source:
        raise UserError(_("公告的话题不能并到别处"), field="into")
    if topic.state != PostState.SHOWN or into.state != PostState.SHOWN:
        raise UserError(_("两个话题都要是看得见的"), field="into")
    _check_target(by, topic.board, into.board)
    posts = list(Post.objects.select_for_update().filter(topic=topic).order_by("number"))
    if len(posts) > MOST:
        raise UserError(_("这个话题有 %(n)d 条，太长了，不能并") % {"n": len(posts)}, field="into")
    act = note(K.MERGE, by=by, now=now, topic=topic, why=why, rules=rules, detail={"to": into.pk})
    _carry(posts, topic, into, said_of(act), stubs=False)
    follow_on(topic, into)
    Topic.objects.filter(pk=topic.pk).update(
        merged_into=into, closed_at=topic.closed_at or now, pin=0, replies=0
    )
    recount_topic(into)
    for board in {topic.board_id, into.board_id}:
        recount_board(board)
    find_topic(topic.pk)
    find_topic(into.pk)
    touch_topics([topic.pk, into.pk], LOG)
    return act


def _carry(posts: list[Post], source: Topic, target: Topic, said: str, *, stubs: bool = True) -> None:
    """Give the posts the next numbers of the target; `stubs` leave a line in each one's place."""
    numbers = {post.number: target.last_number + nth for nth, post in enumerate(posts, 1)}
    left = []
    for post in posts:
        if stubs:
            left.append(
                Post(
                    topic=source,
                    number=post.number,
                    state=PostState.HIDDEN,
                    said=said,
                    at=post.at,
                    key=uuid7(),
                )
            )
        post.topic, post.number = target, numbers[post.number]
        post.reply_to = numbers.get(post.reply_to) if post.reply_to else None
        post.save(update_fields=["topic", "number", "reply_to"])
    Post.objects.bulk_create(left)
    target.last_number += len(posts)
    Topic.objects.filter(pk=target.pk).update(last_number=target.last_number)
    _dish(Post.objects.filter(pk__in=[post.pk for post in [*posts, *left]]))


def _after(topics: list[Topic], board: Board) -> None:
    for topic in topics:
        recount_topic(topic)
        find_topic(topic.pk)
    recount_board(board)
    touch_topics([topic.pk for topic in topics], LOG)


def _dish(posts: Iterable[Post]) -> None:
    for post in posts:
        dish(post)
