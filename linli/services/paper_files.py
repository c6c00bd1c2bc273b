"""The pictures of a paper: its owner's and his helper's, and the office's to which it is shown, each look written down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from linli.common import clock
from linli.files.api import Type, register_owner
from linli.people.api import Actor, MandateScope

from .actions.papers import note_look
from .models import PaperVersion
from .paper_rules import MOST_FILES
from .queries.papers import OWNER, share_of_version


def is_own(actor: Actor, version: PaperVersion) -> bool:
    """His own, or that of whom he acts for in such matters."""
    principal = actor.principal
    return (
        principal is not None
        and version.paper.person_id == principal.pk
        and actor.may_for_other(MandateScope.APPLICATIONS)
    )


def sees(actor: Actor, owner_id: str) -> bool:
    version = PaperVersion.objects.select_related("paper").filter(pk=owner_id).first()
    if version is None:
        return False
    return is_own(actor, version) or share_of_version(owner_id, actor, clock.now()) is not None


def looked(actor: Actor, owner_id: str, size: str, now: datetime) -> None:
    share = share_of_version(owner_id, actor, now)
    if share is not None and size != "small":
        note_look(share=share, by=actor, what="file", now=now)


def living(keys: Iterable[str]) -> set[str]:
    """Versions that are still there, of accounts that are still open."""
    rows = PaperVersion.objects.filter(pk__in=[UUID(key) for key in keys], paper__person__closed_at=None)
    return {str(pk) for pk in rows.values_list("pk", flat=True)}


register_owner(
    OWNER, sees=sees, living=living, accepts=(Type.PICTURE, Type.PDF), most=MOST_FILES, looked=looked
)
