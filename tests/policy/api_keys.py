"""Keys of programs in the world of the policy."""

from __future__ import annotations

from itertools import count
from typing import Any

from linli.common import clock
from linli.openapi.models import ApiKey
from linli.people.models import Body, Person
from linli.people.rules import Role

_n = count(1)
GIVING = {Role.STREET_OFFICE, Role.DISTRICT, Role.OPERATOR}


def of_spot(body: Body, who: Person) -> dict[str, Any]:
    made = {"digest": f"{next(_n):064d}", "made_at": clock.now(), "made_by": who}
    return {"api_key": ApiKey.objects.create(name="区热线", contact="区热线办", body=body, **made)}


def of_body(role: Role, body: Body, who: Person) -> dict[str, Any]:
    return of_spot(body, who) if role in GIVING else {}
