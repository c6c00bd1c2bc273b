"""What every act of moderation has: the right to it, its article and reason, its row in the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.common import audit
from linli.common.errors import NotAllowed, UserError
from linli.common.pagecache import bump
from linli.common.plain_check import not_plain
from linli.common.text import clean
from linli.people.api import Actor, Person

from ..access import may_moderate, may_read, may_read_topic
from ..models import Act, Board, Post, Topic
from ..queries.speech import Rules, rules_for
from ..speech_rules import NEEDS_ARTICLE, ORDER, REASON, ActKind
from ..things import Thing
from .touching import around

LOG = "forum.acts"  # the tag of the public logs


@dataclass(frozen=True)
class Why:
    """The article (0: for order alone) and the reason, which is public."""

    article: int
    reason: str


def lock_topic(topic: Topic | int) -> Topic:
    """The topic with its board and place, locked before any of its posts: as those who reply do."""
    pk = topic if isinstance(topic, int) else topic.pk
    return (
        Topic.objects.select_for_update(of=("self",))
        .select_related("board__place", "author", "body")
        .get(pk=pk)
    )


def lock_post(post: Post | int) -> Post:
    """The post with its topic, both locked."""
    pk, topic = (
        (post, Post.objects.values_list("topic", flat=True).get(pk=post))
        if isinstance(post, int)
        else (post.pk, post.topic_id)
    )
    held = lock_topic(topic)
    row = (
        Post.objects.select_for_update(of=("self",)).select_related("author", "body", "for_person").get(pk=pk)
    )
    if row.topic_id != held.pk:  # moved by somebody meanwhile
        held = lock_topic(row.topic_id)
    row.topic = held
    return row


def whom(post: Post) -> Person | None:
    """Whom an act on the post concerns: who wrote it, or for whom it was written down; of an office, who signed."""
    return post.for_person or post.author


def require_order(by: Actor, topic: Topic, post: Post | None = None) -> None:
    """Raises NotAllowed where the actor keeps no order or may not read; UserError for his own post."""
    if (
        by.person is None
        or by.acting is None
        or not may_keep_order(by, topic.board)
        or not may_read_topic(by, topic)
    ):
        raise NotAllowed("moderate")
    if post is not None and by.person_id in (post.author_id, post.for_person_id):
        raise UserError(_("这是您自己发的，由别的管理人处理"))


def may_keep_order(by: Actor, board: Board) -> bool:
    """Never what he cannot read, never in another's name, and always under an office."""
    return by.mandate is None and by.acting is not None and may_read(by, board) and may_moderate(by, board)


def check_why(kind: str, why: Why, place: Area) -> tuple[Rules, Why]:
    """The rules in force and the cleaned reason. Raises UserError at the field that is wrong."""
    rules, reason = rules_for(place), " ".join(clean(why.reason).split())
    if not reason:
        raise UserError(_("写一句为什么，当事人和大家都看得到"), field="reason")
    if len(reason) > REASON:
        raise UserError(_("原因最多 %(n)d 个字") % {"n": REASON}, field="reason")
    if problem := not_plain(reason):
        raise UserError(problem, field="reason")
    if not rules.text(why.article) and (why.article != ORDER or kind in NEEDS_ARTICLE):
        raise UserError(_("选一条发言公约"), field="article")
    return rules, Why(why.article, reason)


def note(
    kind: str, *, by: Actor | None, now: datetime, topic: Topic | None, why: Why | None = None, rules: Rules | None = None,
    cause: str = "", post: Post | None = None, person: Person | None = None, thing: Thing | None = None, **more: Any,
) -> Act:  # fmt: skip
    """One row of the log, and of the audit where a person acts: of a topic, or of a thing of an upper app."""
    acting = by.acting if by is not None else None
    subject: Any = post or topic or (thing and thing.row)
    place = topic.board.place if topic is not None else thing.place  # type: ignore[union-attr]
    act = Act.objects.create(
        at=now, kind=kind, automatic=by is None, cause=cause, by=by.person if by else None,
        body_id=acting.body_id if acting else None, acting=acting.id if acting else None, place=place,
        board=topic.board if topic else None, topic=topic, post=post, thing=thing.ref if thing else "", person=person, rules_id=rules.pk if rules else None, article=why.article if why else ORDER,
        rule=rules.text(why.article)[:300] if rules and why else "", reason=why.reason if why else "", **more,
    )  # fmt: skip
    if by is not None:
        audit.record(
            actor=by, action=f"forum.{kind}", subject=subject, about=person, place=place, now=now,
            detail={"act": act.pk, "article": act.article},
        )  # fmt: skip
    return act


def standing_act(kind: str, *, topic: Topic, post: Post | None = None) -> Act | None:
    """The newest act of the kind that nobody has taken back."""
    rows = Act.objects.filter(kind=kind, topic=topic, undone_by=None)
    return rows.filter(post=post).order_by("-pk").first()


def seen_anew(topic: Topic | None) -> None:
    """The logs and the pages of the topic (None: of a thing, which sees to its own) are shown anew. The last line of a verb."""
    if topic is None:
        bump(LOG)
    else:
        bump(LOG, f"topic:{topic.pk}", f"board:{topic.board_id}", *around(topic.board.place))


KINDS = ActKind
