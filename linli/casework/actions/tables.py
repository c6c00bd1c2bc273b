"""A place's table of dispatch: written, tried on last month's cases, switched on. And what is learned from closed cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area, Level
from linli.calendar.api import Days, days
from linli.common import audit, clock
from linli.common.errors import NotAllowed, UserError
from linli.people.api import Actor, BodyPlace, bodies_serving, may

from ..models import Case, DispatchTable, ThemeModel
from ..permissions import C
from ..rules import dispatch, learning
from ..rules.dispatch import Rule
from ..rules.states import CaseState
from ..rules.words import UNITS
from ..themes import themes

MOST_TRIED, MOST_NAMED = 5000, 20
LEARNS_FROM = 5000  # the newest closed cases of a place


def _allowed(by: Actor, place: Area) -> None:
    if not may(by, C.CASE_TABLES, place):
        raise NotAllowed("tables")


@transaction.atomic
def save_table(*, place: Area, rules: Sequence[Rule], by: Actor, now: datetime) -> DispatchTable:
    """A new version, not in force. Raises NotAllowed, and UserError (rows) for what would never work."""
    _allowed(by, place)
    _check(place, list(rules), clock.local_date(now))
    Area.objects.select_for_update().get(pk=place.pk)  # versions of a place one after the other
    last = DispatchTable.objects.filter(place=place).aggregate(last=Max("version"))["last"] or 0
    table = DispatchTable.objects.create(
        place=place, version=last + 1, rows=[rule.as_row() for rule in rules], made_at=now, made_by_id=by.person_id
    )
    _written("save", table, by, now)
    return table


def _check(place: Area, rules: list[Rule], day: Any) -> None:
    if not 0 < len(rules) <= dispatch.MOST_ROWS:
        raise UserError(_("写 1 到 %(most)d 行") % {"most": dispatch.MOST_ROWS}, field="rows")
    areas = Area.objects.in_bulk({rule.place for rule in rules if rule.place is not None})
    for at, rule in enumerate(rules, start=1):
        area = place if rule.place is None else areas.get(rule.place)
        if area is None or not area.path.startswith(place.path):
            raise UserError(_("第 %(n)d 行的地方不在%(place)s里面") % {"n": at, "place": place.name}, field="rows")
        if rule.theme and rule.theme not in themes():
            raise UserError(_("第 %(n)d 行的类别没有了，重新选") % {"n": at}, field="rows")
        if all(body.pk != rule.unit for body in bodies_serving(area, UNITS, day)) and not _below(area, rule.unit):
            raise UserError(_("第 %(n)d 行的单位不管那里") % {"n": at}, field="rows")
    for at in dispatch.hidden(rules):
        raise UserError(_("第 %(n)d 行永远轮不到：上面有一行把它都包括了") % {"n": at}, field="rows")


def _below(area: Area, unit: UUID) -> bool:
    """A unit of a part of the place: for cases elsewhere in it the row has nobody to offer."""
    return BodyPlace.objects.filter(body=unit, area__path__under=area.path, until=None).exists()


@transaction.atomic
def try_table(*, table: UUID, by: Actor, now: datetime) -> DispatchTable:
    """On the cases of the last 30 days that a unit had: how many would have gone elsewhere, and how many fit no row."""
    row = DispatchTable.objects.select_for_update(of=("self",)).select_related("place").get(pk=table)
    _allowed(by, row.place)
    row.tried, row.tried_at = _trial(row.place, dispatch.read(row.rows), now), now
    row.save(update_fields=["tried", "tried_at"])
    _written("try", row, by, now)
    return row


def _trial(place: Area, rules: list[Rule], now: datetime) -> dict[str, Any]:
    since, table = now - timedelta(days=dispatch.TRIED_DAYS), days()
    cases = Case.objects.at(place).filter(submitted_at__gte=since).exclude(unit=None).filter(parent=None)
    found: dict[str, Any] = {"cases": 0, "same": 0, "elsewhere": 0, "none": 0, "rows": [0] * len(rules), "named": []}
    for case in cases.select_related("place").order_by("-submitted_at")[:MOST_TRIED]:
        rule = dispatch.first(rules, _facts(case, table))
        found["cases"] += 1
        if rule is None:
            found["none"] += 1
            continue
        found["rows"][rules.index(rule)] += 1
        same = rule.unit == case.unit_id
        found["same" if same else "elsewhere"] += 1
        if not same and len(found["named"]) < MOST_NAMED:
            found["named"].append([str(case.pk), str(rule.unit), str(case.unit_id)])
    return found


def _facts(case: Case, table: Days) -> dispatch.Facts:
    at = case.submitted_at or case.made_at
    working = table.is_working(clock.local_date(at))
    return dispatch.facts(case.theme, (*case.place.ancestor_ids, case.place_id), at, working_day=working)


@transaction.atomic
def switch_table(*, table: UUID, on: bool, by: Actor, now: datetime) -> DispatchTable:
    """Switched on, the version before it is off. Raises UserError for one that was not tried, or is over."""
    row = DispatchTable.objects.select_for_update(of=("self",)).select_related("place").get(pk=table)
    _allowed(by, row.place)
    if on and row.tried_at is None:
        raise UserError(_("先用上个月的工单试一遍，再启用"))
    if on and row.off_since is not None:
        raise UserError(_("这一版停用了。照它新写一版，试过再启用"))
    if on and row.on_since is None:
        DispatchTable.objects.filter(place=row.place, off_since=None).exclude(on_since=None).update(off_since=now)
        row.on_since = now
    elif not on and row.on_since is not None and row.off_since is None:
        row.off_since = now
    row.save(update_fields=["on_since", "off_since"])
    _written("on" if on else "off", row, by, now)
    return row


def _written(action: str, row: DispatchTable, by: Actor, now: datetime) -> None:
    audit.record(actor=by, action=f"case.table_{action}", subject=row, place=row.place, detail={"version": row.version}, now=now)


def rule_of(case: Case, now: datetime) -> Rule | None:
    """What the table in force nearest to the place of the case says; None where none fits."""
    around = [*case.place.ancestor_ids, case.place_id]
    rows = DispatchTable.objects.filter(place__in=around, off_since=None).exclude(on_since=None)
    facts = _facts(case, days())
    for row in rows.order_by("-place__level"):
        rule = dispatch.first(dispatch.read(row.rows), facts)
        if rule is not None:
            return rule
    return None


# What is learned


def learn_themes(*, now: datetime) -> int:
    """Rebuild what the streets and communities know of themes, each from its own closed cases; how many."""
    done = 0
    for place in Area.objects.filter(level__in=(Level.STREET, Level.COMMUNITY)).order_by("pk"):
        rows = Case.objects.at(place).filter(state__in=(CaseState.CLOSED, CaseState.ARCHIVED), parent=None)
        newest = rows.order_by("-submitted_at").values_list("title", "text", "theme")[:LEARNS_FROM]
        examples = [(f"{title} {text}", theme) for title, text, theme in newest]
        if len(examples) < learning.FEWEST:
            continue
        tested, right = learning.measured(examples)
        values = {
            "counts": learning.Learned.of(examples).stored(), "cases": len(examples), "tested": tested, "right": right, "made_at": now,
        }  # fmt: skip
        ThemeModel.objects.update_or_create(place=place, defaults=values)
        done += 1
    return done


def model_of(place: Area) -> ThemeModel | None:
    """What was learned nearest to the place, without its counts."""
    around = [*place.ancestor_ids, place.pk]
    return ThemeModel.objects.filter(place__in=around).defer("counts").order_by("-place__level").first()


def suggest_theme(place: Area, text: str) -> str:
    """The likeliest theme; empty where nothing was learned or nothing is known of these words."""
    model = model_of(place)
    if model is None:
        return ""
    found = _learned(model.pk, model.made_at).ranked(text)
    return found[0] if found and found[0] in themes() else ""


@lru_cache(maxsize=16)
def _learned(pk: int, made_at: datetime) -> learning.Learned:
    """Read once a process and version: `made_at` is part of the key."""
    return learning.Learned.read(ThemeModel.objects.values_list("counts", flat=True).get(pk=pk))
