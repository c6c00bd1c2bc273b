"""What can be done to a post at the desk: each act with its form, its button and what is said afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.people.api import Actor

from .actions import acts, queue, reports
from .actions.noting import Why
from .forms.moderation import PauseForm, WhyForm
from .models import Act, Post
from .rules import PostState
from .speech_rules import ORDER, ActKind

K = ActKind


class ApproveForm(forms.Form):
    """Nothing to fill in."""

    def __init__(self, *args: Any, rules: Any = None, kind: str = "", **kw: Any) -> None:
        super().__init__(*args, **kw)


@dataclass(frozen=True)
class Doing:
    """An act that is possible now."""

    key: str
    kind: str
    label: Any
    button: Any
    said: Any
    form: Any = WhyForm
    danger: bool = False
    act: Act | None = None
    hint: Any = ""


HIDE = Doing(
    "hide", K.HIDE, _("隐去"), _("隐去，并告诉作者"), _("隐去了，已经告诉作者"), danger=True,
    hint=_("别人只看到这里有一条被隐去、按哪条、为什么；原文留着，作者能申诉。"),
)  # fmt: skip
RESTORE = Doing("restore", K.RESTORE, _("恢复"), _("恢复，并告诉作者"), _("恢复了，大家又看得到"))
DISMISS = Doing("dismiss", K.DISMISS, _("保留"), _("保留，并告诉举报的人"), _("保留了，已经告诉举报的人"))
WARN = Doing(
    "warn", K.WARN, _("提醒作者"), _("提醒作者"), _("提醒了"), hint=_("发言留着，作者收到一条提醒。")
)
PAUSE = Doing(
    "pause", K.PAUSE, _("暂停作者发言"), _("暂停，并告诉作者"), _("暂停了，已经告诉作者"), PauseForm, danger=True,
    hint=_("在这个地方和下面的小区都不能发言，看帖不受影响；到时间自己恢复。"),
)  # fmt: skip
APPROVE = Doing("approve", K.APPROVE, _("通过"), _("通过，发出去"), _("发出去了，已经告诉作者"), ApproveForm)
REFUSE = Doing(
    "refuse", K.REFUSE, _("不通过"), _("不通过，并告诉作者"), _("没有发出，已经告诉作者"), danger=True
)


def possible(post: Post, is_reported: bool, standing: list[Act]) -> list[Doing]:
    """What the post's state allows, the likeliest first."""
    if post.state == PostState.WAITING:
        return [APPROVE, REFUSE]
    if post.state == PostState.HIDDEN:
        return [RESTORE, *map(_lift, standing)] if post.text else []
    if post.state != PostState.SHOWN:
        return []
    personal = post.body_id is None and (post.author_id is not None or post.for_person_id is not None)
    kinds = {act.kind for act in standing}
    found = [DISMISS] if is_reported else []
    found.append(HIDE)
    if personal:
        found += [one for one in (WARN, PAUSE) if one.kind not in kinds]
    return [*found, *map(_lift, standing)]


def _lift(act: Act) -> Doing:
    label = _("撤回提醒") if act.kind == K.WARN else _("撤回暂停")
    return Doing(f"lift-{act.pk}", K.LIFT, label, _("撤回，并告诉作者"), _("撤回了"), act=act)


def more(_doing: Doing, _context: dict[str, Any]) -> dict[str, Any]:
    return {}


def carry_out(doing: Doing, post: Post, data: dict[str, Any], *, by: Actor, now: datetime) -> Act:
    """Raises what the verbs raise."""
    why = why_of(data)
    if doing.act is not None:
        return acts.lift_act(act=doing.act, why=why, by=by, now=now)
    if doing.kind == K.PAUSE:
        return acts.pause_author(post=post, hours=data["hours"], why=why, by=by, now=now)
    if doing.kind == K.APPROVE:
        return queue.approve_post(post=post, by=by, now=now)
    verbs: dict[str, Any] = {
        K.HIDE: acts.hide_post, K.RESTORE: acts.restore_post, K.WARN: acts.warn_author, K.DISMISS: reports.dismiss_reports,
        K.REFUSE: queue.refuse_post,
    }  # fmt: skip
    done: Act = verbs[doing.kind](post=post, why=why, by=by, now=now)
    return done


def why_of(data: dict[str, Any]) -> Why:
    article = data.get("article", ORDER)
    return Why(article if isinstance(article, int) else -1, data.get("reason", ""))
