"""Forms of mandates. Persons are named by card number and name together, never searched for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.common.errors import UserError
from linli.design.forms import DayField

from ..mandate_rules import RECORDED, Period, end_of, last_day_of
from ..models import Person
from ..queries.mandates import person_by_card
from ..rules import MandateHow, MandateScope

CARD = {"inputmode": "numeric", "autocomplete": "off", "class": "short"}
CONFIRM = {
    MandateHow.IN_PERSON: _("看过本人身份证，本人当面说了同意"),
    MandateHow.PAPER: _("委托书有本人签字，原件留在社区"),
    MandateHow.PHONE: _("上面的话念完了，本人说“对”"),
}


def card_field(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=20,
        widget=forms.TextInput(CARD),
        error_messages={"required": _("请填卡号，10 位数字")},
    )


def name_field(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("请填名字")},
    )


class TermForm(forms.Form):
    """Who acts, what for and how long; `today` comes in from the view."""

    agent_card = card_field(_("他的卡号"), _("他登录卡上的 10 位号码，“我的”页里也有"))
    agent_name = name_field(_("他的名字"), _("照他账号上的写"))
    scopes = forms.MultipleChoiceField(
        label=_("可以替您办什么"),
        choices=MandateScope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选可以替您办哪些事")},
    )
    period = forms.ChoiceField(
        label=_("到什么时候"),
        choices=Period.choices,
        initial=Period.YEAR,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选到什么时候为止")},
    )
    until = DayField(label=_("最后一天"), required=False, help_text=_("选了“到我选的那天”才要填"))

    def __init__(self, *args: Any, today: date, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.today, self.last_day, self.agent = today, today, Person()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        try:
            if "agent_card" in data and "agent_name" in data:
                self.agent = person_by_card(data["agent_card"], data["agent_name"], field="agent_card")
            if "period" in data and "until" in data:
                self.last_day = last_day_of(data["period"], data["until"], self.today)
                end_of(self.last_day, self.today)
        except UserError as error:
            blame(self, error)
        return data


class PrincipalForm(forms.Form):
    """Whom the staff have before them."""

    principal_card = card_field(_("委托人的卡号"), _("登录卡上有，10 位"))
    principal_name = name_field(_("委托人的名字"))


class RecordForm(TermForm):
    """What staff take down; the principal is known by then."""

    how = forms.ChoiceField(
        label=_("怎么委托的"),
        choices=[(how.value, how.label) for how in RECORDED],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选是怎么委托的")},
    )
    field_order = ("how", "agent_card", "agent_name", "scopes", "period", "until")

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["scopes"].label = _("可以替他办什么")
        self.fields["agent_card"].label = _("受托人的卡号")
        self.fields["agent_name"].label = _("受托人的名字")


class ConfirmForm(forms.Form):
    """The tick without which nothing is taken down."""

    confirmed = forms.BooleanField(error_messages={"required": _("要本人亲口同意才能登记")})

    def __init__(self, *args: Any, how: str, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["confirmed"].label = CONFIRM[MandateHow(how)]


def blame(form: forms.Form, error: UserError) -> None:
    """Put the error at its field, or over the form."""
    form.add_error(error.field if error.field in form.fields else None, str(error))
