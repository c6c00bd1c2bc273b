"""Readers report posts; what came of it is told to each of them. A report never hides anything by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.common.errors import NotAllowed, UserError
from linli.common.plain_check import not_plain
from linli.common.text import clean
from linli.people.api import Actor

from .. import told_moderation as told
from ..access import is_own, may_read_post
from ..models import Act, Post, Report
from ..queries.speech import limits_for, rules_for
from ..queries.standing import level_at
from ..rules import PostState
from ..speech_rules import REPORT, WORDS, ActKind, ReportState
from .noting import Why, check_why, lock_post, note, require_order, seen_anew

DAY = timedelta(days=1)


@transaction.atomic
def report_post(*, post: Post, article: int, words: str, by: Actor, now: datetime) -> Report:
    """Say that a post breaks an article. The same person has one open report of a post.

    Raises NotAllowed for what he cannot read, UserError at the field that is wrong and for too many in a day.
    """
    if by.person is None or by.mandate is not None or not may_read_post(by, post):
        raise NotAllowed("report")
    if is_own(by, post):
        raise UserError(_("这是您自己发的，不用举报，可以直接改"))
    if post.state != PostState.SHOWN:
        raise UserError(_("这条已经在处理了"))
    place = post.topic.board.place
    rules, words = rules_for(place), " ".join(clean(words).split())
    if not rules.text(article):
        raise UserError(_("选一条发言公约"), field="article")
    if len(words) > WORDS:
        raise UserError(_("最多 %(n)d 个字") % {"n": WORDS}, field="words")
    if problem := not_plain(words):
        raise UserError(problem, field="words")
    found = Report.objects.filter(post=post, by=by.person, state=ReportState.OPEN).first()
    if found is not None:
        return found
    _check_number(by, post, now)
    try:
        with transaction.atomic():
            return Report.objects.create(
                post=post, by=by.person, at=now, rules_id=rules.pk, article=article, words=words
            )
    except IntegrityError:  # the same form twice at once
        return Report.objects.get(post=post, by=by.person, state=ReportState.OPEN)


def _check_number(by: Actor, post: Post, now: datetime) -> None:
    """So many a day; fewer for whoever was not heard many times in a row."""
    limits = limits_for(post.topic.board.place)
    level = limits.levels[level_at(by, post.topic.board.place, limits.levels, now)]
    mine = Report.objects.filter(by=by.person)
    last = list(
        mine.exclude(state=ReportState.OPEN)
        .order_by("-decided_at")
        .values_list("state", flat=True)[: limits.figures.unheard]
    )
    unheard = len(last) == limits.figures.unheard > 0 and set(last) == {ReportState.DISMISSED}
    most = min(level.reports_day, limits.figures.unheard_day) if unheard else level.reports_day
    if mine.filter(at__gt=now - DAY).count() >= most:
        raise UserError(_("今天举报了不少，先等管理人看完。急事请打社区电话"))


@transaction.atomic
def dismiss_reports(*, post: Post, why: Why, by: Actor, now: datetime) -> Act:
    """The post stays. Raises UserError where nobody waits for a decision, and for one's own post."""
    post = lock_post(post)
    require_order(by, post.topic, post)
    rules, why = check_why(ActKind.DISMISS, why, post.topic.board.place)
    if not Report.objects.filter(post=post, state=ReportState.OPEN).exists():
        raise UserError(_("刚才有人先处理了"))
    act = note(ActKind.DISMISS, by=by, now=now, topic=post.topic, post=post, why=why, rules=rules)
    settle_reports(post, "dismiss", act, now)
    seen_anew(post.topic)
    return act


def settle_reports(post: Post, event: str, act: Act, now: datetime) -> None:
    """All open reports of the post come to the same end; each who reported is told. In the caller's transaction."""
    after = REPORT.step(ReportState.OPEN, event)
    found = list(
        Report.objects.select_for_update().filter(post=post, state=ReportState.OPEN).select_related("by")
    )
    for report in found:
        report.state, report.act, report.decided_at = after, act, now
    Report.objects.bulk_update(found, ["state", "act", "decided_at"])
    told.tell_reporters(post, act, [report.by for report in found], upheld=event == "uphold", now=now)
