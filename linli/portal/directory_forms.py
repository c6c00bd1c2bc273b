"""Forms of the directory of phones."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area, Level, title
from linli.calendar.api import Holidays, read_hours, write_hours
from linli.common.errors import UserError
from linli.common.text import clean
from linli.design.forms import PlainForm

from .directory_rules import (
    LABEL,
    NAME,
    OFTEN,
    SELDOM,
    TEXT,
    USUAL,
    Facts,
    Group,
    Wrong,
    check,
    read_numbers,
    read_position,
    read_words,
    write_numbers,
    write_position,
)

RANKS = [(OFTEN, _("最常用，排在最前")), (USUAL, _("一般")), (SELDOM, _("不常用"))]


class EntryForm(PlainForm):
    """One entry. `facts()` is what was typed, checked."""

    name = forms.CharField(label=_("名称"), max_length=NAME, help_text=_("人家怎么叫就怎么写，比如“苗师傅修理铺”。"))
    phones = forms.CharField(
        label=_("电话"), widget=forms.Textarea(attrs={"rows": 2}), max_length=(LABEL + 24) * 6,
        help_text=_("一行一个，有几个就在前面写明：报修 555 0132"),
    )  # fmt: skip
    group = forms.ChoiceField(label=_("哪一类"), choices=Group, widget=forms.RadioSelect, initial=Group.EVERYDAY)
    wants = forms.CharField(
        label=_("能办什么"), required=False, max_length=400, help_text=_("照大家嘴里的话写，用逗号隔开：换煤气，修灶台。按这些词找得到它。")
    )
    organisation = forms.CharField(label=_("单位全称"), required=False, max_length=NAME * 2)
    address = forms.CharField(label=_("地址"), required=False, max_length=NAME * 2)
    place = forms.TypedChoiceField(label=_("为哪里服务"), coerce=int)
    position = forms.CharField(
        label=_("位置"), required=False, max_length=60, help_text=_("纬度, 经度（WGS-84），比如 30.274150, 120.155070。填了就画在街道图上。")
    )
    hours = forms.CharField(
        label=_("开门时间"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("周一至周五 8:30—12:00，13:30—17:00；周六 9:00—11:30。一直有人就写：24 小时"),
    )  # fmt: skip
    holidays = forms.ChoiceField(label=_("放假的日子"), choices=Holidays, widget=forms.RadioSelect, initial=Holidays.OFFICIAL)
    languages = forms.CharField(label=_("会说"), required=False, max_length=200, help_text=_("比如：普通话，本地话，英语，手语"))
    rank = forms.TypedChoiceField(
        label=_("有多常用"), choices=RANKS, coerce=int, widget=forms.RadioSelect, initial=USUAL, help_text=_("最常用的 20 个印在一张纸上。")
    )
    note = forms.CharField(label=_("备注"), required=False, max_length=TEXT, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, places: list[Area], **kw: Any) -> None:
        super().__init__(*args, **kw)
        names = {place.pk: title(place) for place in places}
        self.fields["place"].choices = [("", _("请选一个")), *((place.pk, _within(place, names)) for place in places)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = {key: clean(value) if isinstance(value, str) else value for key, value in super().clean().items()}  # type: ignore[union-attr]
        readers = {"phones": read_numbers, "position": read_position, "wants": read_words, "languages": read_words}
        for key, reader in {**readers, "hours": lambda text: read_hours(text, Holidays(found["holidays"]))}.items():
            if key in found and not (key == "hours" and "holidays" not in found):
                try:
                    found[key] = reader(found[key])
                except UserError as error:
                    self.add_error(key, str(error))
        if not self.errors:
            try:
                check(self._facts(found))
            except UserError as error:
                self.add_error(error.field, str(error))
        return found

    def _facts(self, found: dict[str, Any]) -> Facts:
        lat, lon = found["position"]
        plain = {key: found[key] for key in ("name", "phones", "wants", "organisation", "address", "place", "hours", "languages", "rank", "note")}
        return Facts(**plain, group=Group(found["group"]), lat=lat, lon=lon)

    def facts(self) -> Facts:
        return self._facts(self.cleaned_data)


def _within(place: Area, names: dict[int, str]) -> str:
    above = names.get(place.parent_id or 0, "") if place.level > Level.STREET else ""
    return f"{above} {title(place)}".strip()


def initial_of(facts: Facts) -> dict[str, Any]:
    """An entry as the form shows it."""
    plain = {key: getattr(facts, key) for key in ("name", "group", "organisation", "address", "place", "rank", "note")}
    comma = str(_("，"))
    return {
        **plain, "phones": write_numbers(facts.phones, "\n"), "wants": comma.join(facts.wants),
        "languages": comma.join(facts.languages), "position": write_position(facts.lat, facts.lon),
        "hours": write_hours(facts.hours), "holidays": facts.hours.holidays.value,
    }  # fmt: skip


class WrongForm(PlainForm):
    """What a reader says is wrong. `once` makes pressing twice count once."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("哪里不对"), choices=Wrong, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("说说情况"), required=False, max_length=TEXT, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("知道新号码就写上。不用留姓名。"),
    )  # fmt: skip


class ExchangeForm(forms.Form):
    """A table or an HSDS file to bring in."""

    file = forms.FileField(
        label=_("电话簿文件"), help_text=_("Excel（xlsx、xls）、ods、CSV，或者 HSDS 3.0 的 JSON，最大 20 MB。"),
        error_messages={"required": _("请先选一个文件")},
    )  # fmt: skip
    place = forms.TypedChoiceField(label=_("没写服务范围的算哪里的"), coerce=int)

    def __init__(self, *args: Any, places: list[Area], **kw: Any) -> None:
        super().__init__(*args, **kw)
        names = {place.pk: title(place) for place in places}
        self.fields["place"].choices = [(place.pk, _within(place, names)) for place in places]  # type: ignore[attr-defined]
