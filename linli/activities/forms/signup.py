"""Signing up, for oneself and at the counter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.design.forms import PlainForm

from ..models import Event
from ..rules import NOTE, REASON, How


def companion_choices(most: int) -> list[tuple[int, str]]:
    return [(n, _now("带 %(n)d 位") % {"n": n} if n else _now("就我一个人")) for n in range(most + 1)]


class JoinForm(PlainForm):
    companions = forms.TypedChoiceField(label=_("几个人来"), coerce=int, widget=forms.RadioSelect, initial=0)

    def __init__(self, *args: Any, event: Event, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if event.companions:
            self.fields["companions"].choices = companion_choices(event.companions)  # type: ignore[attr-defined]
        else:
            del self.fields["companions"]

    @property
    def number(self) -> int:
        return int(self.cleaned_data.get("companions") or 0)


class AddForm(JoinForm):
    number_or_card = forms.CharField(
        label=_("手机号或卡号"), max_length=40, help_text=_("本人账号的手机号，或登录卡上的 10 位号码"),
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off", "class": "short"}),
    )  # fmt: skip
    how = forms.ChoiceField(
        label=_("本人怎么说的"), widget=forms.RadioSelect,
        choices=[(How.COUNTER.value, How.COUNTER.label), (How.PHONE.value, How.PHONE.label)],
    )  # fmt: skip
    consent = forms.CharField(
        label=_("记一句"), max_length=NOTE, help_text=_("比如：5月20日来窗口，本人要报。本人在账号里看得到")
    )
    field_order = ["number_or_card", "companions", "how", "consent"]


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("签到码"), max_length=20, help_text=_("报名页上的 10 位数字"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "code"}),
    )  # fmt: skip


class CancelForm(PlainForm):
    why = forms.CharField(
        label=_("为什么取消"),
        max_length=REASON,
        required=False,
        help_text=_("报名的人会原样收到，比如：老师病了，改期另行通知"),
    )
