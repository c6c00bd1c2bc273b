"""Appeals: lodged once by whom an act concerns, decided by others, overdue one tier up; overturned, all is as before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Level
from linli.calendar.api import (
    Deadline,
    DeadlineState,
    Period,
    RuleKind,
    Unit,
    open_deadline,
    register_rule,
    register_subject,
)
from linli.calendar.api import close as close_deadline
from linli.common import audit
from linli.common.errors import NotAllowed, UserError
from linli.common.plain_check import not_plain
from linli.common.states import UnknownTransition
from linli.common.text import clean
from linli.common.transitions import Step, transition
from linli.people.api import Actor
from linli.people.api import Post as Office

from .. import told_moderation as told
from ..models import Act, Appeal, AppealEvent, Topic
from ..queries.appeals import concerns, deciders_of, may_decide_appeal, tier_with_people
from ..rules import PostState
from ..speech_rules import APPEAL, REASON, UNDONE_BY, ActKind, AppealState, first_tier, may_appeal, next_tier
from ..things import find_thing
from .acts import end_pause
from .noting import LOG, lock_post, lock_topic, note, seen_anew
from .things import turn_thing
from .touching import touch_topic
from .turning import turn

K = ActKind
KIND = "forum.appeal"  # of deadlines and their subjects
RULE = register_rule(RuleKind(KIND, _("答复发言处理的申诉"), _("居民提交申诉"), Period(5, Unit.WORKING_DAY)))


def _waiting(key: str) -> list[Any]:
    return list(Appeal.objects.filter(pk=key).values_list("by", flat=True))


register_subject(KIND, _waiting)


@transaction.atomic
def lodge_appeal(*, act: Act, words: str, by: Actor, now: datetime) -> Appeal:
    """Ask others than those who acted to look at it again.

    Raises NotAllowed for acts that concern somebody else, UserError (words) for what is missing, too late or twice.
    """
    act = Act.objects.select_related("place", "board__place", "topic", "body", "person").get(pk=act.pk)
    if by.person is None or not concerns(act, by):
        raise NotAllowed("appeal")
    appealed = Appeal.objects.filter(act=act).exists()
    undone = Act.objects.filter(undoes=act).exists()
    if appealed:
        raise UserError(_("这件事已经申诉过一次"))
    if not may_appeal(act.kind, at=act.at, now=now, own=True, undone=undone, appealed=False):
        raise UserError(_("已经撤回，不用申诉") if undone else _("过了 15 天，或者这件事不能申诉"))
    words = _words(words, "words", _("写一句为什么不同意"))
    kind = act.body.kind if act.body else ""
    in_community = act.place.level >= Level.COMMUNITY
    tier = tier_with_people(first_tier(kind, in_community=in_community), act)
    try:
        with transaction.atomic():
            appeal = Appeal.objects.create(act=act, by=by.person, at=now, words=words, tier=tier)
    except IntegrityError:
        raise UserError(_("这件事已经申诉过一次")) from None
    _remember(appeal, "lodge", by, now)
    _start_clock(appeal, now)
    told.tell_deciders(appeal, [one.person for one in deciders_of(appeal.tier, act)], now)
    audit.record(actor=by, action="forum.appeal", subject=appeal, place=act.place, now=now)
    seen_anew(act.topic)
    return appeal


def _words(text: str, field: str, missing: object) -> str:
    found = " ".join(clean(text).split())
    if not found:
        raise UserError(missing, field=field)
    if len(found) > REASON:
        raise UserError(
            _("最多 %(n)d 个字，现在是 %(now)d 个") % {"n": REASON, "now": len(found)}, field=field
        )
    if problem := not_plain(found):
        raise UserError(problem, field=field)
    return found


@transaction.atomic
def decide_appeal(*, appeal: Appeal, overturn: bool, answer: str, by: Actor, now: datetime) -> Appeal:
    """Uphold or overturn, with a reason. Raises NotAllowed for whoever acted, his body, and those of other tiers."""
    act = Act.objects.select_related("place", "board__place", "topic", "post", "person", "body").get(pk=appeal.act_id)
    _lock(act)
    row = Appeal.objects.select_for_update().get(pk=appeal.pk)
    row.act = act
    if not may_decide_appeal(by, row):
        raise NotAllowed("decide")
    assert by.acting is not None and by.person is not None
    answer = _words(answer, "answer", _("写一句为什么，申诉的人和大家都看得到"))
    event = "overturn" if overturn else "uphold"
    changes = {"decided_at": now, "decided_by": by.person, "body_id": by.acting.body_id, "answer": answer}
    done = _step(row, event, by, now, changes)
    audit.record(
        actor=by,
        action=f"forum.appeal.{event}",
        subject=done,
        about=act.person,
        place=act.place,
        now=now,
    )
    if act.topic is None:
        seen_anew(None)
    else:
        touch_topic(act.topic, LOG)
    return done


def _lock(act: Act) -> None:
    """In the order of everybody else: topic, post (or the thing), appeal."""
    if act.post is not None:
        lock_post(act.post)
    elif act.topic is not None:
        lock_topic(act.topic)
    else:
        find_thing(act.thing, lock=True)


def _step(appeal: Appeal, event: str, by: Actor | None, now: datetime, changes: dict[str, Any]) -> Appeal:
    rows = Appeal.objects.select_related(
        "act__place", "act__board__place", "act__topic", "act__post", "act__person", "by"
    )
    return transition(
        table=APPEAL, rows=rows, pk=appeal.pk, event=event, by=by, now=now, changes=changes,
        history=lambda step: _remember(step.row, step.event, step.by, step.now),
    )  # fmt: skip


def _remember(appeal: Appeal, event: str, by: Actor | None, now: datetime) -> None:
    person = by.person if by is not None else None
    AppealEvent.objects.create(
        appeal=appeal, at=now, event=event, state=appeal.state, tier=appeal.tier, by=person
    )


@transaction.atomic
def climb_appeal(*, key: str, now: datetime) -> Appeal | None:
    """Nobody answered in time: one tier up, with a clock of its own. The district's stays with the district, overdue."""
    appeal = (
        Appeal.objects.select_for_update()
        .select_related("act")
        .filter(pk=key, state=AppealState.LODGED)
        .first()
    )
    above = next_tier(appeal.tier) if appeal is not None else None
    if appeal is None or above is None:
        return None
    tier = tier_with_people(above, appeal.act)
    return _step(appeal, "climb", None, now, {"tier": tier, "climbed": appeal.climbed + 1})


