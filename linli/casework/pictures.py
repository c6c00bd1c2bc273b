"""Pictures of a case: of the matter and of the work for who may see it; evidence and signatures for handlers alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.files.api import File, Type, hand_on, register_owner

from .models import Case, CasePicture
from .permissions import handles, is_public
from .queries.own import is_own
from .rules.words import MOST_PICTURES, Moment

OWNER, INNER, WAITING, PUBLIC = "case", "case_inner", "case_draft", "case_public"


def _case(key: str) -> Case | None:
    try:
        pk = UUID(key)
    except ValueError:
        return None
    return Case.objects.select_related("place").filter(pk=pk).first()


def _sees(actor: Any, owner_id: str, /) -> bool:
    case = _case(owner_id)
    return case is not None and (is_own(actor, case) or handles(actor, case))


def _handles(actor: Any, owner_id: str, /) -> bool:
    case = _case(owner_id)
    return case is not None and handles(actor, case)


def _everybody(actor: Any, owner_id: str, /) -> bool:
    case = _case(owner_id)
    return case is not None and is_public(case)


def _nobody(actor: Any, owner_id: str, /) -> bool:
    """What was chosen before the report is sent is shown by its name alone."""
    return False


def _living(keys: Iterable[str]) -> set[str]:
    wanted = {key: found.pk for key in keys if (found := _case(key)) is not None}
    return set(wanted)


def _none(keys: Iterable[str]) -> set[str]:
    """A report that was not sent within a day is not sent any more."""
    return set()


register_owner(OWNER, sees=_sees, living=_living, accepts=(Type.PICTURE,), most=2 * MOST_PICTURES)
register_owner(INNER, sees=_handles, living=_living, accepts=(Type.PICTURE,), most=2 * MOST_PICTURES)
register_owner(PUBLIC, sees=_everybody, living=_living, accepts=(Type.PICTURE,), most=MOST_PICTURES, public=True)
register_owner(WAITING, sees=_nobody, living=_none, accepts=(Type.PICTURE,), most=MOST_PICTURES)


def waiting(key: str) -> list[File]:
    """What was chosen for a report that is not sent yet."""
    return list(File.objects.filter(owner_kind=WAITING, owner_id=key).order_by("at", "pk"))


def keep_pictures(case: Case, files: Iterable[File], now: datetime) -> None:
    """What waited becomes the case's. Inside the caller's transaction."""
    for file in files:
        CasePicture.objects.create(case=case, file=hand_on(file=file, owner=(OWNER, case.pk), purpose="case"), moment=Moment.REPORT, at=now)


def shown_to_reporter(case: Case) -> list[CasePicture]:
    moments = (Moment.REPORT, Moment.BEFORE, Moment.AFTER)
    return list(case.pictures.filter(moment__in=moments).select_related("file").order_by("at", "pk"))
