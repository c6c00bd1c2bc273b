"""The form of one photo."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _


class ProofForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    alt = forms.CharField(
        label=_("照片上是什么"),
        help_text=_("比如“租房合同第一页”。看不见图的工作人员靠它"),
        max_length=200,
        error_messages={
            "required": _("写几个字说明这是什么，比如“租房合同第一页”"),
            "max_length": _("最多 200 个字"),
        },
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("照片"),
        help_text=_("JPEG、PNG 或 WebP，最大 20 MB。拍清楚名字、地址和日期，身份证号可以遮住"),
        error_messages={"required": _("请拍一张，或从相册里选一张"), "empty": _("这个文件是空的")},
        widget=forms.FileInput({"accept": "image/*"}),
    )
