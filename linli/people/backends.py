"""Password sign-in by phone number or card number; the same work whether the account exists or not."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from linli.common import clock
from linli.common.errors import UserError
from linli.common.ids import check
from linli.common.text import normalise_phone

from .arriving import arrive
from .models import Identifier, Person


def person_of_phone(phone: str) -> Person | None:
    """The living account to which the verified number (E.164) belongs; one query."""
    row = (
        Identifier.objects.current()
        .of_value(phone)
        .filter(kind=Identifier.Kind.PHONE, person__closed_at=None, person__merged_into=None)
        .exclude(verified_at=None)
        .select_related("person")
        .first()
    )
    return row.person if row else None


def person_of_login(text: str) -> Person | None:
    """By card number or phone number as typed; one query."""
    digits = "".join(text.split()).replace("-", "")
    if len(digits) == 10 and check(digits):
        return Person.objects.living().filter(code=digits).first()
    try:
        return person_of_phone(normalise_phone(text))
    except UserError:
        return Person.objects.living().filter(code="-").first()


class Backend(AuthenticationBackend):
    """The only backend. Timing is evened out by the class it extends."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Person | None:
        user = super().authenticate(request, **credentials)
        self.unstash_authenticated_user()
        return user

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Person | None:
        password = credentials.get("password") or ""
        return self._check_password(person_of_login(str(credentials.get("login") or "")), password)

    def get_user(self, user_id: Any) -> Person | None:
        return arrive(user_id, clock.local_date(clock.now()))
