"""Whoever knows the code has the page open, for a while: his session (sealed) remembers it, no address holds the code."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest

from linli.common import clock
from linli.people.api import Actor

from ..models import Case
from ..queries.own import is_own, whole

KEY = "cases"
LASTS = timedelta(hours=2)
MOST = 10


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def open_here(request: HttpRequest, case: Case) -> None:
    """From now on this visitor sees the case."""
    rows = {**request.session.get(KEY, {}), str(case.pk): clock.now().isoformat()}
    request.session[KEY] = dict(list(rows.items())[-MOST:])


def is_open_here(request: HttpRequest, pk: UUID) -> bool:
    at = request.session.get(KEY, {}).get(str(pk))
    return at is not None and datetime.fromisoformat(at) + LASTS > clock.now()


def shut(request: HttpRequest, pk: UUID) -> None:
    rows = dict(request.session.get(KEY, {}))
    if rows.pop(str(pk), None):
        request.session[KEY] = rows


def mine(request: HttpRequest, pk: UUID) -> Case | None:
    """The case for who reported it or opened it by its code; for all others there is none."""
    case = whole(pk)
    if case is None or not (is_open_here(request, pk) or is_own(actor_of(request), case)):
        return None
    return case
