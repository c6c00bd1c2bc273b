"""Pictures of a case: of the matter and of the work for who may see it; evidence and signatures for handlers alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from linli.files.api import Type, register_owner

from .models import Case
from .permissions import handles, may_see
from .rules.words import MOST_PICTURES

OWNER, INNER = "case", "case_inner"


def _case(key: str) -> Case | None:
    try:
        pk = UUID(key)
    except ValueError:
        return None
    return Case.objects.select_related("place").filter(pk=pk).first()


def _sees(actor: Any, owner_id: str, /) -> bool:
    case = _case(owner_id)
    return case is not None and may_see(actor, case)


def _handles(actor: Any, owner_id: str, /) -> bool:
    case = _case(owner_id)
    return case is not None and handles(actor, case)


def _living(keys: Iterable[str]) -> set[str]:
    return {key for key in keys if _case(key) is not None}


register_owner(OWNER, sees=_sees, living=_living, accepts=(Type.PICTURE,), most=2 * MOST_PICTURES)
register_owner(INNER, sees=_handles, living=_living, accepts=(Type.PICTURE,), most=2 * MOST_PICTURES)
