"""A service item of every place in the world of the policy, and people's papers."""

from __future__ import annotations

from typing import Any

from linli.areas.api import Area
from linli.common import clock
from linli.common.ids import uuid7
from linli.people.models import Body, Person
from linli.people.policy import Actor
from linli.services.actions.papers import Facts, give_paper, share_paper
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


def papers_of(person: Person, body: Body) -> dict[str, Any]:
    """A paper of the person, and that he shows it to a body."""
    now, by = clock.now(), Actor(person=person)
    version = give_paper(
        person=person, kind="other", name="证", facts=Facts(code="99000011"), key=uuid7(), by=by, now=now
    )
    share = share_paper(paper=version.paper, body=body, purpose="办事", days=30, by=by, now=now)
    return {"paper": version.paper, "paper_share": share}


def shown_to(body: Body, owner: Person) -> dict[str, Any]:
    """Somebody's paper that the actor's own office may look at."""
    return {"shown_paper": papers_of(owner, body)["paper_share"]}
