"""A poll, as who asks fills it in: one option a line, native controls, no script needed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.common.clock import SHANGHAI
from linli.common.text import clean
from linli.design.forms import DayField, PlainForm

from ..poll_rules import MOST, OPTION, QUESTION, Per, PollFacts

HOURS = [(hour, f"{hour}:00") for hour in range(6, 24)]


class PollForm(PlainForm):
    question = forms.CharField(
        label=_("问大家什么"), max_length=QUESTION, help_text=_("一句话，比如：除了修好三盏，要不要再加灯？")
    )
    options = forms.CharField(
        label=_("选项"), max_length=MOST * (OPTION + 2) * 2, widget=forms.Textarea({"rows": 5}),
        help_text=_("一行一个，2 到 %(n)d 个。") % {"n": MOST},
    )  # fmt: skip
    several = forms.BooleanField(label=_("可以选几项"), required=False)
    per = forms.ChoiceField(label=_("怎么算票"), choices=Per.choices, initial=Per.PERSON, widget=forms.RadioSelect)
    named = forms.ChoiceField(
        label=_("投给谁"), choices=[("", _("不公开")), ("yes", _("公开谁投了什么"))], initial="", required=False, widget=forms.RadioSelect
    )
    hidden = forms.BooleanField(label=_("截止后才公布结果"), required=False)
    ends_day = DayField(label=_("哪天截止"))
    ends_hour = forms.TypedChoiceField(label=_("几点"), choices=HOURS, coerce=int, initial=20)

    def facts(self) -> PollFacts:
        data = self.cleaned_data
        lines = [" ".join(clean(line).split()) for line in data["options"].splitlines()]
        ends = datetime.combine(data["ends_day"], datetime.min.time(), SHANGHAI) + timedelta(hours=data["ends_hour"])
        return PollFacts(
            question=" ".join(clean(data["question"]).split()), options=tuple(line for line in lines if line), ends_at=ends,
            several=data["several"], per=data["per"], named=bool(data["named"]), hidden=data["hidden"],
        )  # fmt: skip


def first_values(now: datetime) -> dict[str, Any]:
    """A week from now, in the evening."""
    return {"ends_day": (now.astimezone(SHANGHAI) + timedelta(days=7)).date(), "ends_hour": 20}
