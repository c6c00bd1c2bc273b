"""Arranged first pages of two sites, guides, and files to download; the picture and the forms are drawn here."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw

from linli.people.api import Actor
from linli.sites.api import Site, site_of
from linli.studio.api import GuideKind, add_file, arrange, open_home, shape_look, write_guide

if TYPE_CHECKING:
    from .world import World

AFFAIRS, LIVING = GuideKind.AFFAIRS, GuideKind.LIVING
# place, days ago, kind, title, line, steps (what, how), text, phone (who, number)
GUIDES: list[tuple[str, int, str, str, str, list[tuple[str, str]], str, tuple[str, str]]] = [
    ("青砖里", 52, AFFAIRS, "办居住证", "租住满半年就能办，当天交材料，15 个工作日拿证。",
     [("备好三样", "身份证、租房合同、一张照片。合同没备案也行，房东陪您来一趟。"), ("到窗口交", "周一至周六 8:30—17:30，服务站 2 号窗口，不用预约。"),
      ("等短信来取", "15 个工作日。白天没空，周三窗口开到 20:00。")],
     "孩子要上学的，请在三月底以前办好。换了住处，一个月内来改地址，不收钱。", ("青砖里服务站", "555 0100")),
    ("青砖里", 44, AFFAIRS, "高龄津贴怎么领", "户口在本市，满 80 周岁，从当月算起。",
     [("说一声", "打电话、到窗口，或者请楼组长转告，都算申请。"), ("等社区核对", "户口和年龄我们自己查，不用您交复印件。"), ("次月 15 日前到账", "打到老人自己的卡上，有短信。")],
     "自己来不了的，工作人员带设备上门，十几分钟办完。", ("青砖里居委会", "555 0102")),
    ("青砖里", 31, LIVING, "垃圾什么时候倒", "早 7:00—9:00，晚 18:00—20:00，四个点都有人。",
     [("厨余单独倒", "袋子投到旁边的桶里，桶边有水龙头洗手。"), ("大件先约", "沙发、床垫打电话约，周六上午来拉，不收钱。")],
     "错过时间的，3 幢东边的误时点一直开着。旧电池、旧药交到服务站。", ("邻安物业", "555 0108")),
    ("纺机新村", 26, LIVING, "装修要先说一声", "开工前三天备案，周末和午休不能敲。",
     [("填一张表", "表在资料里下载，或者到物业拿。"), ("交给物业", "当天看，水电、承重墙会上门看一眼。"), ("贴在单元门口", "写明几月几日到几月几日，邻居心里有数。")],
     "能动工的时间：工作日 8:00—12:00、14:00—18:00。垃圾装袋，堆到北门东侧，别放楼道。", ("邻安物业", "555 0108")),
    ("纺机新村", 17, LIVING, "来了客人怎么停车", "北门进，先登记车牌，两小时内不收费。",
     [("到北门登记", "说找哪一户，保安会和您确认。"), ("停在白线里", "东侧一排 12 个位子。消防通道的黄线不能停。")],
     "过夜停车每晚 10 元，钱进小区公共账，每季度公布。", ("北门岗亭", "555 0111")),
    ("柳渡街道", 9, AFFAIRS, "开一家小店要办什么", "一次交齐，五个工作日拿执照。",
     [("先问清楚", "打电话说您要开什么店，我们告诉您要哪几样。"), ("一次交齐", "街道办事大厅 3 号窗口，帮您填表。"), ("五个工作日取照", "也可以寄到店里。")],
     "开饮食店的，要先请人看排烟和下水，图纸可以现场画。", ("街道办事大厅", "555 0199")),
]  # fmt: skip


def build(world: World) -> None:
    """The guides in the order in which they were written, the files, then the arrangement that leads to them."""
    for place, days, kind, title, intro, steps, text, phone in GUIDES:
        site = _site(world, place)
        body = [("text", f"<p>{text}</p>"), ("phone", {"name": phone[0], "number": phone[1]})]
        write_guide(
            site=site, title=title, kind=GuideKind(kind), intro=intro, body=body, by=None, now=world.now - timedelta(days=days),
            steps=[("step", {"title": what, "text": how}) for what, how in steps],
        )  # fmt: skip
    files = _files(world)
    _community(world, files)
    _compound(world, files)


def _site(world: World, place: str) -> Site:
    site = site_of(world.places[place])
    assert site is not None
    return site


def _files(world: World) -> dict[str, Any]:
    editor = Actor(person=world.people["jiang"])
    forms = (("装修备案表", ["房号：", "开工日期：", "完工日期：", "装修单位和电话："]), ("居住证申请表", ["姓名：", "现住地址：", "来本市日期："]),
             ("大件垃圾预约单", ["房号：", "东西：", "方便的时间："]))  # fmt: skip
    kept = {}
    for n, (title, lines) in enumerate(forms):
        place = "纺机新村" if n == 0 else "青砖里"
        kept[title] = add_file(
            site=_site(world, place), uploaded=_named(pdf(title, lines), f"{title}.pdf"), title=title, by=editor,
            now=world.now - timedelta(days=40 - n),
        )  # fmt: skip
    kept["gate"] = add_file(
        site=_site(world, "青砖里"), uploaded=_named(drawn_gate(), "大门.png"), title="新刷的大门", alt="青砖里的大门，门楼刷了蓝漆，两边的窗亮着灯",
        by=editor, now=world.now - timedelta(days=20),
    )  # fmt: skip
    return kept


def _community(world: World, files: dict[str, Any]) -> None:
    site = _site(world, "青砖里")
    home = open_home(site=site, now=world.now - timedelta(days=50))
    links = [("办居住证", f"{site.url}guides/ban-ju-zhu-zheng/"), ("高龄津贴怎么领", f"{site.url}guides/gao-ling-jin-tie-zen-me-ling/"),
             ("垃圾什么时候倒", f"{site.url}guides/la-ji-shen-me-shi-hou-dao/"), ("下载表格", f"{site.url}files/")]  # fmt: skip
    arrange(
        home=home,
        main=[("notices", None), ("forum", None), ("blog", None), ("albums", None), ("pictures", {"title": "大门修好了", "pictures": [{"picture": files["gate"], "caption": "5 月刷完，灯也换了"}]})],
        aside=[
            ("duty", None), ("links", {"title": "常被问的事", "links": [{"label": label, "address": url} for label, url in links]}),
            ("questions", None), ("directory", None), ("events", None),
        ],
    )  # fmt: skip


def _compound(world: World, files: dict[str, Any]) -> None:
    site = _site(world, "纺机新村")
    shape_look(
        site=site, lead="288 户，八幢楼，南门 24 小时有人", accent="dai", banner=_named(drawn_gate(seed=2), "横幅.png"),
        alt="纺机新村从南门看进去，楼前一排香樟", by=Actor(person=world.people["jiang"]), now=world.now - timedelta(days=30),
    )  # fmt: skip
    home = open_home(site=site, now=world.now - timedelta(days=30))
    arrange(
        home=home,
        main=[("notices", None), ("forum", None), ("events", None), ("blog", None), ("albums", None)],
        aside=[
            ("duty", None),
            ("questions", None),
            ("directory", None),
            ("text", {"title": "门什么时候开", "text": "<p>南门 24 小时。北门 5:00—23:00，车从北门进。东门只走人。</p>"}),
            ("links", {"title": "下载", "links": [{"label": "装修备案表", "address": f"{site.url}files/"}]}),
        ],
    )  # fmt: skip


def _named(content: bytes, name: str) -> io.BytesIO:
    stream = io.BytesIO(content)
    stream.name = name
    return stream


def drawn_gate(seed: int = 1) -> bytes:
    """A house seen straight from the front, in the tones of the identity; nobody on it."""
    image = Image.new("RGB", (1600, 600), "#dfe6e2")
    pen = ImageDraw.Draw(image)
    for n in range(7):
        left, top = 40 + n * 225, 150 + (n * 37 * seed) % 120
        pen.rectangle(
            (left, top, left + 190, 520),
            fill=("#f4f1e8", "#e9e4d6", "#eef1ec")[n % 3],
            outline="#1a1f22",
            width=3,
        )
        pen.polygon(
            [(left - 10, top), (left + 95, top - 60), (left + 200, top)],
            fill="#094a84" if n % 2 else "#6a420b",
            outline="#1a1f22",
        )
        for row in range(3):
            for column in range(3):
                x, y = left + 20 + column * 55, top + 25 + row * 80
                lit = (row * 3 + column + n * seed) % 4 == 0
                pen.rectangle(
                    (x, y, x + 35, y + 50), fill="#e8a33d" if lit else "#c9d4d0", outline="#1a1f22", width=2
                )
    pen.rectangle((0, 520, 1600, 600), fill="#c4cac4")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def pdf(title: str, lines: list[str]) -> bytes:
    """One A4 sheet with a heading and lines to fill in, in a face that every reader has."""
    shown = [("24", 770, title)] + [("13", 700 - 60 * n, line) for n, line in enumerate(lines)]
    text = "".join(
        f"BT /F {size} Tf 60 {y} Td <{words.encode('utf-16-be').hex()}> Tj ET\n" for size, y, words in shown
    )
    rules = "".join(f"60 {690 - 60 * n} m 540 {690 - 60 * n} l S\n" for n in range(len(lines)))
    stream = (text + rules).encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor 7 0 R>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for n, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (n, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 8\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 8/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    )
