"""What moderators do to a topic where it stands: close and reopen, slow down, pin, mark an official clarification."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.common.errors import NotAllowed, UserError
from linli.common.plain_check import not_plain
from linli.common.text import clean
from linli.people.api import Actor

from .. import told_moderation as told
from ..access import may_speak
from ..models import Act, Post, SlowMode, Topic
from ..rules import Pin, PostState
from ..speech_rules import LEAST_SLOW, MOST_SLOW, MOST_SLOW_HOURS, ORDER, SOURCE, ActKind, Cause
from .acts import _lapse
from .noting import LOG, Why, check_why, lock_topic, note, require_order, standing_act
from .touching import touch_topic

K = ActKind
HOUR = timedelta(hours=1)


@transaction.atomic
def close_topic(*, topic: Topic, why: Why, by: Actor, now: datetime) -> Act:
    """Nobody adds to it. Raises UserError where it is closed already."""
    topic = lock_topic(topic)
    require_order(by, topic)
    rules, why = check_why(K.CLOSE, why, topic.board.place)
    if not Topic.objects.filter(pk=topic.pk, closed_at=None).update(closed_at=now):
        raise UserError(_("已经关闭了"))
    person = topic.author if topic.body_id is None else None
    act = note(K.CLOSE, by=by, now=now, topic=topic, person=person, why=why, rules=rules)
    told.tell_author(act, now)
    touch_topic(topic, LOG)
    return act


@transaction.atomic
def reopen_topic(*, topic: Topic, why: Why, by: Actor, now: datetime) -> Act:
    """Let people add to it again. Raises UserError where it is open, and for one that was merged into another."""
    topic = lock_topic(topic)
    require_order(by, topic)
    rules, why = check_why(K.REOPEN, why, topic.board.place)
    if topic.closed_at is None or topic.merged_into_id is not None:
        raise UserError(_("话题没有关闭"))
    before = standing_act(K.CLOSE, topic=topic)
    Topic.objects.filter(pk=topic.pk).update(closed_at=None)
    person = topic.author if topic.body_id is None else None
    act = note(K.REOPEN, by=by, now=now, topic=topic, person=person, why=why, rules=rules, undoes=before)
    _lapse(before, now)
    touch_topic(topic, LOG)
    return act


@transaction.atomic
def slow_topic(
    *,
    topic: Topic,
    seconds: int,
    hours: int,
    why: Why | None,
    by: Actor | None,
    now: datetime,
    cause: str = "",
) -> Act:
    """So many seconds between two posts of a person, for so many hours; it ends by itself. `by` None: the machine."""
    topic = lock_topic(topic)
    rules = None
    if by is not None and why is not None:
        require_order(by, topic)
        rules, why = check_why(K.SLOW, why, topic.board.place)
    if not LEAST_SLOW <= seconds <= MOST_SLOW:
        raise UserError(_("两次发言之间从 5 秒到 1 小时"), field="seconds")
    if not 1 <= hours <= MOST_SLOW_HOURS:
        raise UserError(_("从 1 小时到 %(n)d 小时") % {"n": MOST_SLOW_HOURS}, field="slow_hours")
    if SlowMode.objects.filter(topic=topic, ended_at=None).exists():
        raise UserError(_("已经放慢了"))
    until = now + hours * HOUR
    act = note(
        K.SLOW,
        by=by,
        now=now,
        topic=topic,
        why=why,
        rules=rules,
        cause=cause,
        until=until,
        detail={"seconds": seconds},
    )
    SlowMode.objects.create(topic=topic, act=act, seconds=seconds, until=until)
    Topic.objects.filter(pk=topic.pk).update(slow=seconds)
    touch_topic(topic, LOG)
    return act


@transaction.atomic
def quicken_topic(*, topic: Topic, why: Why | None, by: Actor | None, now: datetime) -> Act:
    """End the slow mode before its time, or (`by` None) when its time has come."""
    topic = lock_topic(topic)
    rules = None
    if by is not None and why is not None:
        require_order(by, topic)
        rules, why = check_why(K.LIFT, why, topic.board.place)
    running = SlowMode.objects.select_for_update().filter(topic=topic, ended_at=None).first()
    if running is None:
        raise UserError(_("话题没有放慢"))
    SlowMode.objects.filter(pk=running.pk).update(ended_at=now)
    Topic.objects.filter(pk=topic.pk).update(slow=0)
    cause = Cause.TIME if by is None else ""
    act = note(
        K.LIFT, by=by, now=now, topic=topic, why=why, rules=rules, cause=cause, undoes_id=running.act_id
    )
    touch_topic(topic, LOG)
    return act


def end_slow_modes(*, now: datetime) -> int:
    """Those whose time has come; how many."""
    due = list(SlowMode.objects.filter(ended_at=None, until__lte=now).select_related("topic")[:200])
    for one in due:
        try:
            quicken_topic(topic=one.topic, why=None, by=None, now=now)
        except (UserError, IntegrityError):
            continue  # somebody was faster
    return len(due)


@transaction.atomic
def pin_topic(*, topic: Topic, pin: Pin, until: datetime | None, why: Why, by: Actor, now: datetime) -> Act:
    """On top of its board, to a day at most where one is named."""
    topic = lock_topic(topic)
    require_order(by, topic)
    rules, why = check_why(K.PIN, why, topic.board.place)
    if pin == Pin.NONE:
        raise UserError(_("选一级置顶"), field="pin")
    if until is not None and until <= now:
        raise UserError(_("这一天已经过了"), field="until")
    Topic.objects.filter(pk=topic.pk).update(pin=pin, pinned_until=until)
    act = note(
        K.PIN, by=by, now=now, topic=topic, why=why, rules=rules, until=until, detail={"pin": int(pin)}
    )
    touch_topic(topic, LOG)
    return act


@transaction.atomic
def unpin_topic(*, topic: Topic, why: Why, by: Actor, now: datetime) -> Act:
    topic = lock_topic(topic)
    require_order(by, topic)
    rules, why = check_why(K.UNPIN, why, topic.board.place)
    if topic.pin == Pin.NONE:
        raise UserError(_("话题没有置顶"))
    if topic.source:
        raise UserError(_("公告的置顶跟着公告走，去公告那里改"))
    Topic.objects.filter(pk=topic.pk).update(pin=Pin.NONE, pinned_until=None)
    act = note(K.UNPIN, by=by, now=now, topic=topic, why=why, rules=rules)
    touch_topic(topic, LOG)
    return act


@transaction.atomic
def clarify_topic(*, topic: Topic, number: int, source: str, reason: str, by: Actor, now: datetime) -> Act:
    """Show a post of one's own office on top as the official clarification, with its source (an address or words)."""
    topic = lock_topic(topic)
    require_order(by, topic)
    assert by.acting is not None
    if not may_speak(by, topic.board):
        raise NotAllowed("speak")
    rules, why = check_why(K.CLARIFY, Why(ORDER, reason), topic.board.place)
    source = " ".join(clean(source).split())
    if not source or len(source) > SOURCE:
        raise UserError(_("写明出处：网址，或者哪份文件、哪个单位"), field="source")
    if problem := not_plain(source):
        raise UserError(problem, field="source")
    post = Post.objects.filter(
        topic=topic, number=number, state=PostState.SHOWN, body=by.acting.body_id
    ).first()
    if post is None:
        raise UserError(_("先用单位名义回复，再把那一楼标成官方说明"), field="number")
    Topic.objects.filter(pk=topic.pk).update(clarified_by=number)
    act = note(K.CLARIFY, by=by, now=now, topic=topic, post=post, why=why, rules=rules, source=source)
    touch_topic(topic, LOG)
    return act
