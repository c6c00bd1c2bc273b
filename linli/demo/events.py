"""Events of every site: what was held in the last weeks, what is ahead; one full with people in line, one cancelled."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from linli.activities.api import Event, EventState, EventStep, How, Signup, SignupState
from linli.common.clock import SHANGHAI
from linli.people.api import Residency

if TYPE_CHECKING:
    from .world import World

SEED = 60


@dataclass(frozen=True)
class Plan:
    """`day` from today, `at` and `hours` of the day; `guests` sign up, the last of them wait where it is full."""

    place: str
    body: str
    day: int
    at: str
    hours: int
    title: str
    where: str
    text: str
    capacity: int | None = None
    guests: int = 0
    companions: int = 0
    fee: int = 0
    cancelled: str = ""
    known: tuple[str, ...] = ()
    with_signup: bool = True


P = Plan
SEW = "会踩缝纫机的来教，不会的带一件旧衣服来改。\n\n带来：\n\n- 一件想改的衣服\n- 有剪刀的带剪刀\n\n布头、线和茶水这边有。"
RIVER = "从石桥头走到水闸，来回 3 公里，**边走边捡**。手套和夹子到现场领，小朋友跟着大人走里侧。\n\n下雨就改到下周日，早上 6:30 前发消息。"
FREE_CLINIC = "量血压、测血糖，问问药怎么吃。\n\n- 测血糖的请空腹来\n- 带上平时吃的药和医保卡"
MOVIE = "自己带凳子，前排留给老人和小朋友。下雨就改在活动室。"
EXERCISE = "从坐着的动作开始，膝盖不好也能跟。穿软底鞋，带一瓶水。"
PLANS = [
    P("青砖里", "缝纫小组", 3, "14:00", 2, "旧衣改一改：缝纫小组教锁边", "社区 2 楼", SEW, 12, 6, 1, known=("he",)),
    P("青砖里", "护河志愿队", 4, "7:30", 2, "河边捡拾，走完全程 3 公里", "石桥头", RIVER, None, 14, 3),
    P("青砖里", "青砖里居委会", 6, "9:00", 3, "免费量血压、测血糖", "居委会门口", FREE_CLINIC, with_signup=False),
    P("青砖里", "青砖里服务站", 9, "15:00", 1, "手机挂号、看报告，现场手把手教", "服务站窗口边", "带上自己的手机，不用先下载。一位志愿者带两个人，慢慢来。", 10, 13, 0, known=("zhou",)),
    P("青砖里", "青砖里居委会", -5, "9:30", 2, "加装电梯说明会", "活动室", "设计院的人在场，先讲方案，再回答问题。", 40, 31, 1, known=("he", "fang", "hu")),
    P("青砖里", "缝纫小组", -19, "14:00", 2, "旧衣改一改：换拉链", "社区 2 楼", SEW, 12, 11, 0, known=("he",)),
    P("青砖里", "护河志愿队", -26, "7:30", 2, "河边捡拾", "石桥头", RIVER, None, 22, 2),
    P("纺机新村", "邻安物业", 2, "19:00", 2, "露天电影：小院放《城南旧事》", "3 幢南面空地", MOVIE, with_signup=False),
    P("纺机新村", "纺机新村业委会", 5, "18:30", 1, "业委会接待：停车位怎么排", "2 幢门房", "带上车位编号。来不了的写在问题版，一样算数。", 15, 5),
    P("纺机新村", "邻安物业", 8, "8:30", 3, "磨刀、修伞、配钥匙", "物业前台", "师傅自带工具，收个材料钱。", None, 0, 0, 500, with_signup=False),
    P("纺机新村", "邻安物业", 11, "9:30", 2, "学用灭火器", "中心花园", "每人都能喷一次。", 20, 8, 1, cancelled="消防站那天有任务，改期另行通知", known=("he",)),
    P("纺机新村", "邻安物业", -12, "9:00", 3, "旧家电上门收", "各幢楼下", "洗衣机、冰箱都收，当场结账。", None, 17),
    P("银杏苑", "银杏苑业委会", 3, "10:00", 1, "银杏苑 2 幢电梯使用说明", "会所 201", "维保师傅讲怎么用、困住了怎么办。", 20, 9, 1, known=("hu",)),
    P("银杏苑", "邻安物业", 7, "19:30", 1, "晚间健步走", "南门集合", EXERCISE, None, 12, 2),
    P("银杏苑", "银杏苑业委会", -9, "14:00", 2, "儿童换书会", "会所一楼", "三本换三本，多的留给书架。", 30, 24, 2),
    P("石桥头", "青砖里居委会", 5, "8:30", 2, "测一测水：河水取样", "石桥头码头", "和护河志愿队一起取水样，结果当天公布。", 16, 7, 1),
    P("石桥头", "青砖里居委会", -15, "9:00", 2, "清楼道，认领一层", "石桥头 2 幢", "扫把、袋子社区出。", None, 18, 3),
    P("运河湾", "运河湾居委会", 2, "9:00", 2, "坐着练：椅子操入门", "滨河东路 301 号底楼", EXERCISE, 15, 18, 0, known=("lu",)),
    P("运河湾", "运河湾服务站", 5, "10:00", 1, "社保问题面对面", "服务站", "带身份证，能查的当场查。", 20, 12),
    P("运河湾", "运河湾居委会", 10, "14:30", 2, "楼道花盆怎么摆才不挡道", "架空层", "消防的人来讲，听完一起搬。", None, 6, 1),
    P("运河湾", "运河湾居委会", -8, "9:00", 3, "义诊：眼科和骨科", "居委会底楼", FREE_CLINIC, 50, 44, 1),
    P("运河湾一期", "运河物业", 3, "18:30", 1, "电动车充电位怎么用", "一期架空层", "第一次用的来试一次，免费送一次充电。", None, 10, 1, known=("lu",)),
    P("运河湾一期", "运河湾一期业委会", 9, "14:00", 2, "公共收益账目说明", "一期架空层", "每一笔都可以问。账本现场翻。", 40, 21),
    P("运河湾一期", "运河物业", -14, "19:00", 2, "邻里乒乓", "会所", "有拍带拍。", 16, 16, 0),
    P("运河湾二期", "运河物业", 4, "9:30", 2, "阳台番茄分苗", "二期北门", "一户两棵，花盆自带。", 40, 27, 1, 300),
    P("运河湾二期", "运河湾居委会", -21, "15:00", 2, "写春联剩下的红纸做灯笼", "架空层", "大人小孩都行。", 24, 20, 3),
    P("丁香新村", "丁香新村居委会", 2, "15:00", 2, "围棋室开张，先到先下", "居委会 2 楼", "初学的有人带。棋子轻拿轻放。", with_signup=False),
    P("丁香新村", "丁香新村居委会", 6, "9:00", 2, "老厂老照片，拿来一起认", "居委会会议室", "带上照片，当场扫描，原件带走。", 30, 17, 2),
    P("丁香新村", "丁香新村居委会", -11, "14:00", 2, "腌笃鲜交流会", "社区厨房", "各家带一碗。", 20, 20, 0, 1000),
    P("丁香雅居", "丁香后勤", 4, "19:00", 1, "新住户见面", "中庭", "认认楼上楼下。", None, 9, 3, known=("tang",)),
    P("丁香雅居", "丁香后勤", -17, "9:00", 2, "消防通道一起清", "地下车库", "手套发。", None, 13, 1),
    P("机厂家属院", "丁香后勤", 5, "8:00", 2, "院里修自行车", "老车棚", "带气筒的带气筒。零件按进价收。", 25, 14, 0),
    P("机厂家属院", "丁香新村居委会", -6, "15:00", 2, "机厂故事会", "老礼堂", "当年的车间主任讲讲那口炉子。", 60, 38, 2),
    P("柳渡街道", "护河志愿队", 8, "8:00", 3, "全街道护河日", "各桥头集合", RIVER, 120, 33, 4, known=("he", "hu")),
    P("柳渡街道", "柳渡街道办", 12, "9:00", 6, "就业和零工集市", "柳渡路 1 号院内", "有二十多家单位来，带一份简历，没有的现场写。", with_signup=False),
    P("柳渡街道", "柳渡街道办", -24, "9:00", 6, "办事集中日", "柳渡路 1 号", "九个窗口都开。", 200, 74, 1),
]  # fmt: skip


def build(world: World) -> None:
    rng = random.Random(SEED)
    events, signups, steps = [], [], []
    crowds: dict[str, list[Any]] = {}
    for plan in PLANS:
        crowd = crowds.setdefault(plan.place, _people(world, plan.place))
        event = _event(world, plan)
        rows = list(_signups(world, plan, event, crowd, rng))
        event.taken = sum(row.seats for row in rows if row.state == SignupState.GOING)
        event.queued = sum(row.seats for row in rows if row.state == SignupState.WAITING)
        event.came = sum(row.seats for row in rows if row.came_at)
        events.append(event)
        signups += rows
        steps += _steps(event)
    Event.objects.bulk_create(events)
    Signup.objects.bulk_create(signups, batch_size=200)
    EventStep.objects.bulk_create(steps)


def _event(world: World, plan: Plan) -> Event:
    hour, minute = map(int, plan.at.split(":"))
    starts = datetime.combine(world.today + timedelta(days=plan.day), time(hour, minute), SHANGHAI)
    ends = starts + timedelta(hours=plan.hours)
    written = min(starts, world.now).astimezone(SHANGHAI).date() - timedelta(days=9)
    made = datetime.combine(written, time(9, 40 + plan.day % 15), SHANGHAI)
    past = ends <= world.now
    state = EventState.CANCELLED if plan.cancelled else EventState.HELD if past else EventState.OPEN
    body = world.bodies[plan.body]
    return Event(
        place=world.places[plan.place], body=body, title=plan.title, where=plan.where, text=plan.text, starts=starts,
        ends=ends, state=state, with_signup=plan.with_signup, capacity=plan.capacity, companions=plan.companions,
        fee=plan.fee, contact=f"{body.phone}，{body.name}" if body.phone else "", made_at=made,
        published_at=made + timedelta(hours=5), cancel_why=plan.cancelled, version=1 if plan.cancelled else 0,
        changed_at=world.now - timedelta(hours=20) if plan.cancelled else made + timedelta(hours=5),
        reminded_at=starts - timedelta(days=1) if past else None,
    )  # fmt: skip


def _signups(
    world: World, plan: Plan, event: Event, crowd: list[Any], rng: random.Random
) -> Iterator[Signup]:
    """The personas first, then neighbours; who no longer finds a place stands in line."""
    known = [world.people[key].pk for key in plan.known]
    others = [one for one in rng.sample(crowd, min(len(crowd), plan.guests + 5)) if one not in known]
    taken, queue, at = 0, False, event.published_at
    assert at is not None
    for person in [*known, *others][: plan.guests]:
        companions = rng.choice((0, 0, 0, 1, 2)) % (plan.companions + 1)
        at += timedelta(minutes=rng.randint(4, 300))
        queue = queue or (plan.capacity is not None and taken + 1 + companions > plan.capacity)
        taken += 0 if queue else 1 + companions
        came = (
            event.starts + timedelta(minutes=rng.randint(-20, 15)) if event.state == EventState.HELD else None
        )
        yield Signup(
            event=event, person_id=person, companions=companions, at=min(at, world.now - timedelta(minutes=9)),
            state=SignupState.WAITING if queue else SignupState.GOING, how=How.ONLINE,
            came_at=came if not queue and rng.random() < 0.85 else None,
        )  # fmt: skip


def _steps(event: Event) -> Iterator[EventStep]:
    yield EventStep(event=event, at=event.made_at, done="create", state=EventState.DRAFT)
    yield EventStep(event=event, at=event.published_at, done="publish", state=EventState.OPEN)
    if event.state == EventState.HELD:
        yield EventStep(event=event, at=event.ends, done="hold", state=EventState.HELD)
    if event.is_cancelled:
        yield EventStep(
            event=event, at=event.changed_at, done="cancel", state=EventState.CANCELLED, why=event.cancel_why
        )


def _people(world: World, place: str) -> list[Any]:
    """Who may come, in a steady order; personas come by name only."""
    stays = Residency.objects.filter(
        area__path__under=world.places[place].path, person__demo_key=""
    ).verified_on(world.today)
    return list(dict.fromkeys(stays.order_by("area_id", "kind", "pk").values_list("person_id", flat=True)))[
        :400
    ]
