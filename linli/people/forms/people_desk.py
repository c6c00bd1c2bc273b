"""Forms of the people desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.design.forms import Phone, ThreePartField

from ..actions.people_desk import Papers
from ..rules import REVEAL_WORDS, RevealField, RevealPurpose


class EnrolForm(forms.Form):
    """An old person without a phone; only the name is a must."""

    legal_name = forms.CharField(label=_("姓名"), max_length=40, help_text=_("按身份证写"))
    name = forms.CharField(
        label=_("邻居看到的称呼"), max_length=40, required=False, help_text=_("比如“3 幢倪阿婆”；不填就用姓名")
    )
    born = ThreePartField(label=_("出生日期"), required=False)


class PapersForm(forms.Form):
    papers = forms.ChoiceField(
        label=_("当面看过的证件"), choices=Papers.choices, widget=forms.RadioSelect,
        error_messages={"required": _("请选当面看过的证件")},
    )  # fmt: skip


class PhoneForm(PapersForm):
    phone = forms.CharField(label=_("新手机号"), max_length=40, widget=Phone, help_text=_("请和他核对一遍"))
    field_order = ["phone", "papers"]


class FactorForm(PapersForm):
    reason = forms.CharField(
        label=_("为什么取下"), max_length=REVEAL_WORDS, help_text=_("比如“手机丢了”，本人会看到"),
        error_messages={"required": _("请写明为什么取下，本人会看到")},
    )  # fmt: skip


class NumberForm(PapersForm):
    """Another account, by its number."""

    number = forms.CharField(
        label=_("卡号或手机号"), max_length=40,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off", "class": "short"}),
    )  # fmt: skip
    field_order = ["number", "papers"]


class RevealForm(forms.Form):
    field = forms.ChoiceField(label=_("看哪一项"), choices=RevealField.choices, widget=forms.RadioSelect)
    purpose = forms.ChoiceField(
        label=_("为什么看"), choices=RevealPurpose.choices, widget=forms.RadioSelect,
        error_messages={"required": _("请选一个查看的理由，本人会看到")},
    )  # fmt: skip
    words = forms.CharField(label=_("补充说明"), max_length=REVEAL_WORDS, required=False)

    def __init__(self, *args: Any, facts: set[str], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["field"].choices = [c for c in RevealField.choices if c[0] in facts]  # type: ignore[attr-defined]
