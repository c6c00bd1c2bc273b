"""A place that was made gets its site in the same transaction; wishes end with the account of whoever had them."""

from datetime import datetime

from linli.common import findable
from linli.common.bus import subscribe
from linli.events.people import AccountClosed
from linli.people.api import Actor, Person

from .actions.groups import take_back_group
from .actions.sites import ensure_now
from .group_rules import GroupState
from .models import GroupApplication


def places_changed(keys: list[int]) -> None:
    ensure_now(keys)


findable.listen("place", places_changed)


@subscribe(AccountClosed)
def on_applicant_closed(event: AccountClosed, now: datetime) -> None:
    actor = Actor(person=Person.objects.filter(pk=event.person_id).first())
    for row in GroupApplication.objects.filter(by=event.person_id, state=GroupState.APPLIED):
        take_back_group(by=actor, application=row, now=now)
