"""What lies on a desk: lists by whose turn it is, their filters, their counts; paged by key, so that no page costs more than the first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area, Level
from linli.people.api import ABOVE, Actor, Body

from ..models import Case
from ..permissions import C, body_of
from ..rules.states import LIVE, OPEN, CaseState
from ..rules.words import CaseKind, Task, Urgency
from ..themes import themes

S = CaseState
PAGE = 24
MINE = 12  # on one page of whoever is on his way
SOON = timedelta(days=1)
MUCH = 3  # returns and transfers together, from which on a case goes to and fro


@dataclass(frozen=True)
class Show:
    """One list: in which tab, of which states, by which date; `more` narrows it further."""

    key: str
    tab: str
    label: Any
    states: tuple[str, ...]
    order: str = "stage_due"
    more: Q = field(default_factory=Q)


DESK, UNIT, SUPERVISE = "desk", "unit", "supervise"
TABS = {DESK: _("受理"), UNIT: _("办理"), SUPERVISE: _("督办")}
_FOLLOWS = ~Q(group=None) & ~Q(group__lead=F("pk"))  # goes along with the lead of its group
SHOWS = {
    show.key: show
    for show in (
        Show("new", DESK, _("待受理"), (S.SUBMITTED,)),
        Show("give", DESK, _("待派单"), (S.ACCEPTED,), more=~_FOLLOWS),
        Show("judge", DESK, _("退单要审"), (S.RETURNING,), more=Q(returns=1)),
        Show("check", DESK, _("回复要审"), (S.REPLIED,), more=~Q(unit=F("desk"))),
        Show("call", DESK, _("要回访"), (S.CALL_BACK,)),
        Show("asked", DESK, _("等补充"), (S.ASKED,)),
        Show("along", DESK, _("跟着领头的办"), (S.ACCEPTED,), "submitted_at", _FOLLOWS),
        Show("sign", UNIT, _("待签收"), (S.DISPATCHED,)),
        Show("doing", UNIT, _("在办"), (S.SIGNED,), "unit_due"),
        Show("waiting", UNIT, _("等反映人"), (S.WAITING,)),
        Show("suspended", UNIT, _("挂账"), (S.SUSPENDED,), "review_on"),
        Show("joint", UNIT, _("请我们帮的"), LIVE, "submitted_at"),
        Show("decide", SUPERVISE, _("等我们定"), (S.RETURNING, S.REPLIED)),
        Show("soon", SUPERVISE, _("快到期"), OPEN, "due"),
        Show("overdue", SUPERVISE, _("超期"), OPEN, "due"),
        Show("returned", SUPERVISE, _("退过两次"), OPEN, "submitted_at", Q(returns__gte=2)),
        Show("around", SUPERVISE, _("转来转去"), OPEN, "submitted_at"),
    )
}


@dataclass(frozen=True)
class Desk:
    """Whose lists: the bodies for which the actor may accept, work and supervise, and the places of the last."""

    body: UUID
    kind: str
    tabs: tuple[str, ...]
    paths: tuple[str, ...]


def desk_of(actor: Actor) -> Desk | None:
    """None for who does nothing with cases."""
    wanted = ((DESK, C.CASE_DISPATCH), (UNIT, C.CASE_WORK), (SUPERVISE, C.CASE_SUPERVISE))
    tabs = tuple(tab for tab, right in wanted if body_of(actor, right) is not None)
    if not tabs or actor.acting is None:
        return None
    kind = Body.objects.values_list("kind", flat=True).get(pk=actor.acting.body_id)
    return Desk(actor.acting.body_id, kind, tabs, actor.paths_for(C.CASE_SUPERVISE))


def _of_tab(desk: Desk, tab: str) -> QuerySet[Case]:
    """What the tab is about; never a case that complains of the body itself."""
    rows = Case.objects.filter(state__in=LIVE).filter(Q(against=None) | ~Q(against=desk.body))
    if tab == DESK:
        return rows.filter(desk=desk.body)
    if tab == SUPERVISE:
        return rows.filter(reduce(or_, (Q(place__path__under=path) for path in desk.paths), Q(pk__in=[])))
    return rows


def _condition(desk: Desk, show: Show, now: datetime) -> Q:
    found = Q(state__in=show.states) & show.more
    if show.tab == UNIT and show.key != "joint":
        found &= Q(unit=desk.body)
    elif show.key == "joint":
        found &= Q(assignments__body=desk.body, assignments__task=Task.JOINT, assignments__ended_at=None)
    elif show.key == "decide":
        found &= Q(state=S.RETURNING, returns=2) | Q(state=S.REPLIED, unit=F("desk"))
        below = [kind for kind, over in ABOVE.items() if over == desk.kind]
        found &= Q(desk__kind__in=below) | (Q(desk=desk.body) if desk.kind not in ABOVE else Q(pk__in=[]))
    elif show.key == "soon":
        found &= Q(due__gt=now, due__lte=now + SOON)
    elif show.key == "overdue":
        found &= Q(due__lte=now)
    elif show.key == "around":
        found &= Q(returns__gt=0, transfers__gte=MUCH - F("returns")) | Q(returns=0, transfers__gte=MUCH)
    return found


def on_desk(desk: Desk, show: Show, now: datetime, chosen: dict[str, Any]) -> QuerySet[Case]:
    """The list, by its date, with the filters that were chosen."""
    rows = _of_tab(desk, show.tab).filter(_condition(desk, show, now)).filter(**_filters(chosen))
    return rows.for_lists().order_by(show.order, "pk")  # type: ignore[attr-defined,no-any-return]


def counts(desk: Desk, tab: str, now: datetime) -> dict[str, int]:
    """How many in each list of the tab, in one statement (what one was asked to help with in a second)."""
    shows = [show for show in SHOWS.values() if show.tab == tab and show.key != "joint"]
    rows = _of_tab(desk, tab)
    rows = rows.filter(unit=desk.body) if tab == UNIT else rows
    found: dict[str, int] = rows.aggregate(**{show.key: Count("pk", filter=_condition(desk, show, now)) for show in shows})
    if tab == UNIT:
        found["joint"] = _of_tab(desk, tab).filter(_condition(desk, SHOWS["joint"], now)).count()
    return found


def waiting(desk: Desk) -> int:
    """How many wait for the body itself to do something: the number beside its link."""
    mine = Q(pk__in=[])
    if DESK in desk.tabs:
        mine |= Q(desk=desk.body, state__in=(S.SUBMITTED, S.ACCEPTED, S.RETURNING, S.REPLIED))
    if UNIT in desk.tabs:
        mine |= Q(unit=desk.body, state__in=(S.DISPATCHED, S.SIGNED))
    return Case.objects.filter(mine).filter(Q(against=None) | ~Q(against=desk.body)).count()


def of_holder(post: UUID) -> QuerySet[Case]:
    """What one person has to do, what is due first on top."""
    rows = Case.objects.filter(holder=post, state__in=(S.DISPATCHED, S.SIGNED))
    return rows.filter(Q(against=None) | ~Q(against=F("unit"))).for_lists().order_by("unit_due", "pk")  # type: ignore[no-any-return]


# Filters, kept in the address


def _filters(chosen: dict[str, Any]) -> dict[str, Any]:
    names = {"theme": "theme", "kind": "kind", "urgency": "urgency", "state": "state", "unit": "unit", "place": "place__path__under"}
    return {names[key]: value for key, value in chosen.items() if value}


def chosen(asked: dict[str, str], places: Iterable[Area]) -> dict[str, Any]:
    """What of the address is a choice; anything else is left out."""
    known: dict[str, set[str]] = {
        "theme": set(themes()), "kind": set(CaseKind.values), "urgency": set(Urgency.values), "state": {str(state) for state in LIVE},
        "place": {str(place.pk) for place in places},
    }  # fmt: skip
    found: dict[str, Any] = {key: asked.get(key, "") for key in known if asked.get(key, "") in known[key]}
    if found.get("place"):
        found["place"] = next(place.path for place in places if str(place.pk) == found["place"])
    try:
        found["unit"] = UUID(asked.get("unit", ""))
    except ValueError:
        found["unit"] = None
    return found


def places_of(actor: Actor) -> list[Area]:
    """Communities and compounds of the acting body, to choose from."""
    paths = actor.acting.paths if actor.acting else ()
    under = reduce(or_, (Q(path__under=path) for path in paths), Q(pk__in=[]))
    return list(Area.objects.filter(under, level__in=(Level.COMMUNITY, Level.COMPOUND)).order_by("path")[:200])


def units_of(desk: Desk, show: Show, now: datetime) -> list[tuple[str, str]]:
    """The units that have cases in the list."""
    rows = _of_tab(desk, show.tab).filter(_condition(desk, show, now)).exclude(unit=None)
    return [(str(pk), name) for pk, name in rows.order_by("unit__name").values_list("unit", "unit__name").distinct()[:100]]


# Paging by key


def after(rows: QuerySet[Case], show: Show, mark: str) -> QuerySet[Case]:
    """What comes after the mark of a page; a mark that is none begins anew."""
    at, _sep, pk = mark.partition("~")
    try:
        key = UUID(pk)
        value: date | datetime | None = parse_date(at) if show.order == "review_on" else parse_datetime(at)
    except ValueError:
        return rows
    if value is None or (isinstance(value, datetime) and value.tzinfo is None):
        return rows
    return rows.filter(Q(**{f"{show.order}__gt": value}) | Q(**{show.order: value, "pk__gt": key}))


def mark_of(case: Case, show: Show) -> str:
    return f"{getattr(case, show.order).isoformat()}~{case.pk.hex}"
