"""Audit rows are written in the transaction of what they tell of; the ticker chains them within 30 s."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import models

from .models import AuditRow


class Actor(Protocol):
    """Who acts: a person, the post that acts, and the person acted for. `people.Actor` is one."""

    @property
    def person_id(self) -> UUID | None: ...
    @property
    def post_id(self) -> UUID | None: ...
    @property
    def principal_id(self) -> UUID | None: ...


def record(
    *,
    actor: Actor | None,
    action: str,
    now: datetime,
    subject: models.Model | None = None,
    about: Any = None,
    place: Any = None,
    purpose: str = "",
    detail: dict[str, Any] | None = None,
) -> AuditRow:
    """Write who did what. `about` is the person (or his id) whose data it concerns: he sees the row.

    `detail` holds ids, counts and states, never personal data. `actor` None means the system itself.
    """
    return AuditRow.objects.create(
        at=now,
        actor=getattr(actor, "person_id", None),
        post=getattr(actor, "post_id", None),
        on_behalf=getattr(actor, "principal_id", None),
        action=action,
        subject_kind=subject._meta.model_name or "" if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        about=getattr(about, "pk", about),
        place=getattr(place, "path", "") if place is not None else "",
        purpose=purpose[:200],
        detail=detail or {},
    )
