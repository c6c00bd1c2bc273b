"""What the offices of 柳渡街道 do for people: published months ago, some of it overtaken, some not looked at for long."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from linli.people.api import Actor
from linli.people.policy import load_holdings
from linli.services.api import Condition, Content, Item, create_item, publish_item, save_draft, verify_item

from .services_more import REGISTERS
from .services_texts import ALLOWANCES, Example

if TYPE_CHECKING:
    from .world import World

STATIONS = ("青砖里服务站", "运河湾服务站", "丁香新村居委会")
PUBLISHED, CHANGED = 230, 40  # days ago


def build(world: World) -> None:
    clerk = _actor(world, "limin")
    made = {row.name: _publish(world, clerk, row) for row in (*ALLOWANCES, *REGISTERS)}
    _overtake(world, clerk, made["高龄津贴申领"])
    _rethink(world, clerk, made["养犬登记"])
    _station(world)


def _actor(world: World, key: str) -> Actor:
    person = world.people[key]
    holdings = load_holdings(person, world.today)
    return Actor(person=person, holdings=holdings, acting=holdings[0])


def _publish(world: World, clerk: Actor, row: Example) -> Item:
    office, at = world.bodies["柳渡街道办"], world.now - timedelta(days=max(PUBLISHED, row.verified))
    takers = [world.bodies[name] for name in STATIONS] if row.where == "社区" else [office]
    content = Content(
        **row.values, offices=tuple(str(body.pk) for body in takers), counter="" if row.where == "社区" else "1 楼 3 号窗口",  # type: ignore[arg-type]
        ask_phone="555 0100", complain_phone="555 0155", authority="桂江区有关部门（示例）",
    )  # fmt: skip
    item = create_item(
        place=world.places["柳渡街道"],
        body=office,
        scheme="gbt39554",
        code=row.code,
        name=row.name,
        by=clerk,
        now=at,
        example=True,
    )
    item = save_draft(item=item, content=content, revision=0, by=clerk, now=at)
    item = publish_item(item=item, revision=1, why="", by=clerk, now=at)
    return verify_item(item=item, by=clerk, now=world.now - timedelta(days=row.verified))


def _overtake(world: World, clerk: Actor, item: Item) -> None:
    """A second version: the sums went up and it takes less time."""
    at = world.now - timedelta(days=CHANGED)
    content = replace(
        item.newest,
        promised_amount=4,
        conditions=(*item.newest.conditions[:2], Condition("没有在别的区领同样的津贴")),
    )
    item = save_draft(item=item, content=content, revision=item.revision, by=clerk, now=at)
    publish_item(item=item, revision=item.revision, why="街道审核少一天；第三条写得更明白", by=clerk, now=at)


def _rethink(world: World, clerk: Actor, item: Item) -> None:
    """A change that waits on the desk."""
    content = replace(item.newest, fee=20000, promised_amount=3)
    save_draft(
        item=item, content=content, revision=item.revision, by=clerk, now=world.now - timedelta(days=2)
    )


def _station(world: World) -> None:
    """One item of the community's own, and one that its clerk has just begun."""
    clerk, station, at = _actor(world, "gu"), world.bodies["青砖里服务站"], world.now - timedelta(days=60)
    row = replace(
        next(one for one in REGISTERS if one.name == "志愿者注册"), name="借轮椅和拐杖", also=("轮椅", "拐杖"), lead="腿脚一时不便，来借，用完还。押金不收，登记就行。",
        conditions=("住在青砖里，或者家里老人住在青砖里",), questions=(), code="QZL-001",
    )  # fmt: skip
    values = row.values | {
        "events": ("ill", "retire"), "audiences": ("old", "disabled"), "result_name": "轮椅或拐杖，借 30 天，能续", "materials": row.materials[:1],
        "steps": row.steps[:1], "home_visit": True, "offices": (str(station.pk),), "ask_phone": "555 0120",
    }  # fmt: skip
    item = create_item(
        place=world.places["青砖里"],
        body=station,
        scheme="own",
        code=row.code,
        name=row.name,
        by=clerk,
        now=at,
        example=True,
    )
    item = save_draft(item=item, content=Content(**values), revision=0, by=clerk, now=at)  # type: ignore[arg-type]
    publish_item(item=item, revision=1, why="", by=clerk, now=at)
    create_item(
        place=world.places["青砖里"],
        body=station,
        scheme="own",
        code="QZL-002",
        name="代收快递",
        by=clerk,
        now=world.now,
        example=True,
    )
