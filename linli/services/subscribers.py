"""What happens to papers when accounts are closed or merged."""

from __future__ import annotations

from datetime import datetime

from linli.common.bus import subscribe
from linli.events.people import AccountClosed, AccountsMerged

from .actions.papers import forget_owner, merge_owners


@subscribe(AccountClosed)
def on_closed(event: AccountClosed, now: datetime) -> None:
    forget_owner(person=event.person_id)


@subscribe(AccountsMerged)
def on_merged(event: AccountsMerged, now: datetime) -> None:
    merge_owners(keep=event.kept_id, drop=event.dropped_id)
