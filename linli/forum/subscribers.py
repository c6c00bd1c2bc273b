"""Places get their boards with their sites; posts follow the names of those who wrote them."""

from datetime import datetime
from uuid import UUID

from linli.common import findable
from linli.common.bus import subscribe
from linli.events.people import AccountClosed, AccountsMerged

from .actions.boards import ensure_boards
from .actions.cooking import recook_of_person, recook_renamed
from .actions.persons import forget_person, merge_persons


def places_changed(keys: list[int]) -> None:
    ensure_boards(keys=keys)


def people_changed(keys: list[UUID]) -> None:
    recook_renamed(people=keys)


def bodies_changed(keys: list[UUID]) -> None:
    recook_renamed(bodies=keys)


findable.listen("place", places_changed)
findable.listen("person", people_changed)
findable.listen("body", bodies_changed)


@subscribe(AccountsMerged)
def on_accounts_merged(event: AccountsMerged, now: datetime) -> None:
    merge_persons(kept=event.kept_id, dropped=event.dropped_id)
    recook_of_person(event.kept_id)


@subscribe(AccountClosed)
def on_account_closed(event: AccountClosed, now: datetime) -> None:
    forget_person(person=event.person_id)
    recook_of_person(event.person_id)
