"""Who is on duty at the counters, the gates and on the beat."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from linli.calendar.api import read_hours
from linli.portal.api import Duty, put_on_duty
from linli.sites.api import site_of

from . import actors

if TYPE_CHECKING:
    from .world import World

# place, office that writes it down, who, office and work, number, hours
ROWS = (
    ("青砖里", "青砖里居委会", "沈玉兰", "居委会主任", "5550110", "周一、周三、周五 8:30—20:30"),
    ("青砖里", "青砖里居委会", "宋佳明", "居委会干事，管调解", "5550110", "每天 8:30—17:30"),
    ("青砖里", "青砖里居委会", "顾晓芸", "服务站站长", "5550120", "周一至周五 8:30—12:00，13:30—17:00"),
    ("青砖里", "青砖里居委会", "顾志明", "片区民警", "5550192", "周一至周五 9:00—11:00"),
    ("纺机新村", "青砖里居委会", "唐惠民", "邻安物业经理", "5550132", "周一至周六 8:00—18:00"),
    ("运河湾", "运河湾居委会", "陆海平", "居委会干事", "5550111", "每天 8:30—20:00"),
    ("丁香新村", "丁香新村居委会", "葛春华", "居委会主任", "5550112", "每天 8:30—20:00"),
)


def build(world: World) -> None:
    for place, office, name, role, phone, hours in ROWS:
        site = site_of(world.places[place])
        assert site is not None
        duty = Duty(name=name, role=role, phone=phone, hours=read_hours(hours))
        put_on_duty(site=site, duty=duty, by=actors.office(world, world.bodies[office]), now=world.now - timedelta(days=12))
