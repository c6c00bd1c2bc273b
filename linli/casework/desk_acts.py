"""What can be done with a case at a desk: each act with whose it is, in which states, its form and its verb. Data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.common import clock
from linli.people.api import Actor

from . import told
from .actions import closing, desk, dispatching, evidence, groups, joint, turns, work
from .forms import desk as forms
from .models import Case
from .permissions import C, body_of, is_desk, works_on
from .rules.states import CaseState
from .rules.words import MOST_RETURNS

S = CaseState
DESK, UNIT, OVER, ABOVE, JOINED = "desk", "unit", "over", "above", "joined"
Verb = Callable[..., Any]


@dataclass(frozen=True)
class Doing:
    """`whose`: which standing may; the first that fits a case is its primary act, the others stand behind a list."""

    key: str
    whose: str
    states: tuple[str, ...]
    label: Any
    button: Any
    said: Any
    verb: Verb
    form: type[forms.ActForm] = forms.WhyForm
    fits: Callable[[Case], bool] = lambda case: True
    icon: str = "next"

    @property
    def is_plain(self) -> bool:
        """Nothing to fill in: one press."""
        return self.form is forms.NoForm


def _alone(case: Case) -> bool:
    return case.group is None or case.is_lead


def _yes(name: str, verb: Verb) -> Verb:
    """The verb with the answer of a yes-or-no field as it wants it."""
    return lambda **kw: verb(**{**kw, name: kw[name] == "yes"})


ACTS = [
    Doing("accept", DESK, (S.SUBMITTED,), _("受理"), _("受理，告诉反映的人"), _("受理了，接着派单"), desk.accept_case, forms.NoForm, icon="check"),
    Doing("dispatch", DESK, (S.ACCEPTED,), _("派单"), _("派出，告诉反映的人"), _("派出去了"), dispatching.dispatch_case, forms.UnitForm, _alone, "transfer"),
    Doing("judge", DESK, (S.RETURNING,), _("审退单"), _("定下来"), _("定了，告诉单位了"), _yes("approve", dispatching.judge_return), forms.JudgeForm, lambda case: case.returns < MOST_RETURNS, "reply"),
    Doing("adjudicate", ABOVE, (S.RETURNING,), _("裁定由谁办"), _("裁定"), _("裁定了，不能再退"), dispatching.adjudicate_return, forms.AdjudicateForm, lambda case: case.returns == MOST_RETURNS, "seal"),
    Doing("check", OVER, (S.REPLIED,), _("审回复"), _("定下来"), _("审好了"), _yes("approve", closing.check_reply), forms.CheckForm, icon="check"),
    Doing("call", DESK, (S.CALL_BACK,), _("回访"), _("记下这次回访"), _("记下了"), _yes("reached", closing.record_attempt), forms.CallForm, told.reachable, "phone"),
    Doing("sign", UNIT, (S.DISPATCHED,), _("签收"), _("签收，我们办"), _("签收了，24 小时内联系反映的人"), work.sign_case, forms.NoForm, icon="check"),
    Doing("contact", UNIT, (S.SIGNED,), _("记下联系"), _("记下联系"), _("记下了，反映的人看得到"), work.contact_reporter, forms.ContactForm, lambda case: case.contacted_at is None and told.reachable(case), "phone"),
    Doing("reply", UNIT, (S.SIGNED,), _("办完了，回复"), _("回复，交审核"), _("回复了，等审核"), closing.reply_case, forms.ReplyForm, icon="done"),
    Doing("resume", UNIT, (S.SUSPENDED,), _("接着办"), _("接着办"), _("接着办了"), work.resume_case, forms.NoForm),
    Doing("extension", OVER, (S.SIGNED,), _("批延期"), _("定下来"), _("定了，告诉单位了"), _yes("grant", work.decide_extension), forms.DecideForm, lambda case: case.asked_extensions.filter(round=case.round, decided_at=None).exists(), "calendar"),
    Doing("picture", UNIT, (S.SIGNED, S.SUSPENDED), _("加照片、签字"), _("加上"), _("加上了"), lambda **kw: evidence.add_picture(uploaded=kw.pop("picture"), **kw), forms.PictureForm, icon="camera"),
    Doing("again", UNIT, (S.SIGNED,), _("再联系一次"), _("记下联系"), _("记下了，反映的人看得到"), work.contact_reporter, forms.ContactForm, lambda case: case.contacted_at is not None, "phone"),
    Doing("note", UNIT, (S.SIGNED,), _("写一句进展"), _("写上"), _("写上了，期限照走"), work.add_note, forms.NoteForm, icon="edit"),
    Doing("advise", JOINED, (S.SIGNED,), _("写上我们的意见"), _("写上，给同事看"), _("写上了"), lambda **kw: work.add_note(inner=True, **kw), forms.ContactForm, icon="edit"),
    Doing("holder", UNIT, (S.DISPATCHED, S.SIGNED), _("换经办人"), _("换成他"), _("换好了，告诉他了"), work.delegate_case, forms.HolderForm, icon="user"),
    Doing("ask", UNIT, (S.SIGNED,), _("请反映人配合"), _("发给他，停表等他"), _("发出去了，等他的时候不计时"), desk.ask_more, forms.AskForm, icon="ask"),
    Doing("consult", UNIT, (S.SIGNED,), _("问别的单位"), _("去问"), _("问了，它现在看得到这一件"), work.consult, forms.ConsultForm, icon="help"),
    Doing("extend", UNIT, (S.SIGNED,), _("申请延期"), _("申请，交上一级"), _("申请了，等上一级定"), work.ask_extension, forms.ExtensionForm, lambda case: case.extensions == 0, "calendar"),
    Doing("suspend", UNIT, (S.SIGNED,), _("挂账"), _("挂账，到日子复查"), _("挂账了，到日子自动接着办"), work.suspend_case, forms.SuspendForm, icon="clock"),
    Doing("return", UNIT, (S.DISPATCHED,), _("退单"), _("退单，交受理的审"), _("退了，等他们定"), work.return_case, forms.WhyForm, lambda case: case.returns < MOST_RETURNS, "reply"),
    Doing("answer", DESK, (S.SUBMITTED,), _("直接答复"), _("答复，发给反映的人"), _("答复了"), desk.answer_now, forms.AnswerForm, icon="talk"),
    Doing("ask-first", DESK, (S.SUBMITTED,), _("请他补充"), _("发给他，停表等他"), _("发出去了，等他的时候不计时"), desk.ask_more, forms.AskForm, icon="ask"),
    Doing("split", DESK, (S.ACCEPTED,), _("分给几个单位"), _("派出，分头办"), _("派出去了，协办的都办完才能回复"), lambda **kw: joint.split_case(lead=kw.pop("unit"), **kw), forms.SplitForm, lambda case: _alone(case) and case.parent_id is None, "users"),
    Doing("classify", DESK, (S.SUBMITTED, S.ACCEPTED), _("改类别、急缓"), _("改成这样"), _("改好了"), desk.set_kind_theme_urgency, forms.ClassifyForm, icon="settings"),
    Doing("group", DESK, (S.SUBMITTED, S.ACCEPTED), _("和同样的并在一起"), _("并在一起"), _("并好了，跟着领头的办"), groups.group_case, forms.GroupForm, lambda case: case.group is None and case.parent_id is None and bool(forms.alike_at_desk(case)), "users"),
    Doing("ungroup", DESK, (S.SUBMITTED, S.ACCEPTED), _("移出这一组"), _("移出来，单独办"), _("移出来了"), groups.ungroup_case, forms.NoForm, lambda case: not _alone(case), "users"),
    Doing("transfer", DESK, (S.SUBMITTED, S.ACCEPTED), _("转给别的受理单位"), _("转过去，期限不变"), _("转过去了"), desk.transfer_case, forms.TransferForm, lambda case: case.parent_id is None, "transfer"),
    Doing("refuse", DESK, (S.SUBMITTED,), _("不予受理"), _("不受理，告诉他该找谁"), _("告诉反映的人了"), desk.refuse_case, forms.RefuseForm, icon="close"),
]  # fmt: skip
BY_KEY = {doing.key: doing for doing in ACTS}


def standing(actor: Actor, case: Case, now: datetime) -> set[str]:
    """What the actor's body is to the case: its desk, its unit, over the unit, above the desk, asked for help."""
    found = set()
    if is_desk(actor, case):
        found.add(DESK)
    if works_on(actor, case):
        found.add(UNIT)
    if turns.joined(actor, case):
        found.add(JOINED)
    own, day = body_of(actor, C.CASE_DISPATCH), clock.local_date(now)
    for name, body in ((OVER, turns.over(case, day)), (ABOVE, turns.adjudicator(case, day))):
        if own is not None and body is not None and body.pk == own != case.against_id:
            found.add(name)
    return found


def possible(actor: Actor, case: Case, now: datetime) -> list[Doing]:
    """The primary act first."""
    mine = standing(actor, case, now)
    return [one for one in ACTS if one.whose in mine and case.state in one.states and one.fits(case)]


def carry_out(doing: Doing, case: UUID, data: dict[str, Any], *, by: Actor, now: datetime) -> Any:
    """Raises what the verb raises."""
    return doing.verb(case=case, by=by, now=now, **data)
