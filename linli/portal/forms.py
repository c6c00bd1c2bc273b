"""Forms of the homes import."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.areas.api import HOME_COLUMNS, HOME_LABELS, Area, HomeUse, Level, Plate, read_floor_area, title
from linli.common.errors import UserError


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("房屋表"), help_text=_("Excel（xlsx、xls）、ods 或 CSV，最大 20 MB。"), error_messages={"required": _("请先选一个文件")}
    )


class ColumnsForm(forms.Form):
    """Which column of the list is what; empty: not in the list."""

    def __init__(self, headers: list[str], guess: dict[str, int], data: Any = None) -> None:
        chosen = data if data is not None and any(key in data for key in HOME_COLUMNS) else None
        super().__init__(data=chosen, initial={key: str(at) for key, at in guess.items()})
        choices = [("", _("表里没有")), *((str(n), header or f"({n + 1})") for n, header in enumerate(headers))]
        for key in HOME_COLUMNS:
            self.fields[key] = forms.ChoiceField(label=HOME_LABELS[key], choices=choices, required=key in ("building", "room"))

    def columns(self) -> dict[str, int]:
        """As chosen, else as guessed."""
        if self.is_bound:
            self.full_clean()
        values = self.cleaned_data if self.is_bound else self.initial
        return {key: int(value) for key, value in values.items() if value not in (None, "")}


class PlaceForm(forms.Form):
    """What the register says of a compound or building. `communities`: under which the actor may put a compound."""

    name = forms.CharField(label=_("名称"), max_length=80, help_text=_("大家平常叫的。旧名称会留着"))
    official_name = forms.CharField(label=_("登记名称"), max_length=120, required=False, help_text=_("证上的名称，不一样才写；搜它也找得到"))
    latin = forms.CharField(label=_("拼音"), max_length=80, required=False)
    address = forms.CharField(label=_("地址"), max_length=120, required=False, help_text=_("路名和门牌号，比如“柳渡路 18 号”"))
    plate = forms.ChoiceField(label=_("门牌颜色"), choices=Plate.choices)
    community = forms.ChoiceField(label=_("归哪个社区"), help_text=_("社区撤并或划界以后，移到接替的社区"))

    def __init__(self, *args: Any, place: Area, communities: list[Area], **kw: Any) -> None:
        names = ("name", "official_name", "latin", "address", "plate")
        kw["initial"] = {**{name: getattr(place, name) for name in names}, "community": str(place.parent_id)}
        super().__init__(*args, **kw)
        if place.level != Level.COMPOUND or len(communities) < 2:
            del self.fields["community"]
        else:
            self.fields["community"].choices = [(str(one.pk), title(one)) for one in communities]  # type: ignore[attr-defined]
        if place.level != Level.COMPOUND:
            del self.fields["plate"]


class HomeForm(forms.Form):
    """What the register says of one home."""

    name = forms.CharField(label=_("房号"), max_length=80)
    floor = forms.IntegerField(label=_("楼层"), min_value=-9, max_value=150, help_text=_("地下一层写 -1"))
    column = forms.IntegerField(label=_("这一层的第几户"), min_value=1, max_value=99, help_text=_("从左往右数，楼盘表照它排"))
    floor_area = forms.CharField(label=_("建筑面积，平方米"), max_length=12, required=False, help_text=_("和证上一样，最多三位小数"))
    use = forms.ChoiceField(label=_("用途"), choices=HomeUse.choices)

    def clean_floor_area(self) -> int | None:
        try:
            return read_floor_area(self.cleaned_data["floor_area"])
        except UserError as error:
            raise forms.ValidationError(str(error)) from None
