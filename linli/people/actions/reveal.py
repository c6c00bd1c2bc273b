"""Looking at a sealed fact of a person: with a purpose, on the record, shown to the person himself."""

from __future__ import annotations

from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.common import audit, clock
from linli.common.errors import NotAllowed, UserError
from linli.common.models import AuditRow
from linli.common.text import clean

from ..models import Identifier, Person
from ..permissions import P
from ..policy import Actor, may
from ..queries.reach import belongs
from ..rules import REVEAL_WORDS, REVEALS_A_DAY, RevealField, RevealPurpose

REVEAL = "reveal"
MANY = "reveal.many"


@transaction.atomic
def reveal(
    *,
    actor: Actor,
    person: Person,
    field: str,
    purpose: str,
    place: Area,
    now: datetime,
    words: str = "",
    case: str = "",
) -> str:
    """The clear text of one fact, "" where there is none; whoever asked is written down first.

    `place` is one where the actor may reveal and to which the person belongs (`queries.reach.place_of` finds it).
    `words` say more about the purpose (at most 200 characters; a must for "other"), `case` is a case's number.
    Raises NotAllowed outside the actor's places, UserError for a missing purpose. The 31st look of a person in
    one day (Shanghai) is raised with the auditor.
    """
    fact = _fact(field)
    why, words = _purpose(purpose, words)
    if not may(actor, P.PEOPLE_REVEAL, place) or not belongs(actor, person, place, clock.local_date(now)):
        raise NotAllowed(_("没有找到"))
    detail = {"field": fact.value, "purpose": why.value}
    if case:
        detail["case"] = clean(case)[:40]
    audit.record(
        actor=actor, action=REVEAL, subject=person, about=person, place=place, purpose=words or why.value, detail=detail, now=now
    )
    _raise_many(actor, place, now)
    return _clear_text(person, fact)


def _fact(field: str) -> RevealField:
    try:
        return RevealField(field)
    except ValueError:
        raise UserError(_("请选要看的是哪一项"), field="field") from None


def _purpose(purpose: str, words: str) -> tuple[RevealPurpose, str]:
    words = clean(words)
    try:
        why = RevealPurpose(purpose)
    except ValueError:
        raise UserError(_("请选一个查看的理由，本人会看到"), field="purpose") from None
    if len(words) > REVEAL_WORDS:
        raise UserError(_("说明最多 %(n)d 个字") % {"n": REVEAL_WORDS}, field="words")
    if why == RevealPurpose.OTHER and not words:
        raise UserError(_("选了“其他”，请写明为什么要看"), field="words")
    return why, words


def _raise_many(actor: Actor, place: Area, now: datetime) -> None:
    """Flag the day on which one person looks more often than work explains; once a day."""
    start = datetime.combine(clock.local_date(now), time.min, tzinfo=clock.SHANGHAI)
    today = AuditRow.objects.filter(actor=actor.person_id, at__gte=start)
    count = today.filter(action=REVEAL).count()
    if count > REVEALS_A_DAY and not today.filter(action=MANY).exists():
        audit.record(actor=actor, action=MANY, place=place, detail={"count": count}, now=now)


def _clear_text(person: Person, fact: RevealField) -> str:
    if fact == RevealField.LEGAL_NAME:
        return str(person.legal_name)
    if fact == RevealField.BORN:
        return str(person.born)
    kind = Identifier.Kind.PHONE if fact == RevealField.PHONE else Identifier.Kind.EMAIL
    found = person.identifiers.current().filter(kind=kind).order_by("verified_at", "id")
    return " / ".join(row.value for row in found)
