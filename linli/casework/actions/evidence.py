"""Pictures of the work, and the number of a named reporter for who has to speak with him."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common.errors import NotAllowed, UserError
from linli.files.api import store_upload
from linli.people.api import Actor, Identifier, Person

from ..models import CasePicture
from ..permissions import is_desk, works_on
from ..pictures import INNER, OWNER
from ..rules.states import CaseState
from ..rules.words import Moment, Secrecy
from . import steps, turns

SHOWN = (Moment.BEFORE, Moment.AFTER)  # the reporter sees these; evidence and signatures are for who handles it


def add_picture(*, case: UUID, uploaded: Any, moment: str, alt: str, by: Actor, now: datetime) -> CasePicture:
    """A photo before or after, evidence, a signature. Raises NotAllowed for who has not the work, UserError (picture)."""
    row = turns.in_work_unlocked(case, by)
    if row.state not in (CaseState.SIGNED, CaseState.SUSPENDED):
        raise UserError(_("签收以后、回复以前才能加照片"))
    owner = (OWNER if moment in SHOWN else INNER, row.pk)
    try:
        file = store_upload(uploaded, owner=owner, by=by, purpose="case", alt=alt, now=now, lock=lambda: turns.in_work(case, by))
    except UserError as error:
        raise UserError(error.message, field="picture" if error.field == "file" else error.field) from None
    with transaction.atomic():
        row = steps.lock(case)
        made = CasePicture.objects.create(case=row, file=file, moment=moment, at=now)
        steps.written(row, "picture", by, now)
        steps.shown(row)
    return made


@transaction.atomic
def look_at_phone(*, case: UUID, by: Actor, now: datetime) -> str:
    """The number of a reporter who is named, for the unit and the desk; he sees in his log that it was looked at.

    Raises NotAllowed where he is secret or another body asks, UserError where he left none.
    """
    row = steps.lock(case)
    if row.secrecy != Secrecy.NAMED or not (works_on(by, row) or is_desk(by, row)):
        raise NotAllowed("phone")
    found = _phone(row.reporter) or getattr(getattr(row, "identity", None), "phone", "")
    if not found:
        raise UserError(_("他没有留电话，在工单里请他补充"))
    steps.written(row, "phone", by, now)
    return str(found)


def _phone(person: Person | None) -> str:
    if person is None:
        return ""
    rows = person.identifiers.current().filter(kind=Identifier.Kind.PHONE).order_by("verified_at", "pk")
    first = rows.first()
    return first.value if first is not None else ""