def lapse_appeal(*, act: Act, now: datetime) -> None:
    """In the caller's transaction: the act was taken back, so that there is nothing to decide."""
    for appeal in Appeal.objects.filter(act=act, state=AppealState.LODGED):
        _step(appeal, "lapse", None, now, {"decided_at": now})


@APPEAL.effect("undo")
def _undo(step: Step[Appeal]) -> None:
    """Everything as before: the post, its counters and entries, the topic, the pause, and the author's standing."""
    act, by, now = step.row.act, step.by, step.now
    if Act.objects.filter(undoes=act).exists():
        raise UnknownTransition("undone")
    kind = UNDONE_BY[act.kind]
    if act.thing:
        thing = find_thing(act.thing, lock=True)
        if thing is None:  # taken back by whoever asked
            raise UnknownTransition("gone")
        turn_thing(thing, "restore", by=by, now=now, undoes=act)
        return
    if act.kind in (K.HIDE, K.REFUSE):
        assert act.post is not None
        post = lock_post(act.post)
        if post.state == PostState.HIDDEN:
            turn(post, "restore", kind, by=by, now=now, undoes=act)
            return
    if act.kind == K.CLOSE and act.topic is not None:
        Topic.objects.filter(pk=act.topic.pk, merged_into=None).update(closed_at=None)
    end_pause(act, now)
    note(kind, by=by, now=now, topic=act.topic, post=act.post, person=act.person, undoes=act)


@APPEAL.effect("start_clock")
def _clock_again(step: Step[Appeal]) -> None:
    _stop(step.row, step.now)
    _start_clock(step.row, step.now)


def _start_clock(appeal: Appeal, now: datetime) -> None:
    clock = open_deadline(
        place=appeal.act.place, key=KIND, subject_kind=KIND, subject_id=str(appeal.pk), start=now, now=now,
        default=RULE.default,
    )  # fmt: skip
    Appeal.objects.filter(pk=appeal.pk).update(due_on=clock.day)
    appeal.due_on = clock.day


@APPEAL.effect("stop_clock")
def _stop_clock(step: Step[Appeal]) -> None:
    _stop(step.row, step.now)


def _stop(appeal: Appeal, now: datetime) -> None:
    rows = Deadline.objects.filter(subject_kind=KIND, subject_id=str(appeal.pk)).exclude(
        state=DeadlineState.CLOSED
    )
    for pk in rows.values_list("pk", flat=True):
        close_deadline(deadline_id=pk, now=now)


@APPEAL.effect("tell_deciders")
def _tell_deciders(step: Step[Appeal]) -> None:
    people: list[Office] = deciders_of(step.row.tier, step.row.act)
    told.tell_deciders(step.row, [one.person for one in people], step.now)


@APPEAL.effect("tell_author")
def _tell_author(step: Step[Appeal]) -> None:
    told.tell_decided(step.row, step.now)
