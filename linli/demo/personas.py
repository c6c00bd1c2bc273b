"""The persons one can be at one press of a button on the demo's sign-in page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area, Level
from linli.people.api import Identifier, Person, Post, Residency, ResidencyKind, ResidencyState, Role
from linli.people.models import Guardianship, Mandate, ResidencyEvent
from linli.people.rules import MandateHow, MandateScope, Proof

if TYPE_CHECKING:
    from .world import World


@dataclass(frozen=True)
class Persona:
    """Who one can be: key, name, what he is, and where."""

    key: str
    name: str
    role: str
    place: str


PERSONAS = [
    Persona("lin", "林一帆", _("新来的，还没认证"), "柳渡街道"),
    Persona("he", "何立群", _("业主"), "纺机新村 3 幢"),
    Persona("hu", "胡雨桐", _("租户"), "银杏苑 1 幢"),
    Persona("zhou", "周秀英", _("老人，没有手机，用卡登录"), "纺机新村 3 幢"),
    Persona("lu", "陆文静", _("周秀英的女儿，受托人"), "运河湾一期 2 幢"),
    Persona("miao", "苗青", _("在社区上班"), "青砖里"),
    Persona("fang", "方建国", _("业委会主任"), "纺机新村"),
    Persona("shen", "沈玉兰", _("居委会主任"), "青砖里"),
    Persona("song", "宋佳明", _("居委会干事，也在服务站"), "青砖里"),
    Persona("gu", "顾晓芸", _("服务站站长"), "青砖里"),
    Persona("tang", "唐惠民", _("物业经理"), "纺机新村、银杏苑"),
    Persona("limin", "李敏", _("街道办主任"), "柳渡街道"),
    Persona("wu", "吴倩", _("热线坐席"), "柳渡街道"),
    Persona("zheng", "郑国平", _("调解员"), "柳渡街道"),
    Persona("jiang", "蒋小满", _("网站编辑"), "青砖里"),
    Persona("miaosf", "苗德明", _("商家"), "青砖里"),
    Persona("qin", "秦岚", _("区管理员"), "桂江区"),
    Persona("fan", "范思远", _("审计员"), "桂江区"),
    Persona("tao", "陶志强", _("运维员"), "桂江区"),
    Persona("ding", "丁阿婆", _("居民博主"), "纺机新村 5 幢"),
]

# key, body, role, title, head, since
POSTS = [
    ("fang", "纺机新村业委会", Role.OWNERS_COMMITTEE, "主任", True, date(2022, 5, 14)),
    ("shen", "青砖里居委会", Role.RESIDENTS_COMMITTEE, "主任", True, date(2019, 7, 1)),
    ("song", "青砖里居委会", Role.RESIDENTS_COMMITTEE, "干事", False, date(2021, 3, 1)),
    ("song", "青砖里服务站", Role.SERVICE_STATION, "窗口", False, date(2021, 9, 1)),
    ("gu", "青砖里服务站", Role.SERVICE_STATION, "站长", True, date(2019, 9, 1)),
    ("tang", "邻安物业", Role.PROPERTY_COMPANY, "项目经理", True, date(2018, 1, 1)),
    ("limin", "柳渡街道办", Role.STREET_OFFICE, "主任", True, date(2020, 1, 1)),
    ("wu", "柳渡街道办", Role.CALL_AGENT, "热线坐席", False, date(2022, 2, 1)),
    ("zheng", "柳渡司法所", Role.MEDIATOR, "调解员", False, date(2016, 5, 1)),
    ("jiang", "青砖里居委会", Role.SITE_EDITOR, "网站编辑", False, date(2023, 4, 1)),
    ("miaosf", "苗师傅修理铺", Role.PROVIDER, "店主", True, date(2015, 2, 1)),
    ("qin", "桂江区政府", Role.DISTRICT, "管理员", True, date(2020, 1, 1)),
    ("fan", "桂江区政府", Role.AUDITOR, "审计员", False, date(2021, 1, 1)),
    ("tao", "桂江区政府", Role.OPERATOR, "运维员", True, date(2020, 1, 1)),
]

# key, compound, building, room (or a community alone), kind
STAYS = [
    ("he", "纺机新村3 幢", "403", ResidencyKind.OWNER),
    ("hu", "银杏苑1 幢", "1203", ResidencyKind.TENANT),
    ("zhou", "纺机新村3 幢", "101", ResidencyKind.OWNER),
    ("lu", "运河湾一期2 幢", "1802", ResidencyKind.CO_OWNER),
    ("fang", "纺机新村2 幢", "502", ResidencyKind.OWNER),
    ("miao", "青砖里", "", ResidencyKind.WORKS_HERE),
    ("tang", "丁香雅居1 幢", "705", ResidencyKind.OWNER),
    ("ding", "纺机新村5 幢", "202", ResidencyKind.OWNER),
]


def personas() -> list[Persona]:
    return PERSONAS


def build(world: World) -> None:
    born = world.now - timedelta(days=400)
    for number, persona in enumerate(PERSONAS):
        person = Person.objects.create(
            display_name=persona.name, legal_name=persona.name, demo_key=persona.key, created_at=born
        )
        world.people[persona.key] = person
        if persona.key != "zhou":
            phone = f"+861380000{number:04d}"
            Identifier.objects.create(person=person, kind=Identifier.Kind.PHONE, value=phone, verified_at=born)
    for key, body, role, title, head, since in POSTS:
        Post.objects.create(
            person=world.people[key], body=world.bodies[body], role=role, title=title, is_head=head, since=since
        )
    for key, where, room, kind in STAYS:
        _stay(world, key, where, room, kind)
    _family(world)


def _stay(world: World, key: str, where: str, room: str, kind: ResidencyKind) -> None:
    area = world.places[where]
    if room:
        area = Area.objects.under(area).get(level=Level.HOME, name=room)
    until = world.today + timedelta(days=160) if kind == ResidencyKind.TENANT else None
    since = world.today - timedelta(days=380)
    residency = Residency.objects.create(
        person=world.people[key], area=area, kind=kind, state=ResidencyState.VERIFIED, proof=Proof.CODE,
        claimed_at=world.now - timedelta(days=380), since=since, until=until,
    )  # fmt: skip
    for event, state in (("claim", ResidencyState.CLAIMED), ("verify", ResidencyState.VERIFIED)):
        ResidencyEvent.objects.create(residency=residency, at=residency.claimed_at, event=event, state=state)


def _family(world: World) -> None:
    """陆文静 acts for her mother, and is guardian of her son of ten."""
    today, mother, daughter = world.today, world.people["zhou"], world.people["lu"]
    Mandate.objects.create(
        principal=mother, agent=daughter, scopes=[MandateScope.ALL], how=MandateHow.IN_PERSON,
        since=today - timedelta(days=90), until=today + timedelta(days=275),
        recorded_by=world.people["gu"], recorded_at=world.now - timedelta(days=90),
    )  # fmt: skip
    birthday = date(today.year - 10, 3, 12)
    child = Person.objects.create(
        display_name="陆子墨", legal_name="陆子墨", born=birthday.isoformat(), created_at=world.now - timedelta(days=200)
    )
    world.people["zimo"] = child
    Guardianship.objects.create(
        child=child, guardian=daughter, since=today - timedelta(days=200), until=date(birthday.year + 14, 3, 12),
        consented_at=world.now - timedelta(days=200),
    )  # fmt: skip
