"""What a person has answered so far in his claim; it lies in the sealed session until it is sent or left."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest

from linli.areas.api import Area
from linli.common import clock
from linli.common.ids import uuid7

from ..queries import residency as queries
from ..rules import OF_HOME

DRAFT = "claim"
SCANNED = "home_code"


@dataclass
class Draft:
    """`key` makes the claim sent twice one; `code` is the key of the paper code that was right, never the code."""

    person: str
    key: str
    kind: str = ""
    area: int | None = None
    code: str = ""
    name: str = ""
    until: str = ""
    proof: str = ""
    note: str = ""
    asked: bool = False

    @property
    def of_home(self) -> bool:
        return self.kind in OF_HOME

    @property
    def until_day(self) -> date | None:
        return date.fromisoformat(self.until) if self.until else None

    @property
    def uuid(self) -> UUID:
        return UUID(self.key)

    def place(self) -> Area | None:
        return queries.existing_place(self.area, clock.local_date(clock.now()))


def read(request: HttpRequest) -> Draft:
    """The draft of the person whose affairs these are; another's is forgotten."""
    principal = str(request.actor.principal.pk)  # type: ignore[attr-defined]
    kept = request.session.get(DRAFT) or {}
    if kept.get("person") != principal:
        return Draft(principal, str(uuid7()))
    return Draft(**kept)


def keep(request: HttpRequest, draft: Draft) -> None:
    request.session[DRAFT] = asdict(draft)


def forget(request: HttpRequest) -> None:
    request.session.pop(DRAFT, None)
    request.session.pop(SCANNED, None)
