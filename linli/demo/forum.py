"""A dozen topics that show what the forum can do: an office's answer, quotations, calls by name, a box, unnamed words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from linli.common.ids import uuid7
from linli.forum.api import Board, Post, Topic, ensure_boards, keep_pictures, open_topic, write_post
from linli.people.api import Actor

from . import actors
from .drawing import draw

if TYPE_CHECKING:
    from .world import World

Said = tuple[str, str]  # who and what; `> n` at the beginning of what quotes post n


@dataclass(frozen=True)
class Talk:
    """A topic: `hours` ago, who opened it, and what followed, an even time apart."""

    place: str
    hours: int
    who: str
    title: str
    text: str
    replies: tuple[Said, ...] = ()
    tags: str = ""
    picture: tuple[str, str] | None = None
    every: float = 1.5  # hours between two posts


TALKS = (
    Talk(
        "纺机新村", 200, "邻居 1", "5 幢北侧的步道晚上太黑，能不能加两盏灯？",
        "下班走 5 幢北侧那条步道，从垃圾房到小门大约六十米，一盏亮的灯都没有。上周三我婆婆在台阶那里绊了一下，还好没摔。\n\n"
        "原来有三盏，去年冬天陆续不亮了。想请 @物业 看看是修还是换；如果要加灯，大家觉得加在哪里好？",
        (
            ("邻居 2", "三盏我都数过，最东头那盏灯罩里进水了。台阶边最要紧，先修那盏。"),
            (
                "邻安物业",
                "灯我们昨晚去看了：\n\n1. 三盏都是灯头坏了，线路没问题。灯具停产，要换同规格的新灯。\n2. 台阶处**今晚先装一盏临时灯**，"
                "明早请大家帮忙看看够不够亮。\n3. 新灯最迟 9 天后装好，到货有变化，我在这里说。",
            ),
            ("邻居 3", "> 台阶处今晚先装一盏临时灯\n\n看到了，装得挺快。亮度够，就是有点晃二楼的窗。"),
            ("邻安物业", "角度已经往下压了。谢谢提醒。"),
            ("邻居 1", "昨天三盏都亮了，比原来亮堂。晚到三天，但每天都说了进展，这样挺好。"),
        ),
        "路灯，公共区域", ("lamps", "夜里的步道，路灯不亮"), 20.0,
    ),
    Talk("纺机新村", 30, "邻居 4", "谁家的橘猫？在 3 幢车棚待了两天，已经喂过", "橘白相间，左耳有个缺口，不怕人。喂了水和一点鸡肉，先放在车棚里。", (
        ("邻居 5", "像 2 幢胡阿姨家的，我去问问。"), ("邻居 4", "胡阿姨来看过，不是她家的。再等等。"),
    ), "寻物招领"),
    Talk("纺机新村", 9, "邻居 6", "借一架人字梯，周六用半天", "换客厅的灯，周六上午用，中午就还。", (("邻居 7", "我家有，两米的够不够？"), ("邻居 6", "够了够了，周六早上去拿。")), "借东西"),
    Talk("纺机新村", 5, "邻居 8", "东门早上 7 点半堵车，家长们商量个办法", "送孩子的车和出小区的车顶在一起，今天堵了十二分钟。\n\n- 送到南边公交站再走过去\n- 错开十分钟\n- 请物业早上派个人", (
        ("邻居 9", "我愿意错开，7 点 20 出门。"), ("纺机新村业委会", "周五晚上 7 点在活动室碰一下，有车的家长请来一位。"),
    ), "停车，上学", every=0.7),
    Talk("纺机新村", 3, "邻居 10", "6 幢的快递柜能不能往里挪半米？轮椅过不去", "柜子占了坡道的三分之一，轮椅要侧着推。"),
    Talk("青砖里", 150, "青砖里居委会", "三个小区的楼道杂物，这个月一起清", "从本周六开始，一个小区一天。要留的东西请搬回家，没人认的统一清走，清之前拍照贴在楼下三天。", (
        ("邻居 3", "5 幢一楼那辆没轮子的自行车可以清走。"), ("青砖里居委会", "记下了，周六先清 5 幢。"),
    ), "楼道", every=9),
    Talk("青砖里", 60, "邻居 11", "傍晚的广场舞，音乐能不能八点半停", "孩子八点半睡。不是不让跳，声音小一点、早半小时收就行。", (
        ("邻居 12", "跳舞的是我妈。我回去说，音箱朝河那边放。"), ("邻居 11", "太谢谢了。"), ("青砖里居委会", "和领队说好了：八点半收，音箱朝河。一周后我们再来听听。"),
    ), "噪声", every=3),
    Talk("银杏苑", 40, "邻居 2", "暑假想拼一个游泳班，三年级左右", "目前四个孩子，教练要六个开班。", (("邻居 5", "算我家一个，二年级可以吗？"),), "孩子"),
    Talk("运河湾", 70, "邻居 3", "河边的栏杆松了一截", "靠近二号桥，能晃动，孩子爱靠着。", (("运河湾居委会", "已经报给河道养护，今天下午先拉了警示带。"),), "安全"),
    Talk("运河湾一期", 20, "邻居 1", "电梯里的保护板什么时候拆", "装修都结束两个月了，木板上开始掉屑。"),
    Talk("丁香雅居", 26, "邻居 2", "有人一起团豆浆机的滤网吗", "原装的要 40，十个起批 22。", (("邻居 3", "要一个。"), ("邻居 4", "我要两个。")), "团购"),
    Talk("石桥头", 90, "邻居 1", "晒被子的杆子轮流用，写个表行不行", "楼下只有三根，周末抢不到。", (("邻居 2", "行，贴在门洞里。"),)),
)  # fmt: skip


def build(world: World) -> None:
    ensure_boards()
    boards = {board.name: board for board in Board.objects.filter(theme="").select_related("place")}
    boards |= {board.place.name: board for board in boards.values()}
    for talk in sorted(TALKS, key=lambda one: -one.hours):
        if talk.place in boards:
            _talk(world, boards[talk.place], talk)


def _talk(world: World, board: Board, talk: Talk) -> Topic:
    at, key = world.now - timedelta(hours=talk.hours), uuid7()
    by = _who(world, board, talk.who)
    topic = open_topic(
        by=by, board=board, title=talk.title, text=talk.text, tags=talk.tags, as_office=talk.who in world.bodies, key=key,
        alts=_picture(by, key, talk.picture, at), now=at,
    )  # fmt: skip
    for who, text in talk.replies:
        at += timedelta(hours=talk.every)
        _reply(world, board, topic, who, text, min(at, world.now))
    return topic


def _reply(world: World, board: Board, topic: Topic, who: str, text: str, at: datetime) -> Post:
    return write_post(
        by=_who(world, board, who), topic=topic, text=text, as_office=who in world.bodies, now=at
    )


def _who(world: World, board: Board, who: str) -> Actor:
    if who in world.people:
        return actors.oneself(world, world.people[who])
    if who in world.bodies:
        return actors.office(world, world.bodies[who])
    return actors.neighbour(world, board.place, int(who.split()[-1]))


def _picture(by: Actor, key: UUID, picture: tuple[str, str] | None, at: datetime) -> dict[UUID, str]:
    if picture is None:
        return {}
    motif, alt = picture
    return {
        file.pk: alt for file in keep_pictures(by=by, key=key, uploads=[draw(motif, 3, evening=True)], now=at)
    }
