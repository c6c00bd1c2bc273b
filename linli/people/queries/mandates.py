"""Who acts for whom, today."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from linli.common import ids
from linli.common.errors import UserError
from linli.common.text import fold

from ..models import Guardianship, Mandate, Person
from ..rules import MandateHow, MandateScope


def given(person: Person, day: date) -> list[Mandate]:
    """Mandates of the person that count today; guardians have none of their own here. One query."""
    return list(_rows(day).filter(principal=person).select_related("agent"))


def held(person: Person, day: date) -> list[Mandate]:
    """For whom the person may act today: by mandates and as a guardian. Two queries."""
    rows = _rows(day).filter(agent=person, **_living("principal")).select_related("principal")
    return [*_wards(person, day), *rows]


def past(person: Person, day: date, limit: int = 20) -> list[Mandate]:
    """Mandates given that are over or revoked, the latest first."""
    rows = Mandate.objects.filter(principal=person).exclude(how=MandateHow.GUARDIAN)
    live = Mandate.objects.in_force(day).values("pk")
    return list(rows.exclude(pk__in=live).select_related("agent").order_by("-recorded_at")[:limit])


def right_to_act(person: Person, key: str | UUID, day: date) -> Mandate | None:
    """The mandate (or guardianship) of that key, if the person may act under it today."""
    try:
        key = UUID(str(key))
    except ValueError:
        return None
    row = _rows(day).filter(pk=key, agent=person, **_living("principal")).select_related("principal").first()
    return row or next((ward for ward in _wards(person, day) if ward.pk == key), None)


def find_by_card(code: str, name: str) -> Person | None:
    """The account whose card number and name these are; both are needed, so that nobody can be looked up."""
    digits = "".join(char for char in fold(code) if char.isdigit())
    if not ids.check(digits):
        return None
    person = Person.objects.living().filter(code=digits, is_active=True).first()
    if person is None or fold(name) not in {fold(person.display_name), fold(person.legal_name)} - {""}:
        return None
    return person


def person_by_card(code: str, name: str, *, field: str) -> Person:
    """The same for a form. Raises UserError at the field."""
    person = find_by_card(code, name)
    if person is None:
        raise UserError(_("卡号和名字对不上。请对着他的登录卡再看一遍"), field=field)
    return person


def _rows(day: date):  # type: ignore[no-untyped-def]
    """Guardians act by guardianship alone: when that ends, no row may outlive it."""
    return Mandate.objects.in_force(day).exclude(how=MandateHow.GUARDIAN).order_by("-recorded_at")


def _living(who: str) -> dict[str, object]:
    return {f"{who}__closed_at": None, f"{who}__merged_into": None, f"{who}__is_active": True}


def _wards(person: Person, day: date) -> list[Mandate]:
    """Children under 14 for whom the person acts, as mandates that are in no table."""
    rows = Guardianship.objects.filter(
        guardian=person, ended_at=None, since__lte=day, until__gt=day, **_living("child")
    ).select_related("child")
    return [
        Mandate(
            id=row.pk,
            principal=row.child,
            agent=person,
            scopes=[MandateScope.ALL.value],
            how=MandateHow.GUARDIAN,
            since=row.since,
            until=row.until,
            recorded_by=person,
            recorded_at=row.consented_at,
        )
        for row in rows
    ]
