"""A service item of every place in the world of the policy."""

from __future__ import annotations

from typing import Any

from linli.areas.api import Area
from linli.common import clock
from linli.people.models import Body
from linli.services.api import Basis, Condition, Content, Step, create_item, publish_item, save_draft


def at_spot(area: Area, body: Body) -> dict[str, Any]:
    """Published, with a change that waits on the desk."""
    now = clock.now()
    item = create_item(
        place=area, body=body, scheme="own", code=f"XX-{area.pk}", name=f"办{area.pk}", by=None, now=now
    )
    content = Content(
        name=f"办{area.pk}", lead="办", audiences=("anybody",), ask_phone="555 0100", result_name="回执", conditions=(Condition("谁都能办"),),
        steps=(Step("来"),), bases=(Basis("办法"),),
    )  # fmt: skip
    item = save_draft(item=item, content=content, revision=0, by=None, now=now)
    item = publish_item(item=item, revision=1, why="", by=None, now=now)
    return {"service_item": save_draft(item=item, content=content, revision=2, by=None, now=now)}
