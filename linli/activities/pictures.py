"""The picture of an event: everybody's once it is published, its organisers' before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from linli.files.api import File, Type, register_owner

from .models import Event
from .permissions import may_hold

OWNER = "event"


def sees(actor: Any, owner_id: str) -> bool:
    event = Event.objects.select_related("place").filter(pk=owner_id).first()
    return event is not None and (event.published_at is not None or may_hold(actor, event))


def living(keys: Iterable[str]) -> set[str]:
    return {str(pk) for pk in Event.objects.filter(pk__in=list(keys)).values_list("pk", flat=True)}


register_owner(OWNER, sees=sees, living=living, accepts=(Type.PICTURE,), public=True, most=12)


def picture_of(event: Event) -> File | None:
    return File.objects.filter(pk=event.picture_id).first() if event.picture_id else None
