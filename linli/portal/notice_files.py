"""Pictures and PDFs of notices: everybody's once the notice is out, before that those of the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from linli.files.api import Type, register_owner

from .models import Notice
from .notice_access import may_see
from .notice_queries import OWNER
from .notice_rules import MOST_FILES, READABLE


def sees(actor: Any, owner_id: str, /) -> bool:
    key = _key(owner_id)
    notice = Notice.objects.select_related("place", "issuer").filter(pk=key).first() if key else None
    return notice is not None and (notice.state in READABLE or may_see(actor, notice))


def living(keys: Iterable[str]) -> set[str]:
    wanted = {key: _key(key) for key in keys}
    there = set(
        Notice.objects.filter(pk__in=[key for key in wanted.values() if key]).values_list("pk", flat=True)
    )
    return {key for key, pk in wanted.items() if pk in there}


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


register_owner(OWNER, sees=sees, living=living, accepts=[Type.PICTURE, Type.PDF], most=MOST_FILES)
