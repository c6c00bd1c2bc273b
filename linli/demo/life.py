"""What has been going on lately: open claims at the desk, refused ones, people who looked, a new number."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from linli.areas.api import Area, Level
from linli.calendar.api import Period, Unit, set_rule
from linli.common import audit
from linli.people.api import Actor, Identifier, Person, Residency, ResidencyKind, ResidencyState
from linli.people.models import ResidencyEvent
from linli.people.policy import load_holdings

from . import names, proofs

if TYPE_CHECKING:
    from .world import World

K, S = ResidencyKind, ResidencyState

# compound building, room or a community, kind, hours ago, what the person wrote; the first is 苗青's
CLAIMS = [
    ("纺机新村3 幢", "302", K.TENANT, 2, "上个月刚搬来，合同到明年十月"),
    ("纺机新村5 幢", "604", K.FAMILY, 5, "和父母同住"),
    ("银杏苑2 幢", "1501", K.OWNER, 20, "房产证上还是婚前的名字"),
    ("纺机新村1 幢", "203", K.CO_OWNER, 26, ""),
    ("石桥头2 幢", "402", K.TENANT, 30, "房东在外地，可以电话确认"),
    ("青砖里", "", K.REGISTERED, 49, "住单位宿舍，房子不在册"),
    ("青砖里", "", K.WORKS_HERE, 53, "在菜场二楼开裁缝铺"),
    ("银杏苑3 幢", "803", K.OWNER, 70, ""),
    ("运河湾一期1 幢", "1204", K.TENANT, 8, ""),
    ("运河湾二期3 幢", "2703", K.OWNER, 31, "入户码受潮看不清"),
    ("丁香雅居1 幢", "1106", K.FAMILY, 12, ""),
    ("丁香新村", "", K.LIVES_HERE, 60, "住在丁香路沿街自建房"),
]
REFUSED = [
    ("纺机新村4 幢", "101", K.OWNER, 9, "名册上产权人是另一位，请带房产证到居委会核对"),
    ("银杏苑1 幢", "602", K.TENANT, 14, "租期写错了年份，改好可以再交"),
]


def build(world: World) -> None:
    for n, (where, room, kind, hours, note) in enumerate(CLAIMS):
        residency = _claim(world, n, where, room, kind, world.now - timedelta(hours=hours), note)
        if not n:
            proofs.add(residency, residency.claimed_at + timedelta(minutes=9))
    for n, (where, room, kind, days, reason) in enumerate(REFUSED, len(CLAIMS)):
        residency = _claim(world, n, where, room, kind, world.now - timedelta(days=days), "")
        residency.state = S.REFUSED
        residency.save(update_fields=["state"])
        at = residency.claimed_at + timedelta(hours=20)
        ResidencyEvent.objects.create(
            residency=residency, at=at, event="refuse", state=S.REFUSED, by=world.people["shen"], reason=reason
        )
    _looks(world)
    _periods(world)


def _claim(world: World, n: int, where: str, room: str, kind: ResidencyKind, at, note: str) -> Residency:
    area = world.places[where]
    if room:
        area = Area.objects.under(area).get(level=Level.HOME, name=room)
    name = names.family(world.rng) + names.given(world.rng, world.rng.choice((25, 40, 66)))
    if n:
        person = Person.objects.create(display_name=name, legal_name=name, created_at=at)
        Identifier.objects.create(person=person, kind="phone", value=f"+861380000{60 + n:04d}", verified_at=at)
    else:
        person = world.people["miao"]
    until = world.today + timedelta(days=330) if kind == K.TENANT else None
    residency = Residency.objects.create(
        person=person, area=area, kind=kind, note=note, claimed_at=at, since=at.date(), until=until
    )
    ResidencyEvent.objects.create(residency=residency, at=at, event="claim", state=S.CLAIMED, by=person)
    return residency


def _looks(world: World) -> None:
    """Who looked at 何立群's and 周秀英's data of late; each sees it in his account."""
    for key, about, field, purpose, days in (
        ("shen", "he", "phone", "上门核实人口普查", 12),
        ("song", "zhou", "phone", "每日平安问候，电话没人接", 3),
        ("gu", "zhou", "legal_name", "代办老年优待证", 40),
    ):
        holdings = load_holdings(world.people[key], world.today)
        actor = Actor(person=world.people[key], holdings=holdings, acting=holdings[0])
        audit.record(
            actor=actor, action="reveal", detail={"field": field, "purpose": "contact"},
            about=world.people[about], subject=world.people[about], place=world.places["青砖里"], purpose=purpose, now=world.now - timedelta(days=days),
        )  # fmt: skip


def _periods(world: World) -> None:
    """How long the street gave its committees for a claim, and what 李敏 made of it two months ago."""
    by = Actor(person=world.people["limin"])
    for amount, days in ((5, 700), (3, 60)):
        now = world.now - timedelta(days=days)
        set_rule(place=world.places["柳渡街道"], key="residency.claim", period=Period(amount, Unit.WORKING_DAY), by=by, now=now)
