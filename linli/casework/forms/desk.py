"""The small forms of desks and units: each asks what one act needs, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.common import clock
from linli.common.plain_check import check_plain
from linli.people.api import Actor, Body, bodies_serving, posts_of

from ..actions import tables, turns
from ..actions.closing import REPLIES
from ..actions.joint import open_parts
from ..models import Case
from ..rules.words import (
    ALIKE_WITHIN,
    ANSWER,
    REASON,
    STARS,
    UNITS,
    WORKING,
    CaseKind,
    Moment,
    Outcome,
    Result,
    Urgency,
)
from ..themes import themes


def words(label: Any, most: int = REASON, hint: Any = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    """A text field whose length is said in its own words; what is too long is kept, never cut."""
    messages = {"max_length": _("最多 %(limit_value)d 个字，现在是 %(show_value)d 个。")}
    field = forms.CharField(
        label=label, max_length=most, help_text=hint, required=required, widget=forms.Textarea({"rows": rows}) if rows > 1 else forms.TextInput(),
        error_messages=messages, validators=[check_plain],
    )  # fmt: skip
    field.widget.attrs.pop("maxlength", None)
    return field


def _named(bodies: Sequence[Body], first: UUID | None = None) -> list[tuple[str, Any]]:
    """The offered one on top, said to be so."""
    rows = sorted(bodies, key=lambda body: body.pk != first)
    return [(str(body.pk), _("%(name)s（派单表建议）") % {"name": body.name} if body.pk == first else body.name) for body in rows]


class ActForm(forms.Form):
    """Knows the case, who acts and when; `fill` puts in what may be chosen."""

    def __init__(self, *args: Any, case: Case, by: Actor, now: datetime, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.case, self.by, self.now = case, by, now
        self.day: date = clock.local_date(now)
        self.fill()

    def fill(self) -> None:
        pass

    def choose(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class NoForm(ActForm):
    """Nothing to fill in."""


class RefuseForm(ActForm):
    why = words(_("为什么不归这里管"), hint=_("反映的人看得到。先说结论"))
    elsewhere = words(_("该找谁，电话多少"), hint=_("比如：区水务局 5550 1234，工作日 9:00 到 17:00"), rows=2)


class AskForm(ActForm):
    text = words(_("要他补充什么、怎么配合"), hint=_("发给他。等的时候不计时，5 天没回就接着办"))


class AnswerForm(ActForm):
    text = words(_("答复"), ANSWER, _("直接发给反映的人"), rows=6)


class TransferForm(ActForm):
    to = forms.TypedChoiceField(label=_("转给"), coerce=UUID, widget=forms.RadioSelect)
    why = words(_("为什么转"), hint=_("反映的人看得到。期限不重算"), rows=2)

    def fill(self) -> None:
        self.choose("to", _named(turns.desks(self.case, self.day)))


class ClassifyForm(ActForm):
    kind = forms.ChoiceField(label=_("种类"), choices=CaseKind.choices)
    theme = forms.ChoiceField(label=_("类别"))
    urgency = forms.ChoiceField(label=_("急缓"), choices=Urgency.choices, help_text=_("改急了，答复提前；改缓了，答应过的日子不变"))

    def fill(self) -> None:
        self.choose("theme", [(key, str(one)) for key, one in themes().items()])
        self.initial = {**self.initial, "kind": self.case.kind, "theme": self.case.theme, "urgency": self.case.urgency}


class UnitForm(ActForm):
    unit = forms.TypedChoiceField(label=_("派给"), coerce=UUID, widget=forms.RadioSelect)
    why = words(_("给单位的话"), required=False, rows=2)

    def fill(self) -> None:
        rule = tables.rule_of(self.case, self.now)
        among = turns.units(self.case, self.day)
        offered = next((body.pk for body in among if rule is not None and body.pk == rule.unit), None)
        self.choose("unit", _named(among, offered))
        if offered is not None:
            self.initial.setdefault("unit", str(offered))


class SplitForm(ActForm):
    unit = forms.TypedChoiceField(label=_("主办，由它答复"), coerce=UUID, widget=forms.RadioSelect)
    parts = forms.TypedMultipleChoiceField(label=_("协办"), coerce=UUID, widget=forms.CheckboxSelectMultiple)
    why = words(_("各单位分别做什么"))

    def fill(self) -> None:
        among = _named(turns.units(self.case, self.day))
        self.choose("unit", among)
        self.choose("parts", among)


class GroupForm(ActForm):
    lead = forms.TypedChoiceField(label=_("并到哪一件"), coerce=UUID, widget=forms.RadioSelect, help_text=_("各人的码、期限、评价都留着；领头的答复了，一起答复"))

    def fill(self) -> None:
        self.choose("lead", [(str(one.pk), f"{one.title}·{one.code_said}") for one in alike_at_desk(self.case)])


class JudgeForm(ActForm):
    approve = forms.ChoiceField(
        label=_("同意退单吗"), choices=[("yes", _("同意，重新派")), ("no", _("不同意，还由它办"))], widget=forms.RadioSelect
    )
    why = words(_("理由"), hint=_("单位看得到。反映人的期限不变"), rows=2)


class AdjudicateForm(ActForm):
    unit = forms.TypedChoiceField(label=_("由谁办"), coerce=UUID, widget=forms.RadioSelect)
    why = words(_("为什么由它办"), hint=_("这是最后的决定，不能再退"))

    def fill(self) -> None:
        self.choose("unit", _named(turns.units(self.case, self.day)))


class WhyForm(ActForm):
    why = words(_("为什么不归你们办"), hint=_("有合同、图纸、产权的凭据，写上在哪"))


class ContactForm(ActForm):
    text = words(_("谈了什么，约了什么"), hint=_("反映的人看得到"), rows=2)


class NoteForm(ActForm):
    text = words(_("进展"), rows=2)
    inner = forms.BooleanField(label=_("只给同事看"), required=False)


class ConsultForm(ActForm):
    body = forms.TypedChoiceField(label=_("问哪个单位"), coerce=UUID, widget=forms.RadioSelect)
    text = words(_("想问什么"), rows=2)

    def fill(self) -> None:
        rows = bodies_serving(self.case.place, UNITS, self.day)
        self.choose("body", _named([row for row in rows if row.pk not in (self.case.unit_id, self.case.against_id)]))


class HolderForm(ActForm):
    post = forms.TypedChoiceField(label=_("由谁办"), coerce=UUID)

    def fill(self) -> None:
        rows = posts_of(self.case.unit, WORKING, self.day) if self.case.unit is not None else []
        self.choose("post", [(str(post.pk), f"{post.person.display_name}·{post.title}") for post in rows])
        self.initial.setdefault("post", str(self.case.holder_id or ""))


def _day(label: Any, hint: Any) -> forms.DateField:
    return forms.DateField(label=label, help_text=hint, widget=forms.DateInput({"type": "date"}), error_messages={"invalid": _("写成 2026-05-26 这样")})


class ExtensionForm(ActForm):
    until = _day(_("延到哪天"), _("只能延一次，最晚从今天起 30 天"))
    why = words(_("为什么要延"), hint=_("批了以后，反映的人看得到"))


class DecideForm(ActForm):
    grant = forms.ChoiceField(label=_("准不准"), choices=[("yes", _("准，告诉反映的人")), ("no", _("不准，照原来的期限"))], widget=forms.RadioSelect)
    why = words(_("理由"), rows=2)


class SuspendForm(ActForm):
    review_on = _day(_("哪天复查"), _("到那天自动接着办，最长半年。反映人的期限照走"))
    why = words(_("在等什么"), hint=_("反映的人看得到"))


class ReplyForm(ActForm):
    text = words(_("办了什么，结果怎样"), ANSWER, _("审核通过后发给反映的人"), rows=6)
    result = forms.ChoiceField(label=_("结果"), choices=[(one.value, one.label) for one in REPLIES], widget=forms.RadioSelect, initial=Result.SOLVED)
    override = words(_("协办单位没答完也先回复，为什么"), rows=2, required=False)

    def fill(self) -> None:
        if not open_parts(self.case):
            del self.fields["override"]


class CheckForm(ActForm):
    approve = forms.ChoiceField(label=_("能发给反映的人吗"), choices=[("yes", _("能，发出去")), ("no", _("不能，退回再办"))], widget=forms.RadioSelect)
    why = words(_("退回的理由"), hint=_("退回时必写"), rows=2, required=False)


class CallForm(ActForm):
    reached = forms.ChoiceField(label=_("打通了吗"), choices=[("yes", _("打通了")), ("no", _("没打通"))], widget=forms.RadioSelect)
    outcome = forms.ChoiceField(label=_("他说解决了没有"), choices=Outcome.choices, widget=forms.RadioSelect, required=False)
    stars = forms.TypedChoiceField(
        label=_("他打几分"), choices=[(n, _("%(n)d 分") % {"n": n}) for n in reversed(STARS)], coerce=int, empty_value=None,
        widget=forms.RadioSelect, required=False,
    )  # fmt: skip
    text = words(_("他还说了什么"), rows=2, required=False)


class PictureForm(ActForm):
    moment = forms.ChoiceField(
        label=_("拍的是"), choices=[(one.value, one.label) for one in (Moment.BEFORE, Moment.AFTER, Moment.EVIDENCE, Moment.SIGNATURE)],
        widget=forms.RadioSelect, initial=Moment.AFTER,
    )  # fmt: skip
    picture = forms.FileField(label=_("照片"), widget=forms.FileInput({"accept": "image/*", "data-sign": ""}), help_text=_("办之前、办完后的，反映的人看得到；凭据和签字只有办的人看得到"))
    alt = words(_("照片里是什么"), 120, _("签字写上签的人的名字"), rows=1)


def alike_at_desk(case: Case) -> list[Case]:
    """Open cases of the theme at the same desk, of the last 30 days, that lead a group or stand alone."""
    since = (case.submitted_at or case.made_at) - ALIKE_WITHIN
    rows = Case.objects.open().filter(desk=case.desk, theme=case.theme, parent=None, submitted_at__gte=since).exclude(pk=case.pk)
    return list(rows.filter(Q(group=None) | Q(group__lead=F("pk"))).order_by("-submitted_at")[:12])


def units_to_choose(by: Actor, now: datetime) -> list[Body]:
    """Bodies around and below the acting body's places, to give many cases to at once; each case is still asked itself."""
    if by.acting is None:
        return []
    paths = by.acting.paths
    under = Q(pk__in=[])
    for path in paths:
        under |= Q(places__area__path__under=path)
    rows = Body.objects.valid_on(clock.local_date(now)).filter(under, kind__in=UNITS, places__until=None)
    return list(rows.distinct().order_by("name")[:100])
