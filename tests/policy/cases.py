"""Cases in the world of the policy: at every site a public one, one on a desk with a sealed reporter, and a spot."""

from __future__ import annotations

from itertools import count
from typing import Any

from linli.areas.api import Area
from linli.casework.models import Case, Identity, Spot
from linli.common import clock
from linli.common.ids import digits_code, uuid7
from linli.people.models import Body
from linli.people.rules import Role

_n = count(10_000_000)
DESKS = {Role.RESIDENTS_COMMITTEE, Role.STREET_OFFICE, Role.DISTRICT}


def at_spot(area: Area, body: Body) -> dict[str, Any]:
    spot = Spot.objects.create(code=str(next(_n)), place=area, name=f"灯{area.pk}", theme="light")
    return {"case_spot": spot, "public_case": _case(area, body, "public"), "desk_case": _case(area, body, "asked"), "rated_body": body}


def of_body(role: Role, place: Area, body: Body) -> dict[str, Any]:
    """What lies on the actor's own desk."""
    return {"desk_case": _case(place, body, "asked")} if role in DESKS else {}


def _case(area: Area, desk: Body, visibility: str) -> Case:
    now = clock.now()
    case = Case.objects.create(
        key=str(uuid7()), code=digits_code(15), state="submitted", place=area, title=f"灯{area.pk}", text="不亮", visibility=visibility,
        public_title="灯不亮", public_text="不亮", desk=desk, made_at=now, changed_at=now, submitted_at=now,
    )  # fmt: skip
    Identity.objects.create(case=case, name="金丝雀", phone="", made_at=now)
    return case
