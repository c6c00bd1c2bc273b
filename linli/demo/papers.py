"""Papers that some personas gave, and to whom they show them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from linli.people.api import Actor
from linli.people.policy import load_holdings
from linli.services.api import PaperFacts, give_paper, note_look, share_paper

if TYPE_CHECKING:
    from .world import World

# who, kind, number, issuer, valid for days from now (None: for good), given days ago, shown for
ROWS = [
    ("he", "id_card", "11010519491231002X", "桂江公安分局", 3650, 200, "申请养犬登记"),
    ("he", "household", "990102 0012", "桂江公安分局", None, 200, ""),
    ("he", "deed", "JZ2011-003187", "江州不动产登记中心", None, 199, ""),
    ("hu", "lease", "", "房东 丁先生", 20, 300, "申请居住证"),
    ("hu", "residence", "9901020031", "桂江公安分局", -12, 370, ""),
]


def build(world: World) -> None:
    station = world.bodies["青砖里服务站"]
    clerk = _actor(world, "gu")
    for key, kind, code, issuer, lasts, ago, purpose in ROWS:
        person, at = world.people[key], world.now - timedelta(days=ago)
        by = Actor(person=person)
        facts = PaperFacts(issuer, code, None, None if lasts is None else world.today + timedelta(days=lasts))
        once = UUID(int=world.rng.getrandbits(128), version=4)
        version = give_paper(person=person, kind=kind, name="", facts=facts, key=once, by=by, now=at)
        if purpose:
            share = share_paper(
                paper=version.paper,
                body=station,
                purpose=purpose,
                days=7,
                by=by,
                now=world.now - timedelta(days=1),
            )
            if key == "he":
                note_look(share=share, by=clerk, what="number", now=world.now - timedelta(hours=20))


def _actor(world: World, key: str) -> Actor:
    person = world.people[key]
    holdings = load_holdings(person, world.today)
    return Actor(person=person, holdings=holdings, acting=holdings[0])
