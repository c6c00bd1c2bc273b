"""Look at who reported a secret case: by its desk alone, with a purpose, on the record, shown to the reporter himself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common import audit
from linli.common.errors import NotAllowed, UserError
from linli.common.text import clean
from linli.people.api import Actor, Identifier, Person

from ..models import Case
from ..permissions import C, body_of, is_desk
from ..queries.own import identity_of
from ..rules.looking import Purpose
from . import steps

REVEAL = "case.reveal"


@dataclass(frozen=True)
class Reporter:
    name: str
    phone: str


@transaction.atomic
def reveal(*, case: UUID, purpose: str, by: Actor, now: datetime) -> Reporter:
    """Name and phone of the reporter of a confidential case, or of a named one without an account.

    Two rows are written: of the case that it was looked at, of the person that somebody looked. No row holds both.
    Raises NotAllowed for anybody but the desk, UserError without a purpose or where nobody is on record.
    """
    row = steps.lock(case)
    if not is_desk(by, row) or body_of(by, C.CASE_IDENTITY) is None or body_of(by, C.CASE_IDENTITY) == row.against_id:
        raise NotAllowed("identity")
    if purpose not in Purpose.values:
        raise UserError(_("选一个查看的理由，反映人会看到"), field="purpose")
    found = identity_of(row)
    if found is None:
        raise UserError(_("这一件没有留下姓名和电话"))
    why = str(Purpose(purpose).value)
    audit.record(actor=by, action=REVEAL, subject=row, place=row.place, purpose=why, now=now)
    if not found.person:
        return Reporter(found.name, found.phone)
    person = Person.objects.get(pk=UUID(found.person))
    audit.record(actor=by, action=REVEAL, about=person, purpose=why, now=now)
    phones = person.identifiers.current().filter(kind=Identifier.Kind.PHONE).order_by("verified_at", "id")
    typed = clean(found.name)
    return Reporter(typed or person.display_name, found.phone or " / ".join(one.value for one in phones))


def may_look(by: Actor, case: Case) -> bool:
    """Whether the door to look stands on the page."""
    return is_desk(by, case) and by.acting is not None and by.acting.body_id != case.against_id and identity_of(case) is not None
