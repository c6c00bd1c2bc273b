"""How a form comes in at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.design.forms import PlainForm

from ..rules.states import TYPED_BY_STAFF, Channel


class BeginForm(PlainForm):
    channel = forms.ChoiceField(
        label=_("怎么来的"), widget=forms.RadioSelect, choices=[(one.value, Channel(one).label) for one in TYPED_BY_STAFF]
    )
    number = forms.CharField(
        label=_("本人的卡号或手机号"), max_length=40, required=False,
        help_text=_("填了就连上他的账号：认得的内容自动带出，他在账号里看得到。没有账号就空着"),
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off", "class": "short"}),
    )  # fmt: skip
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, may_find: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if not may_find:
            del self.fields["number"]
