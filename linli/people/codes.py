"""One-time codes over allauth's verification process: bound to one browser and one purpose, counted in the database.

The process lives in the session, which is sealed. Whether an account stands behind the number is not looked
up before the right code is typed, so that nothing about the answer can tell.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from enum import StrEnum
from typing import Any

from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.core.internal.cryptokit import compare_user_code, generate_user_code
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from linli.common.errors import UserError
from linli.common.text import mask_email, mask_phone
from linli.gateways.api import send_email, send_sms

from .account_rules import CODE_LASTS, Try
from .actions.signin_limits import TooMany, count_try, seconds_to_wait, spend_once
from .address import client_address


class Purpose(StrEnum):
    """What a code is good for; a code for one is nothing for another."""

    SIGN_IN = "sign_in"
    REAUTHENTICATE = "reauthenticate"
    NEW_CONTACT = "new_contact"
    MERGE = "merge"


class CodeGone(UserError):
    """The code has run out or was used up; a new one must be asked for."""


class CodeProcess(AbstractCodeVerificationProcess):
    def __init__(self, request: HttpRequest, purpose: Purpose, state: dict[str, Any]) -> None:
        super().__init__(max_attempts=5, timeout=int(CODE_LASTS.total_seconds()), state=state)
        self.request, self.purpose = request, purpose

    @classmethod
    def start(cls, request: HttpRequest, purpose: Purpose, to: str, *, now: datetime, **extra: Any) -> CodeProcess:
        """Send a code to a number or address. Raises UserError where a budget is used up."""
        wait = seconds_to_wait(key=to, now=now)
        if wait:
            raise TooMany(_("刚发过验证码，%(n)d 秒后可以再发") % {"n": wait})
        count_try(kind=Try.CODE_FROM, key=client_address(request), now=now)
        count_try(kind=Try.CODE_TO, key=to, now=now)
        process = cls(request, purpose, {"to": to, "at": now.timestamp(), "id": secrets.token_hex(16), **extra})
        process.state["code"] = generate_user_code(length=6, numeric=True, dashed=False)
        process.send(now)
        process.persist()
        return process

    @classmethod
    def resume(cls, request: HttpRequest, purpose: Purpose) -> CodeProcess | None:
        """The process under way in this browser, also when its code has run out."""
        state = request.session.get(_key(purpose))
        return cls(request, purpose, state) if state else None

    @property
    def to(self) -> str:
        return self.state["to"]

    @property
    def masked(self) -> str:
        return mask_email(self.to) if "@" in self.to else mask_phone(self.to)

    def has_expired(self, now: datetime) -> bool:
        return not 0 <= now.timestamp() - self.state["at"] <= self.timeout

    def send(self, now: datetime) -> None:  # type: ignore[override]
        name = settings.LINLI_INSTANCE.name or _("邻里")
        text = _("【%(name)s】验证码 %(code)s，5 分钟内有效。工作人员从不向您要验证码，谁要都是骗子。") % {
            "name": name,
            "code": self.code,
        }
        with transaction.atomic():
            if "@" in self.to:
                send_email(to=self.to, subject=_("%(name)s的验证码") % {"name": name}, text=text, kind="code", now=now)
            else:
                send_sms(to=self.to, text=text, kind="code", now=now)

    def check(self, typed: str, *, now: datetime) -> None:
        """Use the code. Raises UserError on a wrong one, CodeGone where it counts no more."""
        if self.has_expired(now):
            self.abort()
            raise CodeGone(_("验证码过了 5 分钟，作废了。请重新取一个"))
        try:
            count_try(kind=Try.CODE, key=self.state["id"], now=now)
        except TooMany as error:
            self.abort()
            raise CodeGone(error.message) from None
        if not compare_user_code(actual=typed, expected=self.code):
            self.fail()
        if not spend_once(key=self.state["id"], now=now):
            self.abort()
            raise CodeGone(_("这个验证码用过了。请重新取一个"))
        self.abort()

    def fail(self) -> None:
        self.state["failed_attempts"] = self.state.get("failed_attempts", 0) + 1
        left = self.max_attempts - self.state["failed_attempts"]
        if left <= 0:
            self.abort()
            raise CodeGone(_("验证码已输错 5 次，作废了。请重新取一个"))
        self.persist()
        raise UserError(_("验证码不对，还可以试 %(n)d 次") % {"n": left}, field="code")

    def persist(self) -> None:
        self.request.session[_key(self.purpose)] = self.state
        self.request.session.modified = True

    def abort(self) -> None:
        self.request.session.pop(_key(self.purpose), None)


def _key(purpose: Purpose) -> str:
    return f"code_{purpose}"
