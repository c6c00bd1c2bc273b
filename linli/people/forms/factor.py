"""Allauth's forms of the second factor, with our words, our widgets, and our budgets in the database."""

from __future__ import annotations

from allauth.account.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from linli.common import clock
from linli.common.errors import UserError
from linli.design.forms import Code

from ..account_rules import Try
from ..actions.signin_limits import count_try, spend_once


def _code_field(label: object, hint: object = "", length: int = 8) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=20, widget=Code(length=length), error_messages={"required": _("请写验证码")}
    )


class _Counted:
    """Counts a try before the code is looked at, takes it back after a right one, and lets no code be used twice."""

    def clean_code(self) -> str:
        now = clock.now()
        try:
            row = count_try(kind=Try.FACTOR, key=str(self.user.pk), now=now)  # type: ignore[attr-defined]
        except UserError as error:
            raise forms.ValidationError(str(error)) from None
        code: str = super().clean_code()  # type: ignore[misc]
        if not spend_once(key=f"factor|{self.user.pk}|{code}", now=now):  # type: ignore[attr-defined]
            raise forms.ValidationError(str(_("这个验证码用过了，等下一个")))
        row.delete()
        return code


class FactorForm(_Counted, AuthenticateForm):
    code = _code_field(_("第二重验证码"), _("验证器里的 6 位数字，或一个备用码"))


class FactorAgainForm(_Counted, ReauthenticateForm):
    code = _code_field(_("第二重验证码"), _("验证器里的 6 位数字，或一个备用码"))


class NewFactorForm(_Counted, ActivateTOTPForm):
    code = _code_field(_("验证器里现在的 6 位数字"), length=6)

    @property
    def secret_groups(self) -> str:
        """The key in fours, so that it can be typed off the screen."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


class NewPasskeyForm(AddWebAuthnForm):
    name = forms.CharField(label=_("叫它什么"), max_length=40, required=False, help_text=_("比如 我的手机"))
    passwordless = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class PasskeyNameForm(EditWebAuthnForm):
    name = forms.CharField(label=_("叫它什么"), max_length=40, error_messages={"required": _("写一个名字")})


class PasswordAgainForm(AllauthReauthenticateForm):
    password = forms.CharField(
        label=_("密码"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": _("请写密码")},
    )
