"""What a clerk writes down for somebody: whose words, which, and how he asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.design.forms import PlainForm

from ..rules import TEXT, TITLE

CONSENT = 80


class ForOtherForm(PlainForm):
    number = forms.CharField(
        label=_("本人的手机号或卡号"), max_length=40, help_text=_("本人账号的手机号，或登录卡上的 10 位号码。查过的都有记录。"),
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off", "class": "short"}),
    )  # fmt: skip
    title = forms.CharField(label=_("标题"), help_text=_("一句话：哪里、什么事。最多 %(n)d 个字。") % {"n": TITLE})
    text = forms.CharField(
        label=_("本人要说的"), strip=False, max_length=TEXT * 2, widget=forms.Textarea({"rows": 6}),
        help_text=_("照本人的意思写，念给他听一遍再发。别写电话和门牌。"),
    )  # fmt: skip
    consent = forms.CharField(
        label=_("本人怎么要求的"), max_length=CONSENT,
        help_text=_("大家看得到，比如：5月20日来电要求，已复述确认"),
    )  # fmt: skip
    private_ok = forms.BooleanField(label=_("可以发出：这些不是别人的私事，或者本人同意"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"invalid": _("这张表有点旧了，请打开再写")})

    def __init__(self, *args: Any, reply: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if reply:
            del self.fields["title"]
