"""The frame of a form, the reason of a step of it, and a definition from elsewhere."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.design.forms import PlainForm

from ..rules.parse import MOST_CHARACTERS, NotAForm, from_text
from ..rules.states import KEY, NAME, REASON, Audience


class FrameForm(PlainForm):
    """What a form is called, and who fills it in."""

    title = forms.CharField(label=_("表的名称"), max_length=NAME, help_text=_("比如：高龄津贴申请"))
    audience = forms.ChoiceField(label=_("谁能填"), choices=Audience.choices, widget=forms.RadioSelect)


class NewForm(FrameForm):
    place: Any = forms.ModelChoiceField(label=_("哪里的表"), queryset=None, empty_label=None)
    key = forms.SlugField(label=_("网址里的名字"), max_length=KEY, help_text=_("小写字母、数字和连字符，定了不再改，比如 parking-2026"))
    copy: Any = forms.ModelChoiceField(label=_("照着哪张表"), queryset=None, required=False, empty_label=_("从空白开始"))
    field_order = ["title", "key", "place", "audience", "copy"]

    def __init__(self, *args: Any, places: Any, kinds: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.initial.setdefault("audience", Audience.SIGNED_IN)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        self.fields["copy"].queryset = kinds  # type: ignore[attr-defined]

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"])
        if not key.islower() or not key.isascii():
            raise forms.ValidationError(_now("只用小写字母、数字和连字符"))
        return key


class ReasonForm(PlainForm):
    why = forms.CharField(label=_("为什么"), max_length=REASON, help_text=_("比如：按新文件加了一项材料"))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ImportForm(forms.Form):
    """A definition as JSON, from a file or pasted."""

    text = forms.CharField(
        label=_("定义（JSON）"), max_length=MOST_CHARACTERS, required=False, widget=forms.Textarea({"rows": 12, "spellcheck": "false"})
    )
    file = forms.FileField(label=_("或者选一个文件"), required=False, widget=forms.FileInput({"accept": "application/json,.json"}))
    revision = forms.IntegerField(widget=forms.HiddenInput)
    faults: list[Any]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.faults = []
        found = data.get("file")
        if found is not None and found.size > MOST_CHARACTERS * 4:
            raise forms.ValidationError(_now("文件太大"))
        try:
            text = found.read().decode("utf-8-sig") if found is not None else data.get("text", "")
        except UnicodeDecodeError:
            self.add_error("file", _now("文件不是 UTF-8 的文字"))
            return data
        if not text.strip():
            self.add_error("text", _now("贴上定义，或者选一个文件"))
            return data
        try:
            data["definition"] = from_text(text)
        except NotAForm as error:
            self.faults = error.faults
            self.add_error("text" if found is None else "file", _now("有 %(n)d 处不对，见下面") % {"n": len(error.faults)})
        return data


