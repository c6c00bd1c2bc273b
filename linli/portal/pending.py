"""Pictures that were chosen in a form in which something else is wrong: kept for its writer until it is sent whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from linli.common.errors import UserError
from linli.files.api import File, Type, delete_file, hand_on, register_owner, store_upload
from linli.people.api import Actor

from .album_rules import PICTURES

KIND = "pending"
KEPT = timedelta(days=1)


def waiting(actor: Actor, key: UUID | None, dropped: Collection[str] = ()) -> list[File]:
    """What waits for this form of this person; of it what he no longer wants is deleted."""
    if key is None or actor.person_id is None:
        return []
    there = File.objects.filter(owner_kind=KIND, owner_id=_owner(actor, key)).order_by("at", "pk")
    kept = []
    for file in there:
        if str(file.pk) in dropped:
            delete_file(file=file)
        else:
            kept.append(file)
    return kept


def keep(
    actor: Actor, key: UUID | None, uploads: Iterable[Any], now: datetime
) -> tuple[list[File], dict[str, str]]:
    """Keep what can be kept; what cannot is named with the reason."""
    kept, refused = [], {}
    if key is None or actor.person_id is None:
        return [], {}
    for upload in uploads:
        try:
            kept.append(
                store_upload(
                    upload,
                    owner=(KIND, _owner(actor, key)),
                    by=actor,
                    purpose="pending",
                    now=now,
                    until=now + KEPT,
                )
            )
        except UserError as error:
            refused[str(upload.name)[-40:]] = str(error)
    return kept, refused


def take(upload: Any, *, owner: tuple[str, Any], by: Actor, purpose: str, now: datetime) -> File:
    """The picture for its owner: uploaded just now, or one that waited. Raises UserError."""
    if isinstance(upload, File):
        return hand_on(file=upload, owner=owner, purpose=purpose)
    return store_upload(upload, owner=owner, by=by, purpose=purpose, now=now)


def _owner(actor: Actor, key: UUID) -> str:
    return f"{actor.person_id.hex}{key.hex}"  # type: ignore[union-attr]


def _sees(actor: Any, owner_id: str, /) -> bool:
    return actor.person_id is not None and owner_id.startswith(actor.person_id.hex)


register_owner(KIND, sees=_sees, living=set, accepts=[Type.PICTURE], most=PICTURES)
