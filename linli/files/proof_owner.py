"""The first owner of files: a residency claim, whose photos show a contract or a certificate to those who decide it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.common import audit
from linli.people.api import Actor, MandateScope, P, Residency, may

from .models import File
from .owners import register_owner
from .rules import PROOFS, Type

KIND = "claim.proof"
LOOK = "claim.proof.look"
PURPOSE = "claim"  # people.RevealPurpose.CLAIM: the desk of claims has no other


def claim_of(owner_id: str) -> Residency | None:
    return Residency.objects.select_related("person", "area").filter(pk=owner_id).first()


def is_own(actor: Actor, row: Residency) -> bool:
    """His own claim, or that of whom he acts for in such matters."""
    principal = actor.principal
    return (
        principal is not None and row.person_id == principal.pk and actor.may_for_other(MandateScope.ACCOUNT)
    )


def decides(actor: Actor, row: Residency) -> bool:
    """Whether the claim lies on the actor's desk. Nobody's own does."""
    return row.person_id != actor.person_id and may(actor, P.CLAIMS_DECIDE, row.area)


def sees(actor: Actor, owner_id: str) -> bool:
    row = claim_of(owner_id)
    return row is not None and (is_own(actor, row) or decides(actor, row))


def living(keys: Iterable[str]) -> set[str]:
    """Claims that are still there, of accounts that are still open."""
    ids = {UUID(key) for key in keys}
    rows = Residency.objects.filter(pk__in=ids, person__closed_at=None)
    return {str(pk) for pk in rows.values_list("pk", flat=True)}


def note_look(actor: Actor, row: Residency, size: str, now: datetime, count: int = 1) -> None:
    """Write down that somebody of the office looked; the person reads it among those who did."""
    detail: dict[str, Any] = {"size": size, "count": count, "purpose": PURPOSE}
    audit.record(
        actor=actor,
        action=LOOK,
        subject=row,
        about=row.person_id,
        place=row.area,
        purpose=PURPOSE,
        detail=detail,
        now=now,
    )


def looked(actor: Actor, owner_id: str, size: str, now: datetime) -> None:
    """Thumbnails are written down by the page that shows them, once for all of them."""
    row = claim_of(owner_id)
    if row is not None and size != "small" and not is_own(actor, row):
        note_look(actor, row, size, now)


def proofs_of(row: Residency) -> list[File]:
    return list(File.objects.filter(owner_kind=KIND, owner_id=str(row.pk)).order_by("at", "id"))


register_owner(KIND, sees=sees, living=living, accepts=[Type.PICTURE], most=PROOFS, looked=looked)
