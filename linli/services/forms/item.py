"""The pages of an item's editor: each a short form, some with rows, together the whole document."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.common.errors import UserError
from linli.common.money import parse_fen, show_yuan
from linli.common.text import clean
from linli.design.forms import PlainForm

from ..content import Content
from ..models import Item
from ..queries.items import offices_for
from ..rules import (
    LEAD,
    LINE,
    MOST_FEE,
    NAME,
    REASON,
    TEXT,
    Audience,
    Depth,
    Kind,
    Level,
    LifeEvent,
    Pace,
    Result,
    Scheme,
)  # fmt: skip
from .rows import (
    UNITS,
)

MOST_NAMES = 8


class NewForm(PlainForm):
    place: Any = forms.ModelChoiceField(label=_("给哪里的人办"), queryset=None, empty_label=None)
    name = forms.CharField(
        label=_("叫什么"), max_length=NAME, help_text=_("照大家的叫法，比如：高龄津贴申领")
    )
    scheme = forms.ChoiceField(
        label=_("编码是哪一种"), choices=Scheme.choices, initial=Scheme.OWN, widget=forms.RadioSelect
    )
    code = forms.CharField(
        label=_("编码"), max_length=24, help_text=_("国家基本编码 12 位；没有的，自己编一个，比如 LD-0012")
    )

    def __init__(self, *args: Any, places: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]


class WhyForm(PlainForm):
    why = forms.CharField(
        label=_("改了什么，为什么"),
        max_length=REASON,
        required=False,
        help_text=_("比如：按新标准，80 岁起每月 100 元"),
    )


class WithdrawForm(PlainForm):
    why = forms.CharField(
        label=_("为什么不办了，去哪里办"),
        max_length=REASON,
        required=False,
        help_text=_("来看的人会读到这句话"),
    )


def _many(label: Any, choices: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


class PartForm(PlainForm):
    """A page's own fields, named as those of the document."""

    def __init__(self, *args: Any, item: Item, today: date, **kw: Any) -> None:
        super().__init__(*args, **kw)

    @classmethod
    def filled(cls, content: Content) -> dict[str, Any]:
        return {name: getattr(content, name) for name in cls.base_fields}

    def values(self) -> dict[str, Any]:
        """Call after `is_valid`."""
        found = dict(self.cleaned_data)
        for name, value in found.items():
            if isinstance(value, str):
                found[name] = " ".join(clean(value).split())
            elif isinstance(value, list):
                found[name] = tuple(value)
            elif value is None:
                found[name] = 0
        return found


class BasicsForm(PartForm):
    name = forms.CharField(label=_("叫什么"), max_length=NAME)
    lead = forms.CharField(label=_("一句话说明"), max_length=LEAD, help_text=_("谁能办，办了有什么用"))
    also = forms.CharField(
        label=_("也叫"),
        max_length=120,
        required=False,
        help_text=_("别的叫法，用逗号隔开：尊老金，老人补贴。按这些也找得到"),
    )
    audiences = _many(_("给谁办"), Audience.choices)
    events = _many(_("人生大事"), LifeEvent.choices, _("遇到哪件事的时候要办"))
    kind = forms.ChoiceField(label=_("事项类型"), choices=Kind.choices)
    level = forms.ChoiceField(label=_("由谁决定"), choices=Level.choices)
    authority = forms.CharField(label=_("主管部门"), max_length=40, required=False)
    delegated = forms.CharField(
        label=_("受谁委托办理"), max_length=40, required=False, help_text=_("自己的职权就空着")
    )

    @classmethod
    def filled(cls, content: Content) -> dict[str, Any]:
        return super().filled(content) | {"also": "，".join(content.also)}

    def clean_also(self) -> list[str]:
        names = [
            " ".join(clean(word).split()) for word in re.split(r"[,，、;；\n]", self.cleaned_data["also"])
        ]
        found = list(dict.fromkeys(filter(None, names)))
        if len(found) > MOST_NAMES:
            raise forms.ValidationError(_now("最多 %(n)d 个叫法") % {"n": MOST_NAMES})
        return found


class QuotaForm(PartForm):
    quota = forms.CharField(label=_("名额"), max_length=LINE, required=False, help_text=_("没有限制就空着"))


