"""What was chosen in a form in which something else is wrong: kept for its writer until it is sent whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from linli.common.errors import UserError
from linli.people.api import Actor

from .actions.uploads import delete_file, hand_on, store_upload
from .models import File
from .owners import register_owner
from .rules import Type

PICTURES, FILES = "pending", "pending_file"  # kinds of owners: of pictures alone, of files of any type
MOST = 60
KEPT = timedelta(days=1)


def waiting(actor: Actor, key: UUID | None, kind: str, dropped: Collection[str] = ()) -> list[File]:
    """What waits for this form of this person; of it what he no longer wants is deleted."""
    if key is None or actor.person_id is None:
        return []
    there = File.objects.filter(owner_kind=kind, owner_id=_owner(actor, key)).order_by("at", "pk")
    kept = []
    for file in there:
        if str(file.pk) in dropped:
            delete_file(file=file)
        else:
            kept.append(file)
    return kept


def keep(
    actor: Actor, key: UUID | None, kind: str, uploads: Iterable[Any], now: datetime
) -> tuple[list[File], dict[str, str]]:
    """Keep what can be kept; what cannot is named with the reason."""
    kept, refused = [], {}
    if key is None or actor.person_id is None:
        return [], {}
    for upload in uploads:
        owner = (kind, _owner(actor, key))
        try:
            kept.append(store_upload(upload, owner=owner, by=actor, purpose="pending", now=now, until=now + KEPT))
        except UserError as error:
            refused[str(upload.name)[-40:]] = str(error)
    return kept, refused


def take(
    upload: Any, *, owner: tuple[str, Any], by: Actor, purpose: str, now: datetime, alt: str = "", once: str = ""
) -> File:
    """The file for its owner: uploaded just now, or one that waited. Raises UserError."""
    if isinstance(upload, File):
        return hand_on(file=upload, owner=owner, purpose=purpose, alt=alt)
    return store_upload(upload, owner=owner, by=by, purpose=purpose, now=now, alt=alt, once=once)


def _owner(actor: Actor, key: UUID) -> str:
    return f"{actor.person_id.hex}{key.hex}"  # type: ignore[union-attr]


def _sees(actor: Any, owner_id: str, /) -> bool:
    return actor.person_id is not None and owner_id.startswith(actor.person_id.hex)


register_owner(PICTURES, sees=_sees, living=set, accepts=[Type.PICTURE], most=MOST)
register_owner(FILES, sees=_sees, living=set, accepts=list(Type), most=MOST)
