"""Forms of the account pages."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.design.forms import ThreePartField

from ..account_rules import LANGUAGES, NAME_LENGTH


class ProfileForm(forms.Form):
    name = forms.CharField(
        label=_("怎么称呼您"),
        max_length=NAME_LENGTH,
        help_text=_("邻居看得到"),
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("写一个称呼")},
    )
    language = forms.ChoiceField(
        label=_("短信和邮件用哪种语言"), choices=LANGUAGES, widget=forms.RadioSelect
    )


class ContactForm(forms.Form):
    to = forms.CharField(
        label=_("新的手机号或邮箱"),
        max_length=120,
        help_text=_("马上会发一个验证码过去"),
        error_messages={"required": _("请写手机号或邮箱")},
    )


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("新密码"),
        max_length=128,
        strip=False,
        help_text=_("至少 8 个字符，不全是数字，不用常见的词"),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": _("请写新密码")},
    )


class MergePhoneForm(forms.Form):
    to = forms.CharField(
        label=_("另一个账号的手机号"),
        max_length=30,
        widget=forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
        error_messages={"required": _("请写手机号")},
    )


class ChildForm(forms.Form):
    name = forms.CharField(label=_("怎么称呼孩子"), max_length=NAME_LENGTH, error_messages={"required": _("写一个称呼")})
    born = ThreePartField(label=_("孩子的出生日期"), help_text=_("加密保存，只用来算 14 周岁"), error_messages={"required": _("请写出生日期")})
    consent = forms.BooleanField(
        label=_("我是孩子的监护人，同意为孩子建账号，并代孩子办事"), error_messages={"required": _("监护人同意才能建")}
    )

    def born_date(self) -> date:
        value: date = self.cleaned_data["born"]
        return value


class CloseForm(forms.Form):
    sure = forms.BooleanField(
        label=_("我知道注销后不能恢复"), error_messages={"required": _("勾上这一项，才会注销")}
    )
