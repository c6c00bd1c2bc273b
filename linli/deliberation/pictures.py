"""Pictures of a question: everybody's where the question is, else the asker's and the handlers'."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from linli.files.api import File, Type, register_owner

from .models import Question
from .permissions import may_see
from .rules import MOST_PICTURES

OWNER = "question"


def sees(actor: Any, owner_id: str, /) -> bool:
    key = _key(owner_id)
    question = Question.objects.whole().filter(pk=key).first() if key else None
    return question is not None and may_see(actor, question)


def living(keys: Iterable[str]) -> set[str]:
    wanted = {key: _key(key) for key in keys}
    rows = Question.objects.filter(pk__in=[pk for pk in wanted.values() if pk])
    there = set(rows.values_list("pk", flat=True))
    return {key for key, pk in wanted.items() if pk in there}


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


register_owner(OWNER, sees=sees, living=living, accepts=(Type.PICTURE,), most=MOST_PICTURES)


def pictures_of(key: UUID) -> list[File]:
    return list(File.objects.filter(owner_kind=OWNER, owner_id=str(key)).order_by("at", "pk"))
