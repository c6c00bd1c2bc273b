"""Forms of the desks: a site's look, a file for its library."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Plate
from linli.files.api import ACCEPT, FILES, KeepingForm


class LookForm(KeepingForm):
    """Errors of the picture are said at `banner`."""

    keeps = "banner"
    lead = forms.CharField(
        label=_("名字下面的一句话"),
        max_length=80,
        required=False,
        help_text=_("比如：312 户，三个大门，24 小时有人。"),
    )
    accent = forms.ChoiceField(label=_("颜色"), choices=Plate.choices, widget=forms.RadioSelect)
    banner = forms.FileField(
        label=_("横幅图片"),
        required=False,
        help_text=_("JPEG、PNG 或 WebP，横着拍的，最大 20 MB。没有就用画出来的房子。"),
        widget=forms.FileInput({"accept": ACCEPT}),
    )
    alt = forms.CharField(
        label=_("图片上有什么"), max_length=200, required=False, help_text=_("一句话，给看不见图片的人听。")
    )
    no_banner = forms.BooleanField(label=_("不用图片，换回画出来的房子"), required=False)


class FileForm(KeepingForm):
    keeps, kind = "file", FILES
    title = forms.CharField(label=_("名称"), max_length=80, help_text=_("居民按名字找，比如：装修申请表。"))
    file = forms.FileField(label=_("文件"), help_text=_("图片、PDF、xlsx 或 zip，最大 20 MB。"))
    alt = forms.CharField(
        label=_("图片上有什么"),
        max_length=200,
        required=False,
        help_text=_("放的是图片才填，给看不见图片的人听。"),
    )
    listed = forms.BooleanField(label=_("列在资料库里，大家都能下载"), required=False, initial=True)
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["once"].initial = uuid4().hex
