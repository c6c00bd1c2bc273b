"""What reporter, unit and desk are told at each step. Words hold ids and public words only.

A reporter's message names neither the case nor its code: of a confidential one nothing may lead from his account to it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from linli.common.clock import SHANGHAI, local_date
from linli.common.sealed import digests
from linli.gateways.api import Kind, send_sms
from linli.messaging.api import Channel, Group, Template, register, tell
from linli.people.api import Body, Post, posts_of

from .models import Case, Identity
from .rules.words import WORKING, Secrecy, Urgency
from .themes import theme

SECOND = timedelta(seconds=1)  # a clock that ends at midnight ends with the day before
_SAMPLE = {
    "pk": "01890000-0000-7000-8000-000000000000", "desk": _("青砖里居委会"), "office": _("邻安物业"), "theme": _("电梯"), "month": 5, "day": 22,
}  # fmt: skip
_sms: dict[str, Any] = {}


def _template(key: str, title: Any, text: Any, sms: Any, *, staff: bool = False) -> str:
    register(
        Template(
            key=key, group=Group.DUTY if staff else Group.AFFAIRS, title=title, text=text, sms=sms,
            channels=(Channel.SMS, Channel.EMAIL), link="casework:case" if staff else "casework:mine",
            link_words=("pk",) if staff else (), link_label=_("去办") if staff else _("看我反映的"), sample=_SAMPLE,
        )
    )  # fmt: skip
    _sms[key] = sms
    return key


RECEIVED = _template(
    "cases.received",
    _("您反映的事收到了，最晚%(month)s月%(day)s日答复"),
    _("%(desk)s受理。办到哪一步，在“我反映的”里看；有变化都会告诉您。"),
    _("您反映的事%(desk)s收到了，最晚%(month)s月%(day)s日答复。凭查询码看进度。"),
)
ACCEPTED = _template(
    "cases.accepted",
    _("您反映的事受理了"),
    _("%(desk)s受理了，马上安排单位去办。答复的日子没有变。"),
    _("您反映的事%(desk)s受理了。凭查询码看进度。"),
)
REFUSED = _template(
    "cases.refused",
    _("您反映的事不归%(desk)s管"),
    _("原因和该找谁都写在“我反映的”里。觉得不对，可以申诉一次。"),
    _("您反映的事不归%(desk)s管，该找谁凭查询码看；可以申诉一次。"),
)
ASKED = _template(
    "cases.asked",
    _("有件事要您补充，%(month)s月%(day)s日前回一句"),
    _("要补充什么写在“我反映的”里。等您的这几天不计时；到日子没有回，就照现有的接着办。"),
    _("您反映的事要您补充，%(month)s月%(day)s日前凭查询码回一句。"),
)
GIVEN = _template(
    "cases.given",
    _("您反映的事交给%(office)s办了"),
    _("%(office)s签收后会和您联系。答复的日子没有变。"),
    _("您反映的事交给%(office)s办了。凭查询码看进度。"),
)
SUSPENDED = _template(
    "cases.suspended",
    _("您反映的事一时办不了，%(month)s月%(day)s日复查"),
    _("原因写在“我反映的”里。到%(month)s月%(day)s日会接着办；您的期限照走。"),
    _("您反映的事一时办不了，%(month)s月%(day)s日复查。凭查询码看原因。"),
)
EXTENDED = _template(
    "cases.extended",
    _("答复改到%(month)s月%(day)s日"),
    _("办的单位要多用几天，上一级批了，只能延这一次。原因写在“我反映的”里。"),
    _("您反映的事改到%(month)s月%(day)s日前答复。凭查询码看原因。"),
)
ANSWERED = _template(
    "cases.answered",
    _("您反映的事有答复了"),
    _("看看解决了没有，评一评。没解决，两周内可以要求重办一次。"),
    _("您反映的事有答复了。凭查询码看答复、评价；没解决可以要求重办。"),
)
AT_DESK = _template(
    "cases.at_desk", _("有一件转到%(office)s受理：%(theme)s"), _("期限不重算。打开看看怎么办。"), _("一件工单（%(theme)s）转到%(office)s受理。"), staff=True,
)  # fmt: skip
TO_SIGN = _template(
    "cases.to_sign",
    _("有一件要%(office)s签收：%(theme)s"),
    _("到点没签，系统自动签收，期限照走。不归你们管，在签收前退单，写明理由。"),
    _("一件工单（%(theme)s）要%(office)s签收，到点自动签收。"),
    staff=True,
)
ADJUDICATED = _template(
    "cases.adjudicated", _("裁定由%(office)s办：%(theme)s"), _("这是最后的决定，不能再退。请马上联系反映的人。"), _("一件工单（%(theme)s）裁定由%(office)s办，不能再退。"), staff=True,
)  # fmt: skip
HELD = _template(
    "cases.held", _("这一件由您办：%(theme)s"), _("先联系反映的人，再办。"), _("一件工单（%(theme)s）由您办。"), staff=True
)
CONSULTED = _template(
    "cases.consulted", _("请%(office)s帮着看一件：%(theme)s"), _("打开看看，把意见写在里面。"), _("一件工单（%(theme)s）请%(office)s给意见。"), staff=True,
)  # fmt: skip
REJECTED = _template(
    "cases.rejected", _("答复没通过，再办：%(theme)s"), _("理由写在里面，期限照走。"), _("一件工单（%(theme)s）答复没通过，请再办。"), staff=True
)
DECIDED = _template(
    "cases.decided", _("延期的事定了：%(theme)s"), _("准不准、改到哪天，打开看。"), _("一件工单（%(theme)s）延期的事定了。"), staff=True
)
WANTED = _template(
    "cases.wanted", _("%(office)s要定一件事：%(theme)s"), _("退单、回复或延期在等你们定。"), _("一件工单（%(theme)s）等%(office)s定。"), staff=True
)
ANSWER_CAME = _template(
    "cases.answer_came", _("反映的人回话了：%(theme)s"), _("期限接着走，打开看他怎么说。"), _("一件工单（%(theme)s）反映的人回话了。"), staff=True
)
REMINDED = _template(
    "cases.reminded", _("期限过半：%(theme)s"), _("还没办完的，抓紧。"), _("一件工单（%(theme)s）期限过半。"), staff=True
)
YELLOW = _template(
    "cases.yellow", _("快到期了：%(theme)s"), _("期限已过八成。办不完，到期前可以申请延期一次。"), _("一件工单（%(theme)s）快到期了。"), staff=True
)
RED = _template(
    "cases.red", _("超期了：%(theme)s"), _("%(office)s没有按时办完，请负责人过问。"), _("一件工单（%(theme)s）%(office)s超期了。"), staff=True
)
SUPERVISED = _template(
    "cases.supervised", _("督办：%(theme)s"), _("%(office)s超期已久，现在由上一级督办。"), _("一件工单（%(theme)s）%(office)s超期已久，督办。"), staff=True,
)  # fmt: skip


def by_day(moment: datetime | None) -> dict[str, int]:
    """Month and day of the last day in time; empty without one."""
    if moment is None:
        return {}
    last = (moment - SECOND).astimezone(SHANGHAI)
    return {"month": last.month, "day": last.day}


def tell_reporter(case: Case, template: str, now: datetime, **words: Any) -> None:
    """Tell whoever reported, once for each template and version of the case: by his account, else by the sealed phone.
    Of an anonymous one and of a part of a joint case there is nobody to tell."""
    person, phone = _whom(case)
    said = {"desk": case.desk.name if case.desk else "", **words}
    if person is not None:
        tell(template=template, key=_key(case, template, "reporter"), person=person, context=said, now=now)
    elif phone:
        with translation.override("zh-hans"):
            text = str(_sms[template]) % said
        send_sms(to=phone, text=text, kind=Kind.NOTICE, now=now)


def _key(case: Case, template: str, whom: str) -> str:
    return f"{template}:{digests('case.told', f'{case.pk}|{case.version}|{whom}')[0][:40]}"


def _whom(case: Case) -> tuple[UUID | None, str]:
    if case.secrecy == Secrecy.ANONYMOUS or case.parent_id is not None:
        return None, ""
    if case.reporter_id is not None:
        return case.reporter_id, ""
    identity = Identity.objects.filter(case=case).first()
    if identity is None:
        return None, ""
    return (UUID(identity.person), "") if identity.person else (None, identity.phone)


def reachable(case: Case) -> bool:
    """Whether there is anybody whom one can call or write to."""
    return any(_whom(case))


def tell_body(case: Case, body: Body | None, template: str, now: datetime) -> None:
    """Tell who answers for the body: its head, and whoever has the case there. Never a body complained of."""
    if body is None or body.pk == case.against_id:
        return
    head = posts_of(body, WORKING, local_date(now)).first()
    people = {head.person_id} if head is not None else set()
    if case.holder is not None and case.holder.body_id == body.pk:
        people.add(case.holder.person_id)
    _tell_staff(case, body, template, people, now)


def tell_post(case: Case, post: Post, template: str, now: datetime) -> None:
    if post.body_id != case.against_id:
        _tell_staff(case, post.body, template, {post.person_id}, now)


def _tell_staff(case: Case, body: Body, template: str, people: set[UUID], now: datetime) -> None:
    if not people:
        return
    words = {"pk": str(case.pk), "office": body.name, "theme": theme(case.theme).zh}
    tell(
        template=template, key=_key(case, template, body.pk.hex + "".join(sorted(one.hex for one in people))), people=sorted(people),
        context=words, place=case.place, urgent=case.urgency == Urgency.EMERGENCY, now=now,
    )  # fmt: skip
