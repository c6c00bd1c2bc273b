"""Forms of sign-in and sign-up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.common.errors import UserError
from linli.common.text import normalise_phone
from linli.design.forms import Code, Phone

from ..account_rules import NAME_LENGTH


def blame(form: forms.Form, error: UserError) -> None:
    """Put an action's refusal at its field, or over the form."""
    form.add_error(error.field if error.field in form.fields else None, str(error))


class PhoneForm(forms.Form):
    phone = forms.CharField(label=_("手机号"), max_length=30, widget=Phone({"class": ""}), error_messages={"required": _("请写手机号")})

    def clean_phone(self) -> str:
        try:
            return normalise_phone(self.cleaned_data["phone"])
        except UserError as error:
            raise forms.ValidationError(str(error)) from None


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("短信验证码"), max_length=12, widget=Code({"autofocus": True}), error_messages={"required": _("请写收到的 6 位数字")}
    )

    def __init__(self, *args, hint: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = hint


class SignInCodeForm(CodeForm):
    not_mine = forms.BooleanField(
        label=_("这个号码是新办的，以前可能是别人在用"), required=False, help_text=_("勾了会先问您账号是不是您的")
    )


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("怎么称呼您"),
        max_length=NAME_LENGTH,
        help_text=_("邻居看得到，可以是真名，也可以像“3 幢老何”。以后能改"),
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("写一个称呼")},
    )
    age = forms.ChoiceField(
        label=_("您满 14 周岁了吗？"),
        choices=[("yes", _("满了")), ("no", _("还没有"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项")},
    )


class PasswordForm(forms.Form):
    login = forms.CharField(
        label=_("手机号或卡号"),
        max_length=30,
        help_text=_("卡号是卡上的 10 位数字"),
        widget=forms.TextInput({"autocomplete": "username", "inputmode": "numeric"}),
        error_messages={"required": _("请写手机号或卡号")},
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=128,
        strip=False,
        help_text=_("用卡登录的，写卡上刮开的 8 位数字"),
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": _("请写密码")},
    )
