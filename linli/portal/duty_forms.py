"""The form of one who is on duty."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.calendar.api import Holidays, read_hours, write_hours
from linli.common.errors import UserError
from linli.design.forms import PlainForm

from .directory_rules import NUMBER
from .duty_rules import NAME, ROLE, Duty
from .models import DutyLine


class DutyForm(PlainForm):
    name = forms.CharField(label=_("姓名"), max_length=NAME)
    role = forms.CharField(label=_("哪个单位，做什么"), max_length=ROLE, help_text=_("比如：居委会，管调解"))
    phone = forms.CharField(
        label=_("打哪个电话"), max_length=NUMBER, required=False, help_text=_("办公的号码，大家都看得到。"),
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    hours = forms.CharField(
        label=_("什么时候在"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("周一至周五 8:30—17:30；周六 9:00—11:30")
    )
    holidays = forms.ChoiceField(label=_("放假的日子"), choices=Holidays, widget=forms.RadioSelect, initial=Holidays.OFFICIAL)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if "hours" in found and "holidays" in found:
            try:
                found["read"] = read_hours(found["hours"], Holidays(found["holidays"]))
            except UserError as error:
                self.add_error("hours", str(error))
        return found

    def duty(self) -> Duty:
        """What was filled in; call after `is_valid`."""
        data = self.cleaned_data
        return Duty(name=data["name"], role=data["role"], phone=data["phone"], hours=data["read"])


def filled(line: DutyLine) -> dict[str, Any]:
    """The form of a line that stands."""
    hours = line.opening
    return {
        "name": line.name, "role": line.role, "phone": line.phone, "hours": write_hours(hours), "holidays": hours.holidays.value,
    }  # fmt: skip
