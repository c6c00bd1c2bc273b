"""The printed card of a person without a phone."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common import audit
from linli.common.errors import UserError
from linli.common.sessions import end_sessions

from ..models import Card, Person
from ..policy import Actor

SECRET_LENGTH = 8


@transaction.atomic
def issue_card(*, person: Person, by: Actor, now: datetime) -> str:
    """Make a card and give its 8-digit secret, this once; the former card and its sessions end.

    The number on the card is `person.code`. The secret is the person's password (argon2; 5 tries a day);
    it stays valid until he sets another or gets another card. Raises UserError for a closed account.
    """
    if person.closed_at or person.merged_into_id or not person.is_active:
        raise UserError(_("这个账号已停用，不能发卡"))
    if by.person is None:
        raise UserError(_("发卡要有经办人"))
    Card.objects.filter(person=person, replaced_at=None).update(replaced_at=now)
    card = Card.objects.create(person=person, printed_at=now, printed_by=by.person)
    secret = "".join(str(secrets.randbelow(10)) for _n in range(SECRET_LENGTH))
    person.set_password(secret)
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password"])
    end_sessions(person.pk)
    audit.record(actor=by, action="account.card", subject=card, about=person, now=now)
    return secret
