"""Albums with drawn pictures, one and more for each site."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from linli.portal.api import change_album, make_album, report_picture
from linli.sites.api import group_sites, site_of

from . import actors
from .blog import writer
from .drawing import draw

if TYPE_CHECKING:
    from .world import World

# site, who, days ago, title, lead, evening, pictures: motif, what it shows, what is written under it
ALBUMS: list[tuple[str, str, float, str, str, bool, list[tuple[str, str, str]]]] = [
    ("纺机新村", "ding", 3, "院子里的一天", "从早上的摊子到晚上的灯，用蜡笔画的", False, [
        ("stall", "早点摊前冒着热气", "六点半，第一笼"), ("laundry", "两幢楼之间晒着被单", "太阳好，都出来晒"),
        ("chess", "大树下的石棋桌", "下午三点，观棋不语"), ("bikes", "车棚里的自行车", "下班回来了"),
        ("lamps", "步道边的三盏路灯", "5 幢那盏，亮了"), ("pots", "阳台上的一排花", "睡前浇水"),
    ]),
    ("纺机新村", "邻安物业", 21, "换水管的十天", "哪一段、换成什么样，都画下来", False, [
        ("houses", "要换水管的三幢楼", "先换这一段"), ("lamps", "挖开又铺好的步道", "路面恢复了"),
    ]),
    ("银杏苑", "hu", 14, "银杏黄了三周", "每周同一棵树", False, [
        ("ginkgo", "半黄的银杏", "第一周"), ("ginkgo", "全黄的银杏", "第二周"), ("ginkgo", "落了一地", "第三周"), ("chess", "树下有人摆棋", "第四周，改下棋了"),
    ]),
    ("石桥头", "邻居 1", 18, "桥", "同一座桥", False, [("bridge", "清早的石桥", "清早"), ("bridge", "中午的石桥", "中午"), ("boats", "桥下的船", "下午")]),
    ("运河湾一期", "邻居 2", 16, "架空层图书角", "三百本，随便拿", False, [("shelf", "最上面一排是小说", ""), ("shelf", "第二架，儿童绘本", "缺绘本"), ("pots", "书架边的花", "谁放的？谢谢")]),
    ("运河湾二期", "邻居 3", 26, "夜里的窗", "数了数，十一点还亮着的有四十二扇", True, [("houses", "夜里的楼，窗户亮着", ""), ("boats", "夜里的运河", ""), ("bridge", "夜里的桥", "")]),
    ("丁香雅居", "邻居 4", 20, "天台晒被日", "", False, [("laundry", "晒满了的天台", "单号日"), ("laundry", "又一批被子", "双号日")]),
    ("机厂家属院", "邻居 2", 31, "车棚刷漆之前", "留个底", False, [("bikes", "老车棚", ""), ("houses", "车棚后面的家属楼", "1958 年盖的")]),
    ("青砖里", "青砖里居委会", 8, "邻里节", "三个小区一起办，来了四百多人", False, [
        ("stall", "百家宴的长桌", "一家一道菜"), ("sewing", "缝纫小组的摊位", "现场改了 27 条裤脚"), ("chess", "象棋擂台", "擂主七十三岁"),
        ("vegetables", "自家种的菜", "一小时送完"), ("shelf", "换书的架子", "换走 112 本"),
    ]),
    ("运河湾", "运河湾居委会", 24, "滨河步道修好了", "", False, [("bridge", "步道经过石桥", ""), ("lamps", "新装的路灯", "灯光朝下，不照窗户")]),
    ("丁香新村", "丁香新村居委会", 28, "丁香路的早市", "", False, [("vegetables", "三筐菜", "都是本地的"), ("stall", "冒热气的摊子", "丁香路 8 号门口")]),
    ("柳渡街道", "柳渡街道办", 35, "一条街的房子", "从河边走到机厂", False, [("boats", "河边的老房子", ""), ("houses", "柳渡路的新村", ""), ("ginkgo", "银杏巷口", ""), ("laundry", "机厂路", "")]),
    ("护河志愿队", "护河志愿队", 6, "第 412 个周日", "", False, [("bridge", "集合的石桥", "7:30"), ("boats", "借来的两条船", "捞了水草"), ("bridge", "收队", "9:40")]),
    ("缝纫小组", "缝纫小组", 9, "改过的衣服", "", False, [("sewing", "六台机器里的一台", ""), ("sewing", "墙上的成品", "背带裤改的围裙")]),
]  # fmt: skip


def build(world: World) -> None:
    sites = {one[0]: site_of(world.places[one[0]]) for one in ALBUMS if one[0] in world.places}
    sites |= {site.name: site for site in group_sites(world.places["柳渡街道"], world.today)}
    for n, (where, who, days, title, lead, evening, pictures) in enumerate(sorted(ALBUMS, key=lambda one: -one[2])):
        site = sites[where]
        assert site is not None
        by, at = writer(world, site, who), world.now - timedelta(days=days)
        album = make_album(
            by=by, site=site, title=title, lead=lead, as_office=who in world.bodies, now=at,
            uploads=[(draw(motif, n * 10 + k, evening=evening), alt) for k, (motif, alt, _said) in enumerate(pictures)],
        )  # fmt: skip
        rows = list(album.pictures.all())
        words = {row.pk: (alt, said) for row, (_motif, alt, said) in zip(rows, pictures, strict=True)}
        change_album(by=by, album=album, title=title, lead=lead, words=words, cover=rows[0].pk, now=at + timedelta(minutes=9))
        if title == "桥":
            report_picture(
                by=actors.oneself(world, world.people["he"]), picture=rows[-1], reason="船上的编号看得清，船主不一定愿意",
                now=world.now - timedelta(hours=30),
            )  # fmt: skip
