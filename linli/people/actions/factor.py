"""A second factor that was lost."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.common import audit
from linli.common.errors import UserError
from linli.common.sessions import end_sessions
from linli.common.text import clean, normalise_phone

from ..models import Identifier, Person
from ..policy import Actor
from .account import tell


@transaction.atomic
def reset_second_factor(
    *, person: Person, by: Actor | None, now: datetime, reason: str = "", place: Area | None = None
) -> None:
    """Take away authenticator app, passkeys and recovery codes of a person who stands before one with his ID card.

    `by` None is the operator at the console. He is told on every number and address and reads the reason in his
    account; his sessions end. Raises UserError for one's own account.
    """
    if by is not None and by.person_id == person.pk:
        raise UserError(_("不能给自己取下第二重验证，请另一位同事办"))
    Authenticator.objects.filter(user=person).delete()
    for row in person.identifiers.current().exclude(verified_at=None):
        tell(row, _("您账号的第二重验证已由工作人员取下。不是您本人要求的，请马上到社区服务站找我们。"), now)
    audit.record(
        actor=by, action="account.factor.reset", subject=person, about=person, place=place, purpose=clean(reason), now=now
    )
    end_sessions(person.pk)


def reset_factor_of(number: str, *, reason: str, now: datetime) -> str:
    """For the console: the second factor of the account of a phone number. Says what was done. Raises UserError."""
    value = normalise_phone(number)
    if not clean(reason):
        raise UserError("请写明理由 · give a reason")
    rows = Identifier.objects.current().of_value(value).exclude(verified_at=None).select_related("person")
    people = [row.person for row in rows if row.person.closed_at is None and row.person.merged_into_id is None]
    if not people:
        raise UserError("没有用这个号码的账号 · no account has this number")
    person = people[0]
    if not Authenticator.objects.filter(user=person).exists():
        raise UserError("他没有设第二重验证 · there is no second factor")
    reset_second_factor(person=person, by=None, now=now, reason=reason)
    return (
        "取下了第二重验证，已告诉本人。职务要求的，下次登录先重设 · "
        "second factor taken away, the person is told; who must have one sets it up at the next sign-in"
    )
