"""Allauth's questions, answered by our people."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.common import clock
from linli.common.errors import UserError
from linli.common.sealed import seal, unseal
from linli.gateways.api import send_sms

from .account_rules import Try
from .actions.signin_limits import count_try
from .address import client_address
from .backends import person_of_phone
from .models import Identifier, Person, Post

# What allauth tells; whatever is not named here is not said.
SAYINGS = {
    "mfa/messages/totp_activated.txt": gettext_lazy("第二重验证设好了"),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("第二重验证关掉了"),
    "mfa/messages/webauthn_added.txt": gettext_lazy("指纹或刷脸设好了"),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("这把通行密钥删掉了"),
    "mfa/messages/recovery_codes_generated.txt": gettext_lazy("备用码只显示这一次，请抄下来收好"),
    "account/messages/logged_out.txt": gettext_lazy("已退出登录"),
}
ERRORS = {
    "incorrect_code": gettext_lazy("验证码不对，看看是不是已经换了一个"),
    "incorrect_password": gettext_lazy("密码不对"),
    "too_many_login_attempts": gettext_lazy("输错的次数太多。过 5 分钟再试"),
    "too_many_passwords": gettext_lazy("今天密码已输错 5 次。请改用别的方式，或明天再试"),
    "account_inactive": gettext_lazy("这个账号停用了"),
    "rate_limited": gettext_lazy("试得太快了，等一会儿再试"),
    "cannot_delete_authenticator": gettext_lazy("您担任职务，第二重验证不能关。可以先加一种别的"),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {**DefaultAccountAdapter.error_messages, **ERRORS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return True

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def get_http_user_agent(self, request: HttpRequest) -> str:
        return ""

    def get_login_stages(self) -> list[str]:
        return ["linli.people.stages.SecondFactorStage"]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Our budgets are counted by the views, in the database."""

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Whether the password is right; a wrong one is counted."""
        try:
            row = count_try(kind=Try.PASSWORD, key=str(user.pk), now=clock.now())
        except UserError:
            raise self.validation_error("too_many_passwords") from None
        found = authenticate(self.request, login=user.code, password=password)
        if found is None or found.pk != user.pk:
            return False
        row.delete()
        return True

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """What a signed-in person can prove himself by, his second factor first."""
        if not user.is_authenticated:
            return []
        methods: list[dict[str, Any]] = []
        types = set(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))
        if Authenticator.Type.TOTP in types:
            methods.append(_method("mfa_reauthenticate", _("用验证器里的数字")))
        if Authenticator.Type.WEBAUTHN in types:
            methods.append(_method("mfa_reauthenticate_webauthn", _("用指纹或刷脸")))
        if user.has_usable_password():
            methods.append(_method("account_reauthenticate", _("用密码")))
        # Where an authenticator app protects the account, a code to the phone alone does not change that.
        if Authenticator.Type.TOTP not in types and user.identifiers.current().exclude(verified_at=None).exists():
            methods.append(_method("account_reauthenticate_code", _("用短信验证码")))
        return methods

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kw: Any) -> None:
        text = kw.get("message") or SAYINGS.get(message_template or "")
        if text:
            messages.add_message(request, level, str(text))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Allauth sends nothing by itself; what is to be told goes through the gateways."""

    # The phone of a person, as allauth sees it.

    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        row = user.identifiers.current().filter(kind=Identifier.Kind.PHONE).order_by("-verified_at").first()
        return (row.value, row.verified_at is not None) if row else None

    def get_user_by_phone(self, phone: str) -> Person | None:
        return person_of_phone(phone)

    def set_phone(self, user: Any, phone: str, verified: bool) -> None:
        raise TypeError("numbers are set by actions.account alone")

    def set_phone_verified(self, user: Any, phone: str) -> None:
        raise TypeError("numbers are set by actions.account alone")

    def send_verification_code_sms(self, user: Any, phone: str, code: str, **kwargs: Any) -> None:
        send_sms(to=phone, text=code, kind="code", now=clock.now(), person=user)


def _method(name: str, description: str) -> dict[str, Any]:
    return {"id": name, "description": description, "url": reverse(name)}


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {**DefaultMFAAdapter.error_messages, **ERRORS}

    def encrypt(self, text: str) -> str:
        return str(seal(text, "mfa_authenticator|data"))

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, "mfa_authenticator|data")

    def get_totp_label(self, user: Any) -> str:
        return str(user.display_name)

    def get_totp_issuer(self) -> str:
        return settings.LINLI_INSTANCE.name or "Linli"

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.display_name)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("第 %(n)d 把通行密钥") % {"n": count + 1}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff keep at least one factor."""
        if not settings.LINLI_STAFF_SECOND_FACTOR:
            return True
        day = clock.local_date(clock.now())
        if not Post.objects.filter(person=authenticator.user_id).held_on(day).exists():
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
