"""Children under 14: their guardian makes the account and acts for them (PIPL article 31)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common import audit, clock
from linli.common.errors import UserError

from ..account_rules import fourteenth_birthday, is_under_14
from ..models import Guardianship, Mandate, Person
from ..policy import Actor
from ..rules import MandateHow, MandateScope
from .account import cleaned_name
from .card import issue_card


def add_child(*, guardian: Person, name: str, born: date, by: Actor, now: datetime) -> tuple[Person, str]:
    """The child's account and the secret of its card. The guardian's consent is this act.

    Guardianship and the mandate to act end by themselves on the 14th birthday. Raises UserError.
    """
    day = clock.local_date(now)
    if born > day:
        raise UserError(_("出生日期在今天以后，请看看年份"), field="born")
    if not is_under_14(born, day):
        raise UserError(_("孩子已满 14 周岁，可以用自己的手机号注册"), field="born")
    if _needs_guardian(guardian, day):
        raise UserError(_("监护人自己要满 14 周岁"))
    with transaction.atomic():
        child = Person(display_name=cleaned_name(name), created_at=now, born=born.isoformat())
        child.set_unusable_password()
        child.save()
        until = fourteenth_birthday(born)
        row = Guardianship.objects.create(child=child, guardian=guardian, since=day, until=until, consented_at=now)
        Mandate.objects.create(
            principal=child, agent=guardian, scopes=[MandateScope.ALL, MandateScope.ACCOUNT], how=MandateHow.GUARDIAN,
            since=day, until=until, recorded_by=guardian, recorded_at=now,
        )  # fmt: skip
        audit.record(actor=by, action="guardianship.begin", subject=row, about=child, now=now)
        secret = issue_card(person=child, by=by, now=now)
    return child, secret


def _needs_guardian(person: Person, day: date) -> bool:
    return bool(person.born) and is_under_14(date.fromisoformat(person.born), day)
