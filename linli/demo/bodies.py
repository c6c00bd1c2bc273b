"""Offices, committees, companies and groups of 柳渡街道, with a little history."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from linli.people.api import Body, BodyKind, BodyPlace
from linli.people.models import BodySuccession

if TYPE_CHECKING:
    from .world import World

K = BodyKind
DAYS = "周一至周五 8:30—17:00"

# kind, short name, official name, places, phone, address, hours, valid from
BODIES: list[tuple[str, str, str, tuple[str, ...], str, str, str, date]] = [
    (K.DISTRICT, "桂江区政府", "桂江区人民政府", ("桂江区",), "555 0001", "桂江大道 1 号", DAYS, date(2001, 3, 1)),
    (K.STREET_OFFICE, "柳渡街道办", "桂江区人民政府柳渡街道办事处", ("柳渡街道",), "555 0100", "柳渡路 1 号", DAYS, date(2003, 6, 1)),
    (K.DEPARTMENT, "柳渡司法所", "桂江区司法局柳渡司法所", ("柳渡街道",), "555 0108", "柳渡路 1 号 3 楼", DAYS, date(2006, 1, 1)),
    (K.RESIDENTS_COMMITTEE, "青砖里居委会", "青砖里社区居民委员会", ("青砖里",), "555 0110", "柳渡路 218 弄 2 号", "每天 8:30—20:30", date(2019, 7, 1)),
    (K.RESIDENTS_COMMITTEE, "运河湾居委会", "运河湾社区居民委员会", ("运河湾",), "555 0111", "滨河东路 301 号底楼", "每天 8:30—20:00", date(2009, 4, 1)),
    (K.RESIDENTS_COMMITTEE, "丁香新村居委会", "丁香新村社区居民委员会", ("丁香新村",), "555 0112", "丁香路 12 弄 1 号", "每天 8:30—20:00", date(2003, 6, 1)),
    (K.SERVICE_STATION, "青砖里服务站", "青砖里社区服务站", ("青砖里",), "555 0120", "柳渡路 218 弄 2 号 1 楼", DAYS, date(2019, 9, 1)),
    (K.SERVICE_STATION, "运河湾服务站", "运河湾社区服务站", ("运河湾",), "555 0121", "滨河东路 301 号底楼", DAYS, date(2020, 1, 1)),
    (K.OWNERS_COMMITTEE, "纺机新村业委会", "纺机新村小区业主委员会", ("纺机新村",), "", "纺机新村 2 幢门房", "周三 18:30—20:30", date(2022, 5, 14)),
    (K.OWNERS_COMMITTEE, "银杏苑业委会", "银杏苑小区业主委员会", ("银杏苑",), "", "银杏苑会所 201", "周六 9:00—11:00", date(2021, 3, 20)),
    (K.OWNERS_COMMITTEE, "运河湾一期业委会", "运河湾一期业主委员会", ("运河湾一期",), "", "一期架空层", "周日 14:00—16:00", date(2023, 11, 4)),
    (K.PROPERTY_COMPANY, "邻安物业", "江州邻安物业服务有限公司", ("纺机新村", "银杏苑"), "555 0132", "纺机新村 1 幢底楼", "24 小时", date(2018, 1, 1)),
    (K.PROPERTY_COMPANY, "运河物业", "江州运河物业管理有限公司", ("运河湾一期", "运河湾二期"), "555 0133", "运河湾二期北门", "24 小时", date(2012, 9, 1)),
    (K.PROPERTY_COMPANY, "丁香后勤", "江州机厂后勤服务中心", ("丁香雅居", "机厂家属院"), "555 0134", "机厂路 100 号", "每天 7:00—22:00", date(1998, 1, 1)),
    (K.SOCIAL_ORG, "护河志愿队", "柳渡街道护河志愿服务队", ("柳渡街道",), "", "石桥路 88 号", "周日 7:30 石桥头集合", date(2016, 3, 5)),
    (K.SOCIAL_ORG, "缝纫小组", "青砖里缝纫互助小组", ("青砖里",), "", "社区 2 楼", "周六 14:00—17:00", date(2021, 10, 1)),
    (K.MERCHANT, "苗师傅修理铺", "桂江区苗氏家电修理店", ("青砖里",), "555 0166", "石桥路 92 号", "每天 8:00—19:00", date(2015, 2, 1)),
]  # fmt: skip


def build(world: World) -> None:
    for kind, name, official, places, phone, address, hours, begun in BODIES:
        body = Body.objects.create(
            kind=kind, name=name, official_name=official, phone=phone, address=address, hours=hours, valid_from=begun
        )
        world.bodies[name] = body
        for place in places:
            BodyPlace.objects.create(body=body, area=world.places[place], since=begun)
    _history(world)


def _history(world: World) -> None:
    """In 2019 two small committees were merged into the present 青砖里居委会."""
    merged = world.bodies["青砖里居委会"]
    for name in ("纺机居委会", "石桥居委会"):
        old = Body.objects.create(
            kind=K.RESIDENTS_COMMITTEE, name=name, official_name=name.replace("居委会", "社区居民委员会"),
            valid_from=date(2003, 6, 1), valid_to=merged.valid_from,
        )  # fmt: skip
        BodyPlace.objects.create(body=old, area=world.places["青砖里"], since=old.valid_from, until=merged.valid_from)
        BodySuccession.objects.create(old=old, new=merged, on=merged.valid_from)