def _amount(label: Any, help_text: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=2500, required=False, help_text=help_text)


class HandlingForm(PartForm):
    pace = forms.ChoiceField(label=_("办得多快"), choices=Pace.choices, widget=forms.RadioSelect)
    promised_amount = _amount(_("承诺多久办完"), _("当场办完的空着"))
    promised_unit = forms.ChoiceField(label=_("承诺的单位"), choices=UNITS)
    legal_amount = _amount(_("法定多久"), _("法规没有规定就空着"))
    legal_unit = forms.ChoiceField(label=_("法定的单位"), choices=UNITS)
    visits = forms.IntegerField(label=_("要跑几趟"), min_value=0, max_value=9)
    depth = forms.ChoiceField(label=_("网上能办到哪一步"), choices=Depth.choices)
    anywhere = forms.CharField(
        label=_("能不能异地办"),
        max_length=LINE,
        required=False,
        help_text=_("比如：全市任何街道都能办。只在这里办就空着"),
    )
    errand = forms.BooleanField(label=_("可以请人代办"), required=False)
    home_visit = forms.BooleanField(label=_("可以上门办"), required=False)

    @classmethod
    def filled(cls, content: Content) -> dict[str, Any]:
        empty = {name: getattr(content, name) or None for name in ("promised_amount", "legal_amount")}
        return super().filled(content) | empty

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        promised, legal = data.get("promised_amount") or 0, data.get("legal_amount") or 0
        if data.get("pace") == Pace.PROMISED and "promised_amount" in data and not promised:
            self.add_error("promised_amount", _now("承诺几天办完，要写几天"))
        alike = data.get("promised_unit") == data.get("legal_unit")
        if data.get("pace") == Pace.PROMISED and alike and legal and promised > legal:
            self.add_error("promised_amount", _now("承诺的时间不能比法定的长"))
        return data


class PlacesForm(PartForm):
    offices = _many(_("去哪里办"), (), _("地址、电话、办公时间照单位登记的显示"))
    counter = forms.CharField(label=_("几号窗口"), max_length=40, required=False)
    ask_phone = forms.CharField(
        label=_("咨询电话"), max_length=20, required=False, help_text=_("空着就用受理单位的电话")
    )
    complain_phone = forms.CharField(label=_("投诉电话"), max_length=20, required=False)
    fee = forms.CharField(label=_("收费（元）"), max_length=12, required=False, help_text=_("不收就空着"))
    fee_basis = forms.CharField(label=_("收费依据"), max_length=LINE, required=False)
    result = forms.ChoiceField(label=_("办好了给什么"), choices=Result.choices)
    result_name = forms.CharField(label=_("叫什么"), max_length=40, help_text=_("比如：居住证；每月 100 元"))
    result_sample = forms.CharField(label=_("是什么样子"), max_length=TEXT, required=False)
    result_days = forms.IntegerField(
        label=_("管几天"), min_value=0, max_value=36500, required=False, help_text=_("长期有效就空着")
    )

    def __init__(self, *args: Any, item: Item, today: date, **kw: Any) -> None:
        super().__init__(*args, item=item, today=today, **kw)
        bodies = offices_for(item.place, today)
        self.fields["offices"].choices = [(str(body.pk), body.name) for body in bodies]  # type: ignore[attr-defined]

    @classmethod
    def filled(cls, content: Content) -> dict[str, Any]:
        return super().filled(content) | {
            "fee": show_yuan(content.fee) if content.fee else "", "result_days": content.result_days or None,
        }  # fmt: skip

    def clean_fee(self) -> int:
        try:
            return parse_fen(self.cleaned_data["fee"], most=MOST_FEE)
        except UserError as error:
            raise forms.ValidationError(str(error)) from None

    def clean_ask_phone(self) -> str:
        return _phone(self.cleaned_data["ask_phone"])

    def clean_complain_phone(self) -> str:
        return _phone(self.cleaned_data["complain_phone"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("fee") and not data.get("fee_basis"):
            self.add_error("fee_basis", _now("收费的，要写依据"))
        return data


def _phone(text: str) -> str:
    if text and not re.fullmatch(r"\+?\d{3,15}", re.sub(r"[\s\-]", "", text)):
        raise forms.ValidationError(_now("电话写成数字，比如 555 0100"))
    return text
