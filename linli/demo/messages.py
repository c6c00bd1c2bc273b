"""Letters in the inboxes of the personas: what their committee wrote and what became of their affairs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from linli.messaging.api import Free, open_for, tell
from linli.people.api import Residency, ResidencyState

if TYPE_CHECKING:
    from .world import World

# key, sender, for whom they speak, place, days ago, title, text, urgent, wants an acknowledgement
WRITTEN: list[tuple[str, str, str, str, float, str, str, bool, bool]] = [
    ("lamp", "shen", "青砖里居委会", "纺机新村", 12, "路灯换好了", "纺机新村 3 幢到 5 幢的路灯 5 盏都换好了。哪盏又不亮，直接报修。", False, False),
    ("meeting", "shen", "青砖里居委会", "纺机新村", 5, "周六上午开楼栋会", "周六 9:30 在活动室，说加装电梯的事。来不了的，写在问题版也算数。", False, False),
    ("water", "shen", "青砖里居委会", "纺机新村", 1.1, "明天上午停水", "8:00 到 12:00 换水管，先存点水。12:00 前恢复，没水打居委会电话。", True, True),
    ("lift", "shen", "青砖里居委会", "银杏苑", 3, "1 幢电梯年检", "周四 14:00 到 16:00，1 幢电梯停用。腿脚不便的请早点上下楼。", False, False),
    ("station", "limin", "柳渡街道办", "青砖里", 8, "服务站周三延长到 20:00", "白天上班的，周三晚上也能来办社保、开证明。", False, False),
]
OPENED = {"lamp": ("he", "hu", "fang"), "meeting": ("he", "zhou", "fang"), "station": ("he",), "lift": ()}


def build(world: World) -> None:
    """The oldest first, as they would have been written."""
    for name, place in (("he", "纺机新村"), ("hu", "银杏苑"), ("zhou", "纺机新村")):
        at = world.now - timedelta(days=380)
        letter = tell(
            person=world.people[name], template="residency.verified", key=f"demo verified {name}",
            context={"place": place}, channels=[], now=at,
        )  # fmt: skip
        open_for(message=letter, people=[world.people[name]], now=at + timedelta(hours=5))
    for key, sender, speaks, place, days, title, text, urgent, ack in sorted(WRITTEN, key=lambda one: -one[4]):
        at = world.now - timedelta(days=days)
        free = Free(title, text, world.people[sender], speaks)
        area = world.places[place]
        message = tell(
            people=_people(area, world), template="free", key=f"demo {key}", free=free, place=area, urgent=urgent,
            wants_ack=ack, channels=[], now=at,
        )  # fmt: skip
        open_for(message=message, people=[world.people[name] for name in OPENED.get(key, ())], now=at + timedelta(hours=2))
        if ack:
            open_for(message=message, people=[world.people["fang"], world.people["zhou"]], now=at + timedelta(hours=1), acknowledged=True)


def _people(area: Any, world: World) -> list[Any]:
    """Up to twenty, so that all is there at once; the personas first."""
    stays = Residency.objects.filter(area__path__under=area.path, state=ResidencyState.VERIFIED).order_by("pk")
    living = set(stays.values_list("person_id", flat=True))
    known = [person.pk for person in world.people.values() if person.pk in living]
    others = [one for one in dict.fromkeys(stays.values_list("person_id", flat=True)) if one not in known]
    return [*known, *others][:20]
