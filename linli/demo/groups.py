"""Groups with a site of their own: two that stand, and two wishes that wait at the committee's desk."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from linli.sites.api import GroupApplication, SiteKind, ask_for_group, open_group_site
from linli.sites.models import GroupEvent

from . import actors

if TYPE_CHECKING:
    from .world import World

# body, place, kind, lead, what it does, where it is found, address, since when (days)
STANDING = [
    (
        "护河志愿队", "柳渡街道", SiteKind.GROUP, "周日早上沿河走一圈，捡一袋垃圾回来",
        "每周日沿运河走 3 公里，捡河边的垃圾，记水位和排口。手套夹子都有，老人孩子都能来，走多少算多少。",
        "周日 7:30 石桥头集合", "huhe", 420,
    ),
    (
        "缝纫小组", "青砖里", SiteKind.CLUB, "旧衣改一改，裤脚自己缝",
        "六台缝纫机，教锁边、换拉链、改裤脚。带上要改的衣服就行，不收钱，线头自己扫。", "周六 14:00—17:00，社区 2 楼", "fengren", 380,
    ),
]  # fmt: skip
# persona, place, kind, name, lead, what it does, where it is found, hours ago
WAITING = [
    ("fang", "纺机新村", SiteKind.PARTY, "纺机新村党支部", "在职党员也来报到", "每月一次组织生活，认领楼道和困难户，做了什么都记在站上。", "每月 8 日 18:30，小区活动室", 50),
    ("he", "青砖里", SiteKind.CLUB, "树荫象棋角", "观棋不语，输了请喝茶", "天好就在 2 幢前的大树下摆棋。新手有人教，每月末打一轮擂台。", "每天 15:00—17:30，纺机新村大树下", 9),
]  # fmt: skip


def build(world: World) -> None:
    for name, place, kind, lead, purpose, contact, slug, days in STANDING:
        body, at = world.bodies[name], world.now - timedelta(days=days)
        site = open_group_site(body=body, place=world.places[place], kind=kind, lead=lead, slug=slug, now=at)
        leader = body.posts.select_related("person").order_by("-is_head").first().person
        row = GroupApplication.objects.create(
            by=leader, kind=kind, name=name, place=world.places[place], lead=lead, slug=slug, purpose=purpose, contact=contact,
            state="opened", at=at - timedelta(days=2), site=site,
        )  # fmt: skip
        for event, state, person, when in (("ask", "applied", leader, row.at), ("open", "opened", world.people["shen"], at)):
            GroupEvent.objects.create(application=row, at=when, event=event, state=state, by=person)
    for key, place, kind, name, lead, purpose, contact, hours in WAITING:
        ask_for_group(
            by=actors.oneself(world, world.people[key]), kind=kind, name=name, place=world.places[place], lead=lead,
            purpose=purpose, contact=contact, now=world.now - timedelta(hours=hours),
        )  # fmt: skip
