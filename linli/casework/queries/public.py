"""What everybody may read: redacted words, the compound, the state. Never a home, a name or a code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from linli.areas.api import Area, Level
from linli.files.api import File
from linli.sites.api import Site

from ..models import Case
from ..models.case import CaseQuerySet
from ..pictures import PUBLIC
from ..rules.states import OPEN, CaseState
from ..themes import theme

SHOWS = {"open": OPEN, "answered": (CaseState.CALL_BACK,), "closed": (CaseState.CLOSED, CaseState.ARCHIVED)}


def listed(place: Area, *, show: str = "", about: str = "") -> CaseQuerySet:
    """Of the place and below it, the newest first."""
    rows = Case.objects.public().at(place).filter(parent=None)
    if show in SHOWS:
        rows = rows.filter(state__in=SHOWS[show])
    if about:
        rows = rows.filter(theme=about)
    return rows.select_related("place", "unit", "desk", "group").order_by("-submitted_at", "-pk")


def counts(place: Area) -> dict[str, int]:
    """How many there are of each, by one statement."""
    states = Counter(Case.objects.public().at(place).filter(parent=None).values_list("state", flat=True))
    return {name: sum(states[state] for state in some) for name, some in SHOWS.items()}


def one(pk: UUID) -> Case | None:
    return Case.objects.public().select_related("place", "unit", "desk", "group").filter(pk=pk, parent=None).first()


def where(cases: Iterable[Case]) -> dict[UUID, Area]:
    """The compound of each, or the place itself above it: nobody's house is named. One statement."""
    cases = list(cases)
    deep = {pk for case in cases if case.place.level > Level.COMPOUND for pk in case.place.ancestor_ids}
    compounds = Area.objects.filter(pk__in=deep, level=Level.COMPOUND).in_bulk() if deep else {}
    return {
        case.pk: next((compounds[pk] for pk in case.place.ancestor_ids if pk in compounds), case.place)
        if case.place.level > Level.COMPOUND
        else case.place
        for case in cases
    }


def lines(cases: Iterable[Case], now: datetime) -> list[dict[str, Any]]:
    cases = list(cases)
    places = where(cases)
    return [
        {
            "case": case, "state": state_text(case), "theme": theme(case.theme), "place": places[case.pk].name, "late": case.is_overdue(now),
            "kind": "good" if case.state in SHOWS["closed"] or case.state == CaseState.CALL_BACK else "",
        }
        for case in cases
    ]  # fmt: skip


def state_text(case: Case) -> str:
    """The state as neighbours read it."""
    if case.state == CaseState.SUBMITTED:
        return _("等受理")
    if case.state == CaseState.SUSPENDED:
        return _("挂账，到日子复查")
    if case.state == CaseState.CALL_BACK:
        return _("答复了")
    return _("办结") if case.state in SHOWS["closed"] else _("在办")


def pictures(case: Case) -> list[File]:
    return list(File.objects.filter(owner_kind=PUBLIC, owner_id=str(case.pk)).order_by("at", "pk"))


def newest(site: Site, most: int) -> list[Case]:
    return list(listed(site.place)[:most])
