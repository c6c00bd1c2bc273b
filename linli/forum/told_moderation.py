"""What authors, reporters and deciders are told of moderation. Words hold ids and public words only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.common.clock import SHANGHAI
from linli.messaging.api import Channel, Group, Template, register, tell
from linli.people.api import Person

from .models import Act, Appeal, Post
from .speech_rules import APPEAL_DAYS, ActKind

K = ActKind
_SAMPLE = {
    "board": _("纺机新村"), "office": _("青砖里居委会"), "article": 3, "reason": _("写了别人家的门牌"), "act": 7, "appeal": 7,
    "month": 6, "day": 3, "until_month": 6, "until_day": 10,
}  # fmt: skip


def _template(
    key: str, title: Any, text: Any, sms: Any, link: str = "forum:act", word: str = "act", label: Any = None,
    *, group: Group = Group.AFFAIRS, channels: tuple[Channel, ...] = (Channel.EMAIL,),
) -> str:  # fmt: skip
    register(
        Template(
            key=f"forum.{key}", group=group, title=title, text=text, sms=sms, channels=channels, link=link,
            link_words=(word,) if word else (), link_label=label or _("看经过"), sample=_SAMPLE,
        )
    )  # fmt: skip
    return f"forum.{key}"


_AUTHOR: dict[str, str] = {
    K.HIDE: _template(
        "hidden",
        _("您的一条发言被隐去了"),
        _(
            "您在“%(board)s”的一条发言被%(office)s隐去，按发言公约第 %(article)s 条。原因：%(reason)s。原文留着，您自己看得到。不同意可以在%(month)s月%(day)s日前申诉，由别人来看。"
        ),
        _("您在“%(board)s”的一条发言被隐去：%(reason)s。%(month)s月%(day)s日前可以申诉。"),
    ),
    K.REFUSE: _template(
        "refused",
        _("您的一条发言没有通过审核"),
        _(
            "您在“%(board)s”的一条发言，%(office)s看过后没有发出，按发言公约第 %(article)s 条。原因：%(reason)s。不同意可以在%(month)s月%(day)s日前申诉，由别人来看。"
        ),
        _("您在“%(board)s”的一条发言没有发出：%(reason)s。%(month)s月%(day)s日前可以申诉。"),
    ),
    K.WARN: _template(
        "warned",
        _("管理人提醒您一件事"),
        _(
            "您在“%(board)s”的一条发言，%(office)s提醒您留意发言公约第 %(article)s 条。原因：%(reason)s。不同意可以在%(month)s月%(day)s日前申诉，由别人来看。"
        ),
        _("%(office)s提醒您留意发言公约第 %(article)s 条：%(reason)s。"),
    ),
    K.PAUSE: _template(
        "paused",
        _("您暂时不能发言，到%(until_month)s月%(until_day)s日"),
        _(
            "%(office)s暂停您在“%(board)s”发言，到%(until_month)s月%(until_day)s日为止，按发言公约第 %(article)s 条。原因：%(reason)s。看帖不受影响。不同意可以在%(month)s月%(day)s日前申诉，由别人来看。"
        ),
        _("您在“%(board)s”暂停发言到%(until_month)s月%(until_day)s日：%(reason)s。可以申诉。"),
    ),
    K.CLOSE: _template(
        "closed",
        _("您的话题关闭了"),
        _(
            "您在“%(board)s”的一个话题被%(office)s关闭，按发言公约第 %(article)s 条。原因：%(reason)s。已有的发言都在，不能再回复。不同意可以在%(month)s月%(day)s日前申诉，由别人来看。"
        ),
        _("您在“%(board)s”的一个话题关闭了：%(reason)s。"),
    ),
    K.RESTORE: _template(
        "restored",
        _("您的发言恢复了"),
        _("您在“%(board)s”的一条发言，%(office)s恢复了，大家又看得到。原因：%(reason)s"),
        _("您在“%(board)s”的一条发言恢复了。"),
    ),
    K.APPROVE: _template(
        "approved",
        _("您的发言发出了"),
        _("您在“%(board)s”的一条发言通过了审核，大家看得到了。"),
        _("您在“%(board)s”的一条发言通过了审核。"),
    ),
    K.LIFT: _template(
        "lifted",
        _("先前对您的处理撤回了"),
        _("%(office)s撤回了先前对您在“%(board)s”一条发言的处理。原因：%(reason)s"),
        _("%(office)s撤回了先前对您的处理。"),
    ),
    K.ERASE: _template(
        "erased",
        _("您的一条发言依法删除了"),
        _("您在“%(board)s”的一条发言，%(office)s依法删除。依据：%(reason)s"),
        _("您在“%(board)s”的一条发言依法删除：%(reason)s"),
    ),
}
HEARD = _template(
    "report_upheld",
    _("您举报的发言处理了"),
    _("您在“%(board)s”举报的一条发言，%(office)s处理了：%(reason)s。谢谢您留意。"),
    _("您举报的发言处理了。"),
)
NOT_HEARD = _template(
    "report_dismissed",
    _("您举报的发言保留了"),
    _("您在“%(board)s”举报的一条发言，%(office)s看过了，没有违反公约，留着。原因：%(reason)s"),
    _("您举报的发言看过了，保留。"),
)
LODGED = _template(
    "appeal_lodged",
    _("有一件申诉等您答复"),
    _("“%(board)s”的一位邻居对一次处理提出申诉，请在%(month)s月%(day)s日前答复。"),
    _("有一件发言处理的申诉，%(month)s月%(day)s日前答复。"),
    "forum:decide",
    "appeal",
    _("看申诉"),
    group=Group.DUTY,
)
KEPT = _template(
    "appeal_upheld",
    _("申诉有结果了：维持原处理"),
    _("您在“%(board)s”的申诉，%(office)s看过了，维持原来的处理。原因：%(reason)s"),
    _("您的申诉有结果了：维持原处理。"),
)
TURNED = _template(
    "appeal_overturned",
    _("申诉有结果了：撤销原处理"),
    _("您在“%(board)s”的申诉，%(office)s看过了，撤销原来的处理，一切恢复原样。原因：%(reason)s"),
    _("您的申诉有结果了：原处理撤销，已恢复。"),
)


def _words(act: Act, **more: Any) -> dict[str, Any]:
    last = (act.at + timedelta(days=APPEAL_DAYS)).astimezone(SHANGHAI)
    until = act.until.astimezone(SHANGHAI) if act.until else None
    return {
        "board": act.where, "office": act.body.name if act.body else "", "article": act.article, "reason": act.reason,
        "act": act.pk, "month": last.month, "day": last.day, "until_month": until.month if until else "",
        "until_day": until.day if until else "", **more,
    }  # fmt: skip


def tell_author(act: Act, now: datetime) -> None:
    """Whom the act concerns, where he still has an account."""
    person, key = act.person, _AUTHOR.get(act.kind)
    if person is None or key is None or person.closed_at is not None or person.pk == act.by_id:
        return
    tell(
        template=key,
        key=f"{key}:{act.pk}",
        person=person,
        context=_words(act),
        place=act.place,
        now=now,
    )


def tell_reporters(post: Post, act: Act, people: Iterable[Person], *, upheld: bool, now: datetime) -> None:
    found, key = [one for one in people if one.closed_at is None], HEARD if upheld else NOT_HEARD
    if found:
        tell(
            template=key,
            key=f"{key}:{act.pk}",
            people=found,
            context=_words(act),
            place=act.place,
            now=now,
        )


def tell_deciders(appeal: Appeal, people: Iterable[Person], now: datetime) -> None:
    found, due = list(people), appeal.due_on
    if found:
        more = {"month": due.month, "day": due.day} if due else {}
        words = _words(appeal.act, appeal=appeal.pk, **more)
        key = f"{LODGED}:{appeal.pk}:{appeal.climbed}"
        tell(template=LODGED, key=key, people=found, context=words, place=appeal.act.place, now=now)


def tell_decided(appeal: Appeal, now: datetime) -> None:
    key = TURNED if appeal.state == "overturned" else KEPT
    if appeal.by.closed_at is None:
        body = appeal.body
        words = _words(appeal.act, office=body.name if body else "", reason=appeal.answer)
        tell(
            template=key,
            key=f"{key}:{appeal.pk}",
            person=appeal.by,
            context=words,
            place=appeal.act.place,
            now=now,
        )
