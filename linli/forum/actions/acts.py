"""What moderators do to a post and to whoever wrote it. Each with article and reason, told to the author."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common.errors import UserError
from linli.people.api import Actor

from .. import told_moderation as told
from ..models import Act, Appeal, Pause, Post
from ..speech_rules import MOST_PAUSE, ActKind, AppealState
from .noting import Why, check_why, lock_post, note, require_order, seen_anew, standing_act, whom
from .reports import settle_reports
from .turning import turn

K = ActKind
HOUR = timedelta(hours=1)


@transaction.atomic
def hide_post(*, post: Post, why: Why, by: Actor, now: datetime) -> Act:
    """Readers see that something stood here, the article and the reason; the text is kept.

    Raises NotAllowed, UserError at its field, UnknownTransition where somebody was faster.
    """
    post = lock_post(post)
    require_order(by, post.topic, post)
    rules, why = check_why(K.HIDE, why, post.topic.board.place)
    _not_again(post, by)
    act = turn(post, "hide", K.HIDE, by=by, now=now, why=why, rules=rules)
    settle_reports(post, "uphold", act, now)
    told.tell_author(act, now)
    return act


def _not_again(post: Post, by: Actor) -> None:
    """What an appeal has brought back, the office that had hidden it does not hide again."""
    assert by.acting is not None
    lost = Appeal.objects.filter(
        state=AppealState.OVERTURNED,
        act__post=post,
        act__kind__in=(K.HIDE, K.REFUSE),
        act__body=by.acting.body_id,
    )
    if lost.exists():
        raise UserError(_("申诉已经撤销了您单位对这条的处理，不能再隐去。要处理请找上一级"))


@transaction.atomic
def restore_post(*, post: Post, why: Why, by: Actor, now: datetime) -> Act:
    """Take back a hiding or a refusal; an appeal against it needs no answer any more."""
    post = lock_post(post)
    require_order(by, post.topic, post)
    rules, why = check_why(K.RESTORE, why, post.topic.board.place)
    if not post.text:
        raise UserError(_("这里的话移到别处了，没有可恢复的"))
    before = standing_act(K.HIDE, topic=post.topic, post=post) or standing_act(
        K.REFUSE, topic=post.topic, post=post
    )
    act = turn(post, "restore", K.RESTORE, by=by, now=now, why=why, rules=rules, undoes=before)
    _lapse(before, now)
    told.tell_author(act, now)
    return act


@transaction.atomic
def warn_author(*, post: Post, why: Why, by: Actor, now: datetime) -> Act:
    """A word to the author; it counts against his standing while it is not taken back."""
    post = lock_post(post)
    require_order(by, post.topic, post)
    rules, why = check_why(K.WARN, why, post.topic.board.place)
    _check_author(post)
    if standing_act(K.WARN, topic=post.topic, post=post):
        raise UserError(_("这一条已经提醒过了"))
    act = note(K.WARN, by=by, now=now, topic=post.topic, post=post, person=whom(post), why=why, rules=rules)
    settle_reports(post, "uphold", act, now)
    told.tell_author(act, now)
    seen_anew(post.topic)
    return act


@transaction.atomic
def pause_author(*, post: Post, hours: int, why: Why, by: Actor, now: datetime) -> Act:
    """He does not write at the board's place and below it for so many hours, 30 days at most; he reads as before."""
    post = lock_post(post)
    require_order(by, post.topic, post)
    place = post.topic.board.place
    rules, why = check_why(K.PAUSE, why, place)
    _check_author(post)
    if not 1 <= hours <= MOST_PAUSE // HOUR:
        raise UserError(_("从 1 小时到 %(days)d 天") % {"days": MOST_PAUSE.days}, field="hours")
    person = whom(post)
    assert person is not None
    if (
        Pause.objects.select_for_update()
        .filter(person=person, place=place, ended_at=None, until__gt=now)
        .exists()
    ):
        raise UserError(_("已经在暂停中"))
    until = now + hours * HOUR
    act = note(
        K.PAUSE, by=by, now=now, topic=post.topic, post=post, person=person, why=why, rules=rules, until=until
    )
    Pause.objects.create(person=person, place=place, act=act, since=now, until=until)
    settle_reports(post, "uphold", act, now)
    told.tell_author(act, now)
    seen_anew(post.topic)
    return act


def _check_author(post: Post) -> None:
    if post.body_id is not None:
        raise UserError(_("单位发的可以隐去，不能提醒或暂停个人"))
    if whom(post) is None:
        raise UserError(_("这条不是个人发的"))


@transaction.atomic
def lift_act(*, act: Act, why: Why, by: Actor, now: datetime) -> Act:
    """Take back a warning or a pause."""
    if act.kind not in (K.WARN, K.PAUSE) or act.post is None:
        raise UserError(_("这件事不能这样撤回"))
    post = lock_post(act.post)
    require_order(by, post.topic, post)
    rules, why = check_why(K.LIFT, why, post.topic.board.place)
    if Act.objects.filter(undoes=act).exists():
        raise UserError(_("刚才有人先撤回了"))
    done = note(
        K.LIFT,
        by=by,
        now=now,
        topic=post.topic,
        post=post,
        person=act.person,
        why=why,
        rules=rules,
        undoes=act,
    )
    end_pause(act, now)
    _lapse(act, now)
    told.tell_author(done, now)
    seen_anew(post.topic)
    return done


def end_pause(act: Act, now: datetime) -> None:
    """He may write again; nothing where the act was no pause."""
    Pause.objects.filter(act=act, ended_at=None).update(ended_at=now)


def _lapse(act: Act | None, now: datetime) -> None:
    """In the caller's transaction: an open appeal against an act that is taken back."""
    from .appeals import lapse_appeal

    if act is not None:
        lapse_appeal(act=act, now=now)
