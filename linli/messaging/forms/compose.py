"""A message of the office to the people of a place."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area, full_name

from ..rules import FAR


class PlaceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return full_name(obj)


class ComposeForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    place = PlaceField(label=_("发给哪里的人"), queryset=Area.objects.none(), help_text=_("住处已核实的人"), empty_label=None)
    codes = forms.CharField(
        label=_("只发给其中几位"), required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("写卡号，一行一个；空着就发给所有人"),
    )  # fmt: skip
    title = forms.CharField(label=_("标题"), max_length=40)
    text = forms.CharField(label=_("内容"), max_length=1000, widget=forms.Textarea({"rows": 5}))
    channels = forms.MultipleChoiceField(
        label=_("除了收件箱，还用"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(channel.value, channel.label) for channel in FAR], initial=[channel.value for channel in FAR],
    )  # fmt: skip
    urgent = forms.BooleanField(label=_("急事"), required=False, help_text=_("夜里也发，不收这类通知的人也发。停水停电、险情才用"))
    wants_ack = forms.BooleanField(label=_("请他们按“收到”"), required=False)

    def __init__(self, *args: Any, places: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        self.fields["key"].initial = uuid4

    def clean_codes(self) -> list[str]:
        return re.findall(r"\d{6,12}", self.cleaned_data["codes"].replace(" ", ""))
