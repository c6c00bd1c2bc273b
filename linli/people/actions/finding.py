"""Finding one account by what its owner shows or says: the number on his card, or his phone number, exactly."""

from __future__ import annotations

from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common import audit, clock, ids
from linli.common.errors import UserError
from linli.common.models import AuditRow
from linli.common.text import clean, fold, normalise_phone

from ..backends import person_of_phone
from ..models import Person
from ..policy import Actor
from ..queries.reach import acting_place
from ..rules import MISSES_A_DAY

FOUND, MISSED = "people.find", "people.find.miss"
CARD_DIGITS = 10


@transaction.atomic
def find_person(*, actor: Actor, text: str, why: str, now: datetime) -> Person | None:
    """The account with this card number or verified phone number; None for all others alike. Both are on the record.

    `why` is "desk" or "post". Raises UserError for what is neither number, and after too many misses in a day.
    """
    start = datetime.combine(clock.local_date(now), time.min, tzinfo=clock.SHANGHAI)
    misses = AuditRow.objects.filter(actor=actor.person_id, at__gte=start, action=MISSED).count()
    if misses >= MISSES_A_DAY:
        raise UserError(_("今天没找到的次数太多了，明天再找；急用请系统管理员看一下"), field="number")
    digits = "".join(fold(clean(text)[:40]).replace("-", " ").split())
    person = _of_card(digits) or _of_phone(digits)
    place = acting_place(actor)
    action = FOUND if person else MISSED
    audit.record(actor=actor, action=action, subject=person, about=person, place=place, detail={"why": why}, now=now)
    return person


def is_card_number(text: str) -> bool:
    digits = "".join(fold(clean(text)[:40]).split())
    return len(digits) == CARD_DIGITS and ids.check(digits)


def _of_card(digits: str) -> Person | None:
    found: Person | None = Person.objects.living().filter(code=digits).first() if ids.check(digits) else None
    return found


def _of_phone(digits: str) -> Person | None:
    if ids.check(digits) and len(digits) == CARD_DIGITS:
        return None
    try:
        number = normalise_phone(digits)
    except UserError as error:
        raise UserError(error.message, field="number") from None
    return person_of_phone(number)
