"""Cases at desks in the world of the policy: one at every spot, one that each working body has, and a table of dispatch."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from linli.areas.api import Area
from linli.casework.models import Case, DispatchTable
from linli.casework.rules.words import WORKING
from linli.common import clock
from linli.common.ids import digits_code, uuid7
from linli.people.models import Body
from linli.people.rules import Role


def at_spot(area: Area, body: Body) -> dict[str, Any]:
    """A case that the spot's body works on, and a table of the place."""
    return {"handled_case": _case(area, body), "dispatch_table": _table(area, body)}


def of_body(role: Role, place: Area, body: Body) -> dict[str, Any]:
    """What the actor's own body works on, where his role works at all."""
    return {"handled_case": _case(place, body)} if role in WORKING else {}


def _case(area: Area, body: Body) -> Case:
    now = clock.now()
    return Case.objects.create(
        key=str(uuid7()), code=digits_code(15), state="signed", place=area, title=f"灯{area.pk}", text="不亮", desk=body, unit=body,
        made_at=now, changed_at=now, submitted_at=now, due=now + timedelta(days=7), unit_due=now + timedelta(days=3),
    )  # fmt: skip


def _table(area: Area, body: Body) -> DispatchTable:
    row = {"unit": str(body.pk), "theme": "light", "place": None, "hours": "", "auto": False}
    return DispatchTable.objects.create(place=area, version=1, rows=[row], made_at=clock.now(), made_by=None)
