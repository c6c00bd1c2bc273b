"""The forms of a claim, one question each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.design.forms import DayField

from .. import rules
from ..rules import ResidencyKind

KIND_HINTS = {
    ResidencyKind.OWNER: _("房产证上写着您的名字"),
    ResidencyKind.CO_OWNER: _("房产证上写着您和别人的名字"),
    ResidencyKind.TENANT: _("您签了租房合同，或住单位分的房"),
    ResidencyKind.FAMILY: _("和产权人或租户一起住：父母、孩子、爱人、亲戚"),
    ResidencyKind.LIVES_HERE: _("住宿舍、自建房、集体房，或在下面找不到门牌"),
    ResidencyKind.REGISTERED: _("住在这个社区，不想或不能写到哪一户"),
    ResidencyKind.WORKS_HERE: _("店员、快递员、保安、上班的人，不住这里"),
}


class KindForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("您和这里是什么关系？"),
        choices=ResidencyKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一种关系"), "invalid_choice": _("请选一种关系")},
    )

    def groups(self) -> list[dict[str, Any]]:
        """The choices in two groups, each with what it means."""
        options = [(option, KIND_HINTS[ResidencyKind(option.data["value"])]) for option in self["kind"]]
        return [
            {"title": _("我有固定的一户"), "options": options[:4]},
            {"title": _("我没有，或不方便写到户"), "options": options[4:]},
        ]


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("入户码"),
        help_text=_("纸上 12 位数字，空格不用管"),
        max_length=60,
        error_messages={"required": _("请写纸上的 12 位入户码"), "max_length": _("入户码只有 12 位，这里太长了")},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "num"}),
    )


class PlaceForm(forms.Form):
    """The last step down: which door, or this community."""

    area = forms.IntegerField(
        min_value=1, max_value=10**12, error_messages={"required": _("请选一个门牌号"), "invalid": _("请选一个门牌号")}
    )


class ProofForm(forms.Form):
    """What the residents' committee needs to know; what has been proved by the code is not asked again."""

    name = forms.CharField(
        label=_("您的真实姓名"),
        help_text=_("和身份证上一样。邻居看不到，只有居委会核实时能看"),
        max_length=40,
        error_messages={"required": _("请写真实姓名，居委会要对一下"), "max_length": _("姓名最多 40 个字")},
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    until = DayField(
        label=_("租房合同到哪天"), help_text=_("没有合同可以不填，按一年算，到期前续一下就行"), required=False
    )
    proof = forms.ChoiceField(
        label=_("怎么核实？"),
        choices=[("roll", _("用手机号和姓名对社区名册")), ("person", _("到居委会当面核实"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一种核实的办法"), "invalid_choice": _("请选一种核实的办法")},
    )
    note = forms.CharField(
        label=_("要补充的话"),
        help_text=_("比如什么时候搬来、房东是谁。最多 300 字"),
        required=False,
        max_length=rules.CLAIM_NOTE,
        error_messages={"max_length": _("最多 %(limit_value)d 字，现在是 %(show_value)d 字")},
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, kind: str, has_code: bool, known_name: bool, has_phone: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if kind != ResidencyKind.TENANT:
            del self.fields["until"]
        if known_name:
            del self.fields["name"]
        if has_code or kind not in rules.OF_HOME or not has_phone:
            del self.fields["proof"]


class EndForm(forms.Form):
    sure = forms.BooleanField(
        label=_("我已经不住在这里了"), error_messages={"required": _("请先在这一行打勾，再按下面的按钮")}
    )


class RenewForm(forms.Form):
    until = DayField(label=_("新合同到哪天"), help_text=_("不填按一年算"), required=False)
