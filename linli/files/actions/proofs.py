"""Photos of a contract or certificate, added to one's own open claim."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common import audit
from linli.common.errors import NotAllowed, UserError
from linli.common.text import clean
from linli.people.api import Actor, Residency, ResidencyState

from ..models import File
from ..proof_owner import KIND, claim_of, is_own
from ..rules import PROOF_DAYS
from .uploads import delete_file, delete_files, keep_until, store_upload


def add_proof(*, by: Actor, residency_id: UUID, file: Any, alt: str, key: UUID, now: datetime) -> File:
    """Keep a photo with one's own claim while it waits; the same `key` is one photo.

    Raises NotAllowed for another's claim, UserError (field "file" or "alt") for what is refused.
    """
    row = _own(by, residency_id)
    if not clean(alt):
        raise UserError(_("写几个字说明这是什么，比如“租房合同第一页”"), field="alt")
    once = f"proof:{key}"
    there = File.objects.filter(by=by.person_id, once=once).first()
    if there is not None:
        return there
    uploader = Actor(person=by.person)  # his own quota, whichever post acts

    def in_its_transaction() -> None:
        _open(row.pk)
        audit.record(actor=by, action="claim.proof.add", subject=row, about=row.person_id, place=row.area, now=now)

    return store_upload(
        file, owner=(KIND, row.pk), by=uploader, purpose="claim", now=now, alt=alt, once=once, lock=in_its_transaction
    )


@transaction.atomic
def remove_proof(*, by: Actor, file: File, now: datetime) -> None:
    """Take a photo away again while the claim waits."""
    row = _own(by, UUID(file.owner_id))
    _open(row.pk)
    delete_file(file=file)
    audit.record(
        actor=by, action="claim.proof.remove", subject=row, about=row.person_id, place=row.area, now=now
    )


def _own(by: Actor, residency_id: UUID) -> Residency:
    row = claim_of(str(residency_id))
    if row is None or not is_own(by, row):
        raise NotAllowed(_("没有这一件"))
    return row


def _open(residency_id: UUID) -> None:
    """Lock the claim. Raises UserError where it no longer waits."""
    row = Residency.objects.select_for_update(of=("self",)).get(pk=residency_id)
    if row.state != ResidencyState.CLAIMED:
        raise UserError(_("这次认领已经有结果了，不用再加照片"))


@transaction.atomic
def settle_proofs(*, residency_id: UUID, now: datetime) -> None:
    """After a step of the claim: kept while it waits, deleted 90 days after the decision, at once when it was withdrawn."""
    row = claim_of(str(residency_id))
    if row is None or row.state == ResidencyState.WITHDRAWN or row.person.closed_at is not None:
        delete_files(owner=(KIND, residency_id))
    elif row.state == ResidencyState.CLAIMED:
        keep_until(owner=(KIND, residency_id), until=None)
    else:
        decided = (
            row.events.filter(event__in=["verify", "refuse"])
            .order_by("-at", "-id")
            .values_list("at", flat=True)
            .first()
        )
        keep_until(owner=(KIND, residency_id), until=(decided or now) + timedelta(days=PROOF_DAYS))


@transaction.atomic
def forget_proofs(*, person_id: UUID) -> None:
    """An account was closed: the photos of all its claims go."""
    for pk in Residency.objects.filter(person=person_id).values_list("pk", flat=True):
        delete_files(owner=(KIND, pk))
