"""A second factor that was lost."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common import audit
from linli.common.errors import UserError
from linli.common.sessions import end_sessions

from ..models import Person
from ..policy import Actor
from .account import tell


@transaction.atomic
def reset_second_factor(*, person: Person, by: Actor, now: datetime) -> None:
    """Take away authenticator app, passkeys and recovery codes of a person who stands before one with his ID card.

    He is told on every number and address; his sessions end. Raises UserError for one's own account.
    """
    if by.person_id == person.pk:
        raise UserError(_("不能给自己取下第二重验证，请另一位同事办"))
    Authenticator.objects.filter(user=person).delete()
    for row in person.identifiers.current().exclude(verified_at=None):
        tell(row, _("您账号的第二重验证已由工作人员取下。不是您本人要求的，请马上到社区服务站找我们。"), now)
    audit.record(actor=by, action="account.factor.reset", subject=person, about=person, now=now)
    end_sessions(person.pk)
