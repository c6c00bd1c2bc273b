"""The boards of the demo's forum: one a place, and the themes that its committee opened beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from linli.forum.api import Audience, Board, ensure_boards, open_board

from . import actors

if TYPE_CHECKING:
    from .world import World

_BOX = {"reads": Audience.OWN, "writes": Audience.OWN, "anonymous": True}
_HELP = ("help", "邻里互助", "Lending a hand", "借把梯子、搭把手、问个路子，有来有往", {})
_SWAP = ("swap", "二手闲置", "Second hand", "不用的东西找个新主人；写清成色，当面交", {})
_CHAT = ("chat", "随便聊聊", "Chat", "家长里短，做饭种花", {})
_BOXED = ("box", "意见箱", "Complaint box", "只有您自己和处理的单位看得到，可以不署名", _BOX)

# place, who opens them, themes
THEMES = [
    ("青砖里", "青砖里居委会", (_HELP, _SWAP, _CHAT, _BOXED, ("offices", "各单位协调", "Offices", "只有各单位看得到：谁来办，哪天办完", {"reads": Audience.OFFICES, "writes": Audience.OFFICES}))),
    ("运河湾", "运河湾居委会", (_HELP, _SWAP, _CHAT, _BOXED)),
    ("丁香新村", "丁香新村居委会", (_HELP, _CHAT, _BOXED)),
    ("纺机新村", "纺机新村业委会", (("lift", "加装电梯", "New lifts", "只有本小区的人看得到：方案、分摊、进度", {"reads": Audience.MEMBERS}),)),
    ("银杏苑", "银杏苑业委会", (("swap", "团购和闲置", "Group buys", "凑单、转让，写清几号截止、在哪里拿", {}),)),
    ("运河湾一期", "运河湾一期业委会", (("parking", "车位和充电", "Parking", "车位、充电桩、地库", {}),)),
]  # fmt: skip
LEADS = {
    "青砖里": "三个小区的事都能说；急事请先打 555 0110",
    "运河湾": "一期二期都在这里；急修打 555 0133",
    "丁香新村": "丁香雅居和机厂家属院一起的事",
    "石桥头": "没有物业，事情大家商量着办",
}


def build(world: World) -> dict[str, Board]:
    """All boards by `place` or `place/theme`."""
    at = world.now - timedelta(days=200)
    ensure_boards()
    for place, body, themes in THEMES:
        by = actors.office(world, world.bodies[body])
        for n, (theme, name, english, lead, how) in enumerate(themes, 1):
            open_board(
                by=by,
                place=world.places[place],
                theme=theme,
                name=name,
                name_en=english,
                lead=lead,
                order=10 * n,
                now=at,
                **how,
            )
    found = {
        f"{one.place.name}/{one.theme}".rstrip("/"): one for one in Board.objects.select_related("place")
    }
    for place, lead in LEADS.items():
        found[place].lead = lead
        found[place].save(update_fields=["lead"])
    return found
