"""What files does when the owner of files changed elsewhere."""

from __future__ import annotations

from datetime import datetime

from linli.common.bus import subscribe
from linli.events.people import (
    AccountClosed,
    AccountsMerged,
    ResidencyRefused,
    ResidencyReopened,
    ResidencyVerified,
    ResidencyWithdrawn,
)

from .actions.merge import move_uploads
from .actions.proofs import forget_proofs, settle_proofs


@subscribe(ResidencyVerified)
def on_verified(event: ResidencyVerified, now: datetime) -> None:
    settle_proofs(residency_id=event.residency_id, now=now)


@subscribe(ResidencyRefused)
def on_refused(event: ResidencyRefused, now: datetime) -> None:
    settle_proofs(residency_id=event.residency_id, now=now)


@subscribe(ResidencyWithdrawn)
def on_withdrawn(event: ResidencyWithdrawn, now: datetime) -> None:
    settle_proofs(residency_id=event.residency_id, now=now)


@subscribe(ResidencyReopened)
def on_reopened(event: ResidencyReopened, now: datetime) -> None:
    settle_proofs(residency_id=event.residency_id, now=now)


@subscribe(AccountClosed)
def on_closed(event: AccountClosed, now: datetime) -> None:
    forget_proofs(person_id=event.person_id)


@subscribe(AccountsMerged)
def on_merged(event: AccountsMerged, now: datetime) -> None:
    move_uploads(kept=event.kept_id, dropped=event.dropped_id, now=now)
