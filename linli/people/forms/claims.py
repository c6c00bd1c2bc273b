"""The forms of the claims desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.design.forms import DayField

from .. import rules
from ..rules import ResidencyKind, RevealField, RevealPurpose

WAITING = [("", _("全部")), ("late", _("超过期限"))]
REASONS = {
    "papers": _("材料不够。请带身份证和房产证（或租房合同）到居委会，当面就能办"),
    "door": _("门牌号对不上。请看一下楼栋、单元和房号，再认领一次"),
    "roll": _("登记的住户里没有您。请和产权人一起来一趟，或让他给我们打个电话"),
    "lease": _("合同已到期。续签后再认领一次"),
    "twice": _("您已经有同样的认领，这一条不用了"),
    "other": _("其他，请写明"),
}
SEEN = [
    ("id_deed", _("身份证和房产证")),
    ("id_lease", _("身份证和租房合同")),
    ("id_family", _("身份证和户口本（或亲属证明）")),
    ("id_work", _("身份证和工作证明")),
    ("known", _("身份证，工作人员上门看过")),
]


class FilterForm(forms.Form):
    """Read from the address; anything odd counts as nothing chosen."""

    kind = forms.MultipleChoiceField(
        label=_("关系"), choices=ResidencyKind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    wait = forms.ChoiceField(label=_("等了多久"), choices=WAITING, required=False)
    place = forms.ChoiceField(label=_("地点"), required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["place"].choices = [("", _("全部地点")), *places]  # type: ignore[attr-defined]


class DecideForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("不通过的理由"), choices=[("", _("（通过的不用选）")), *REASONS.items()], required=False
    )
    words = forms.CharField(
        label=_("写给本人的话"),
        max_length=rules.REASON_LENGTH,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": _("最多 %(limit_value)d 字，现在是 %(show_value)d 字")},
    )

    def refusal(self, language_texts: Any) -> str:
        """The reason as the person will read it: the template's sentence, then one's own words."""
        code, words = self.cleaned_data["reason"], self.cleaned_data["words"].strip()
        sentence = "" if code in ("", "other") else language_texts(REASONS[code])
        return " ".join(filter(None, [sentence, words]))[: rules.REASON_LENGTH]


class LookForm(forms.Form):
    field = forms.ChoiceField(
        label=_("看哪一项"), choices=[c for c in RevealField.choices if c[0] in ("legal_name", "phone")]
    )
    purpose = forms.ChoiceField(label=_("为什么看"), choices=RevealPurpose.choices, initial=RevealPurpose.CLAIM)
    words = forms.CharField(label=_("补充说明"), max_length=200, required=False)


class CounterForm(forms.Form):
    card = forms.CharField(
        label=_("卡号"),
        help_text=_("他卡上的 10 位号码，手机上“我的”里也有"),
        max_length=20,
        error_messages={"required": _("请写卡号"), "max_length": _("卡号只有 10 位")},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "short num"}),
    )
    kind = forms.ChoiceField(label=_("他和这里的关系"), error_messages={"required": _("请选一种关系")})
    until = DayField(label=_("租房合同到哪天"), help_text=_("只有租户要填，不填按一年算"), required=False)
    seen = forms.ChoiceField(
        label=_("当面看了什么"), choices=[("", _("请选")), *SEEN], error_messages={"required": _("请选当面看了什么材料")}
    )

    def __init__(self, *args: Any, of_home: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        kinds = [(k.value, k.label) for k in ResidencyKind if (k in rules.OF_HOME) == of_home]
        self.fields["kind"].choices = [("", _("请选")), *kinds]  # type: ignore[attr-defined]

    def clean_card(self) -> str:
        from linli.common.ids import check
        from linli.common.text import fold

        card = "".join(c for c in fold(self.cleaned_data["card"]) if c.isdigit())
        if len(card) != 10:
            raise forms.ValidationError(_("卡号应是 10 位，现在是 %(n)d 位") % {"n": len(card)})
        if not check(card):
            raise forms.ValidationError(_("卡号有一位不对，请对着卡再看一遍"))
        return card
