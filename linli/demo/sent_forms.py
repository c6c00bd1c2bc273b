"""Three forms in use with what was sent in the last weeks, one begun, and a draft of the next version."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linli import forms as app
from linli.common.privacy_check import is_id_number
from linli.forms.api import (
    Audience,
    Channel,
    FormKind,
    begin_filling,
    create_form,
    draft_of,
    from_text,
    publish_form,
    save_step,
    send_filling,
    used_version,
)
from linli.people.api import Actor, Person

from .actors import neighbour, office, oneself

if TYPE_CHECKING:
    from .world import World

SEED = 66
DATA = Path(app.__file__).parent / "data"
# key, place, body, audience, published how many days ago, why
FORMS = [
    ("residence-permit", "柳渡街道", "柳渡街道办", Audience.SIGNED_IN, 58, "按新的居住证办法"),
    ("old-age-allowance", "柳渡街道", "柳渡街道办", Audience.SIGNED_IN, 52, "八十岁以上的津贴改成网上也能申请"),
    ("parking-views", "纺机新村", "纺机新村业委会", Audience.ANYONE, 12, "上次例会定的，先听大家的"),
]
VIEWS, ALLOWANCES, PERMITS = 46, 13, 9
WHERE = ["3 幢北面", "大门进来右手", "5 幢门口", "垃圾房边上", "2 幢和 3 幢中间"]
WORDS = [
    "晚上九点以后真的一个位子都没有。", "消防通道先让出来，别的都好商量。", "外来车白天停着不走，要管。", "我家没车，别动那块草地。",
    "钱可以交，账要贴出来。", "充电桩装到北面去，别装在窗下。",
]  # fmt: skip
ELDERS = ["倪桂珍", "沈阿毛", "王凤仙", "徐根宝", "周阿大", "陆秀珍", "钱月娥", "顾福根", "朱招娣", "孙金宝", "马云仙", "何三囡", "蔡小妹"]
NEWCOMERS = ["胡雨桐", "刘洋", "赵倩", "罗家辉", "邓小兰", "彭志远", "曹敏", "石磊", "江雪"]
EMPLOYERS = ["柳渡纺织配件厂", "桂江第二人民医院", "苗师傅修理铺", "运河湾生鲜超市"]


def build(world: World) -> None:
    rng = random.Random(SEED)
    kinds = {key: _form(world, key, place, body, audience, days, why) for key, place, body, audience, days, why in FORMS}
    for kind, answers, when in (
        (kinds["parking-views"], [_view(rng) for _n in range(VIEWS)], 11),
        (kinds["old-age-allowance"], [_allowance(rng, name) for name in ELDERS[:ALLOWANCES]], 50),
        (kinds["residence-permit"], [_permit(rng, name) for name in NEWCOMERS[:PERMITS]], 55),
    ):
        for n, one in enumerate(answers):
            _sent(world, kind, one, n, when, rng)
    _begun(world, kinds)
    fang = office(world, kinds["parking-views"].body)
    draft_of(kind=kinds["parking-views"], by=fang, now=world.now - timedelta(hours=20))


def _form(world: World, key: str, place: str, body: str, audience: Audience, days: int, why: str) -> FormKind:
    at, by = world.now - timedelta(days=days), office(world, world.bodies[body])
    definition = from_text((DATA / f"{key}.json").read_text(encoding="utf-8"))
    kind = create_form(
        key=key, title=definition.title.zh, body=world.bodies[body], place=world.places[place], audience=audience, by=by, now=at,
        definition=definition,
    )  # fmt: skip
    draft = draft_of(kind=kind, by=by, now=at)
    publish_form(draft=draft, revision=draft.revision, why=why, by=by, now=at + timedelta(minutes=20))
    return kind


def _sent(world: World, kind: FormKind, answers: dict[str, Any], n: int, days: int, rng: random.Random) -> None:
    """Every third was typed in by the service station; of the views all came without an account."""
    at = world.now - timedelta(days=rng.uniform(0.2, days))
    station = office(world, world.bodies["青砖里服务站"])
    if kind.audience == Audience.ANYONE:
        by, person, channel = Actor(), None, Channel.WEB
        if n % 6 == 5:
            by, channel = station, Channel.PAPER
    elif n % 3 == 1:
        by, person, channel = station, None, Channel.PHONE if n % 2 else Channel.COUNTER
    else:
        by = neighbour(world, world.places["青砖里"], n)
        person, channel = by.person, Channel.WEB
    _fill(kind, answers, by, person, channel, at)


def _fill(kind: FormKind, answers: dict[str, Any], by: Actor, person: Person | None, channel: Channel, at: Any, *, send: bool = True) -> None:
    version = used_version(kind)
    assert version is not None
    filling = begin_filling(version=version, person=person, by=by, channel=channel, now=at)
    later = at + timedelta(minutes=9)
    saved = save_step(filling=filling, fields=[*answers], values=answers, page="", by=by, now=later)
    if send:
        send_filling(filling=saved, by=by, now=later)


def _begun(world: World, kinds: dict[str, FormKind]) -> None:
    """What the personas have: 胡雨桐 half a permit, 周秀英 an allowance that was sent; the station two that wait for a paper."""
    hu, zhou = (oneself(world, world.people[key]) for key in ("hu", "zhou"))
    _fill(
        kinds["residence-permit"], {"housing": "rent", "since": "2025-03-01", "landlord": "钱启明"}, hu, hu.person, Channel.WEB,
        world.now - timedelta(days=2), send=False,
    )  # fmt: skip
    gu = office(world, world.bodies["青砖里服务站"])
    for channel, answers in ((Channel.PHONE, {"registered": False}), (Channel.COUNTER, {"by_self": False, "living": "children"})):
        _fill(kinds["old-age-allowance"], answers, gu, None, channel, world.now - timedelta(hours=3), send=False)
    allowance = _allowance(random.Random(1), "周秀英")
    _fill(kinds["old-age-allowance"], allowance, zhou, zhou.person, Channel.WEB, world.now - timedelta(days=6))


def _view(rng: random.Random) -> dict[str, Any]:
    cars = rng.choice((0, 1, 1, 1, 2))
    trouble = rng.sample(["full", "blocked", "fire", "walk"], rng.randint(1, 3)) if rng.random() < 0.9 else ["none"]
    fee_ok = rng.random() < 0.55
    found: dict[str, Any] = {"cars": cars, "trouble": sorted(trouble), "fee_ok": fee_ok}
    found["measures"] = rng.sample(["line", "time", "share", "green", "charge"], rng.randint(1, 3))
    if cars:
        found["parks"] = rng.choice(("own", "rent", "yard", "street"))
    if cars and found["parks"] != "own":
        found["plate_wish"] = rng.random() < 0.8
    if trouble != ["none"]:
        found["where"] = rng.choice(WHERE)
    if fee_ok:
        found["fee"] = rng.choice((2000, 3000, 5000, 8000))
    if rng.random() < 0.4:
        found["words"] = rng.choice(WORDS)
    return found


def _allowance(rng: random.Random, name: str) -> dict[str, Any]:
    born, number = next(_papers(rng, 1935, 1945))
    registered = rng.random() < 0.85
    found = {
        "name": name, "id_number": number, "born": born, "age": 2026 - int(born[:4]), "phone": f"+8613800005{rng.randrange(1000):03d}",
        "address": f"纺机新村 {rng.randint(1, 6)} 幢 {rng.randint(1, 3)} 单元 {rng.randint(1, 6)}0{rng.randint(1, 2)}", "registered": registered,
        "living": rng.choice(("alone", "spouse", "children")), "bank": rng.choice(("icbc", "abc", "rcb", "psbc")),
        "card": f"622202{rng.randrange(10**10):010d}", "holder_is_self": True, "by_self": rng.random() < 0.5, "agree": True,
    }  # fmt: skip
    if not registered:
        found["registered_where"] = "邻县河口镇"
    if rng.random() < 0.5:
        found["care_needs"] = ["walk", "medicine"]
    if not found["by_self"]:
        found |= {"helper": f"{name[0]}建华", "helper_relation": "child"}
    return found


def _permit(rng: random.Random, name: str) -> dict[str, Any]:
    _born, number = next(_papers(rng, 1975, 2002))
    rented = rng.random() < 0.7
    found: dict[str, Any] = {
        "name": name, "id_number": number, "phone": f"+8613800006{rng.randrange(1000):03d}", "address": f"银杏苑 1 幢 {rng.randint(2, 18)}0{rng.randint(1, 4)}",
        "since": f"2025-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}", "housing": "rent" if rented else "dorm", "ground": "work",
        "employer": rng.choice(EMPLOYERS), "with_family": False, "delivery": "pick", "agree": True,
    }  # fmt: skip
    if rented:
        found |= {"landlord": "钱启明", "rent": rng.choice((180_000, 220_000, 265_000))}
    return found


def _papers(rng: random.Random, first: int, last: int) -> Iterator[tuple[str, str]]:
    """An invented day of birth and a number of no real place (99) with the right check digit."""
    while True:
        year, month, day = rng.randint(first, last), rng.randint(1, 12), rng.randint(1, 28)
        body = f"990102{year}{month:02d}{day:02d}{rng.randrange(1000):03d}"
        number = next(body + sign for sign in "0123456789X" if is_id_number(body + sign))
        yield f"{year}-{month:02d}-{day:02d}", number
