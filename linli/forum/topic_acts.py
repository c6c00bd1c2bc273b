"""What can be done to a topic at the desk: each act with its form, its button and what is said afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.common.clock import start_of
from linli.common.errors import UserError
from linli.people.api import Actor

from .actions import arranging, order
from .forms.moderation import ClarifyForm, MergeForm, MoveForm, PinForm, SlowForm, SplitForm
from .models import Act, Topic
from .post_acts import Doing, why_of
from .rules import Pin
from .speech_rules import ActKind

K = ActKind
CLOSE = Doing(
    "close",
    K.CLOSE,
    _("关闭"),
    _("关闭，并告诉发起的人"),
    _("关闭了"),
    hint=_("已有的发言都在，不能再回复。"),
)
REOPEN = Doing("reopen", K.REOPEN, _("重新打开"), _("重新打开"), _("又可以回复了"))
SLOW = Doing("slow", K.SLOW, _("放慢"), _("放慢"), _("放慢了，到时间自己恢复"), SlowForm)
QUICKEN = Doing("quicken", K.LIFT, _("不再放慢"), _("不再放慢"), _("恢复了"))
PIN = Doing("pin", K.PIN, _("置顶"), _("置顶"), _("置顶了"), PinForm)
UNPIN = Doing("unpin", K.UNPIN, _("取消置顶"), _("取消置顶"), _("取消了"))
CLARIFY = Doing(
    "clarify", K.CLARIFY, _("标官方说明"), _("放到话题最上面"), _("放到最上面了"), ClarifyForm,
    hint=_("先用单位名义回复一条，写清事实和出处，再回来标。"),
)  # fmt: skip
MOVE = Doing("move", K.MOVE, _("移到别的版块"), _("移过去"), _("移过去了"), MoveForm)
SPLIT = Doing(
    "split",
    K.SPLIT,
    _("拆出新话题"),
    _("拆出去"),
    _("拆出去了"),
    SplitForm,
    hint=_("原处留一行，说明移到了哪里。"),
)
MERGE = Doing(
    "merge",
    K.MERGE,
    _("并到别的话题"),
    _("并过去"),
    _("并过去了"),
    MergeForm,
    hint=_("这里的发言排到那个话题最后，原网址会转过去。"),
)


def possible(topic: Topic) -> list[Doing]:
    """What the topic's own state allows."""
    if topic.merged_into_id is not None:
        return []
    found = [CLOSE if topic.closed_at is None else REOPEN, QUICKEN if topic.slow else SLOW]
    if not topic.source:
        found.append(PIN if topic.pin == Pin.NONE else UNPIN)
    found.append(CLARIFY)
    return found if topic.source else [*found, MOVE, SPLIT, MERGE]


def more(doing: Doing, context: dict[str, Any]) -> dict[str, Any]:
    """What a form needs beyond the rules."""
    if doing is not MOVE:
        return {}
    return {"boards": context["boards"].exclude(pk=context["topic"].board_id)}


def carry_out(doing: Doing, topic: Topic, data: dict[str, Any], *, by: Actor, now: datetime) -> Act:
    """Raises what the verbs raise."""
    why = why_of(data)
    common: dict[str, Any] = {"topic": topic, "by": by, "now": now}
    if doing is SLOW:
        return order.slow_topic(**common, seconds=data["seconds"], hours=data["slow_hours"], why=why)
    if doing is PIN:
        until = start_of(data["until"] + timedelta(days=1)) if data["until"] else None
        return order.pin_topic(**common, pin=Pin(data["pin"]), until=until, why=why)
    if doing is CLARIFY:
        return order.clarify_topic(**common, number=data["number"], source=data["source"], reason=why.reason)
    if doing is MOVE:
        return arranging.move_topic(**common, board=data["board"], why=why)
    if doing is SPLIT:
        return arranging.split_topic(**common, numbers=data["numbers"], title=data["title"], why=why)
    if doing is MERGE:
        into = Topic.objects.filter(pk=data["into"]).first()
        if into is None:
            raise UserError(_("没有这个话题"), field="into")
        return arranging.merge_topics(**common, into=into, why=why)
    verbs: dict[str, Any] = {
        "close": order.close_topic, "reopen": order.reopen_topic, "quicken": order.quicken_topic, "unpin": order.unpin_topic,
    }  # fmt: skip
    done: Act = verbs[doing.key](**common, why=why)
    return done
