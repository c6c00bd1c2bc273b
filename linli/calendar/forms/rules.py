"""A new version of a period."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.design.forms import DayField

from ..rules import MAX_AMOUNT, Period, Unit
from ..words import UNIT_LABELS


class RuleForm(forms.Form):
    amount = forms.IntegerField(label=_("多长"), min_value=1, error_messages={"min_value": _("至少是 1")})
    unit = forms.ChoiceField(
        label=_("单位"), choices=[(unit.value, label) for unit, label in UNIT_LABELS.items()]
    )
    roll = forms.BooleanField(
        label=_("最后一天放假，顺延到上班那天"), required=False, help_text=_("只对自然日有用")
    )
    pause_cap = forms.IntegerField(
        label=_("最多能停表多久"), required=False, min_value=1, error_messages={"min_value": _("至少是 1，或者空着")},
    )  # fmt: skip
    valid_from = DayField(label=_("从哪天起"), help_text=_("这天以前来的，照旧期限办"))

    def __init__(self, *args: Any, current: Period, cap: int | None, usual: int | None, today: date, **kw: Any) -> None:
        kw["initial"] = {
            "amount": current.amount, "unit": current.unit.value, "roll": current.roll, "pause_cap": cap, "valid_from": today,
        }  # fmt: skip
        super().__init__(*args, **kw)
        text = _("和上面同一个单位；空着就不限")
        self.fields["pause_cap"].help_text = (
            format_lazy(_("和上面同一个单位；空着就最多停 {n}"), n=usual) if usual else text
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        unit = data.get("unit")
        for name in ("amount", "pause_cap"):
            if unit and data.get(name) and data[name] > MAX_AMOUNT[unit]:
                self.add_error(name, str(format_lazy(_("太长了，最多 {n}"), n=MAX_AMOUNT[unit])))
        if unit and unit != Unit.NATURAL_DAY:
            data["roll"] = False
        return data

    @property
    def period(self) -> Period:
        data = self.cleaned_data
        return Period(data["amount"], Unit(data["unit"]), data["roll"])
