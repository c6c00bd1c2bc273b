"""A copy of everything linked to a person (PIPL article 45). Later apps add their models with `include`.

Every model with a foreign key to Person stands in the registry, or among the exceptions with a reason; a test
fails where neither is so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.areas.api import Area, full_name
from linli.common.clock import SHANGHAI

from .account_rules import LANGUAGES
from .models import Person
from .rules import MandateScope


@dataclass(frozen=True)
class Source:
    """A model, the foreign keys by which it belongs to a person, and what of it is shown."""

    model: str
    label: Any
    via: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    key: str
    label: str
    rows: list[dict[str, str]]


_SOURCES: list[Source] = []
_EXCEPTIONS: dict[tuple[str, str], str] = {}


def include(model: str, label: Any, via: Iterable[str], fields: Iterable[str]) -> None:
    """Add a model (`app_label.Model`) to everybody's copy; fields may follow keys (`area.name`)."""
    _SOURCES.append(Source(model, label, tuple(via), tuple(fields)))


def leave_out(model: str, field: str, why: str) -> None:
    """Say why a foreign key to Person is in nobody's copy."""
    _EXCEPTIONS[model, field] = why


def covered() -> set[tuple[str, str]]:
    """Each foreign key that the registry or the exceptions answer for."""
    return {(source.model, via) for source in _SOURCES for via in source.via} | set(_EXCEPTIONS)


def collect(person: Person) -> list[Part]:
    """The copy, part by part; what is sealed is in clear, since it is his."""
    own = {
        _("称呼"): person.display_name, _("卡号"): person.code, _("真实姓名"): person.legal_name, _("出生日期"): person.born,
        _("语言"): str(dict(LANGUAGES).get(person.language, person.language)), _("注册时间"): _plain(person.created_at),
    }  # fmt: skip
    parts = [Part("person", _("账号"), [{key: value for key, value in own.items() if value}])]
    for source in _SOURCES:
        model = apps.get_model(source.model)
        mine = Q()
        for via in source.via:
            mine |= Q(**{via: person.pk})
        rows = [{_field_label(name): _plain(_read(row, name)) for name in source.fields} for row in model._base_manager.filter(mine)]
        parts.append(Part(source.model, str(source.label), rows))
    return parts


def _read(row: Any, name: str) -> Any:
    head, _dot, rest = name.partition(".")
    value = getattr(row, head)
    if rest:
        return _read(value, rest) if value is not None else ""
    display = getattr(row, f"get_{head}_display", None)
    return display() if display else value


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).isoformat(sep=" ", timespec="minutes")
    if isinstance(value, list):
        return " · ".join(str(MandateScope(part).label) if part in MandateScope.values else str(part) for part in value)
    if isinstance(value, Area):
        return full_name(value)
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    return str(value)


_FIELDS = {
    "kind": gettext_lazy("种类"), "value": gettext_lazy("内容"), "verified_at": gettext_lazy("核实时间"),
    "retired_at": gettext_lazy("停用时间"), "retired_why": gettext_lazy("停用原因"), "area": gettext_lazy("地方"),
    "state": gettext_lazy("状态"), "proof": gettext_lazy("怎么核实的"), "note": gettext_lazy("备注"),
    "claimed_at": gettext_lazy("申请时间"), "since": gettext_lazy("从"), "until": gettext_lazy("到"),
    "body.name": gettext_lazy("组织"), "role": gettext_lazy("角色"), "title": gettext_lazy("职务"),
    "ended_why": gettext_lazy("免职原因"), "principal.display_name": gettext_lazy("委托人"),
    "agent.display_name": gettext_lazy("受托人"), "scopes": gettext_lazy("范围"), "how": gettext_lazy("怎么办的"),
    "revoked_at": gettext_lazy("撤销时间"), "child.display_name": gettext_lazy("孩子"),
    "guardian.display_name": gettext_lazy("监护人"), "consented_at": gettext_lazy("同意时间"),
    "ended_at": gettext_lazy("结束时间"), "printed_at": gettext_lazy("发卡时间"), "replaced_at": gettext_lazy("换卡时间"),
    "made_at": gettext_lazy("生成时间"), "expires_at": gettext_lazy("到期时间"), "used_at": gettext_lazy("使用时间"),
    "type": gettext_lazy("种类"), "created_at": gettext_lazy("设置时间"), "last_used_at": gettext_lazy("上次使用"),
    "code": gettext_lazy("卡号"), "display_name": gettext_lazy("称呼"),
    "text": gettext_lazy("正文"),
    "published_at": gettext_lazy("发布时间"),
    "at": gettext_lazy("时间"),
    "reason": gettext_lazy("原因"),
    "answer": gettext_lazy("回复"),
    "lead": gettext_lazy("一句话介绍"),
    "name": gettext_lazy("名称"),
    "place": gettext_lazy("地方"),
    "purpose": gettext_lazy("做什么"),
    "contact": gettext_lazy("在哪里找得到"),
    "album.title": gettext_lazy("相册"),
    "channel": gettext_lazy("渠道"), "level": gettext_lazy("级别"), "message.group": gettext_lazy("消息种类"),
    "unread": gettext_lazy("未读"), "quiet_since": gettext_lazy("免打扰从"), "quiet_until": gettext_lazy("免打扰到"),
    "group": gettext_lazy("消息种类"), "mode": gettext_lazy("怎么收"), "period": gettext_lazy("多久一次"),
    "rule": gettext_lazy("公约条款"), "article": gettext_lazy("第几条"), "words": gettext_lazy("说明"),
    "decided_at": gettext_lazy("决定时间"), "topic.title": gettext_lazy("话题"), "number": gettext_lazy("楼层"),
    "following": gettext_lazy("关注"), "board.name": gettext_lazy("版块"), "whom.display_name": gettext_lazy("关注的人"),
    "post.topic.title": gettext_lazy("话题"), "post.number": gettext_lazy("楼层"), "poll.question": gettext_lazy("投票"),
    "chosen": gettext_lazy("选了什么"), "edited_at": gettext_lazy("修改时间"), "event.title": gettext_lazy("活动"),
    "event.starts": gettext_lazy("开始时间"), "companions": gettext_lazy("同来几位"), "consent": gettext_lazy("同意了什么"),
    "came_at": gettext_lazy("签到时间"), "year": gettext_lazy("年份"), "serial": gettext_lazy("编号"),
    "theme": gettext_lazy("主题"), "visibility": gettext_lazy("谁看得到"), "asked_at": gettext_lazy("提问时间"),
    "answered_at": gettext_lazy("答复时间"), "question.title": gettext_lazy("问题"), "notice.title": gettext_lazy("公告"),
    "version.kind.title": gettext_lazy("表"), "begun_at": gettext_lazy("开始填的时间"), "sent_at": gettext_lazy("交的时间"),
    "answers_text": gettext_lazy("填的内容"),
    "wish": gettext_lazy("希望怎么办"), "submitted_at": gettext_lazy("提交时间"), "closed_at": gettext_lazy("办结时间"),
    "result": gettext_lazy("结果"), "outcome": gettext_lazy("解决了没有"), "stars": gettext_lazy("几分"), "said": gettext_lazy("说了什么"),
    "paper": gettext_lazy("证件"), "issuer": gettext_lazy("谁发的"), "issued_on": gettext_lazy("发证日期"),
    "valid_until": gettext_lazy("有效到"), "version.paper": gettext_lazy("证件"), "given_at": gettext_lazy("给出时间"),
    "looks": gettext_lazy("看过几次"), "looked_at": gettext_lazy("最近一次看"),
}  # fmt: skip


def _field_label(name: str) -> str:
    return str(_FIELDS.get(name, name))


_P = "linli_people"
include(f"{_P}.Identifier", gettext_lazy("手机号和邮箱"), ["person"], ["kind", "value", "verified_at", "retired_at", "retired_why"])
include(f"{_P}.Residency", gettext_lazy("住处"), ["person"], ["area", "kind", "state", "proof", "note", "claimed_at", "since", "until"])
include(f"{_P}.Post", gettext_lazy("职务"), ["person"], ["body.name", "role", "title", "since", "until", "ended_why"])
include(
    f"{_P}.Mandate", gettext_lazy("委托"), ["principal", "agent"],
    ["principal.display_name", "agent.display_name", "scopes", "how", "since", "until", "revoked_at"],
)  # fmt: skip
include(
    f"{_P}.Guardianship", gettext_lazy("监护"), ["child", "guardian"],
    ["child.display_name", "guardian.display_name", "since", "until", "consented_at", "ended_at"],
)  # fmt: skip
include(f"{_P}.Card", gettext_lazy("登录卡"), ["person"], ["printed_at", "replaced_at"])
include(f"{_P}.SigninLink", gettext_lazy("一次性登录链接"), ["person"], ["made_at", "expires_at", "used_at"])
include(f"{_P}.Person", gettext_lazy("合并进来的账号"), ["merged_into"], ["code", "created_at"])
include("mfa.Authenticator", gettext_lazy("第二重验证"), ["user"], ["type", "created_at", "last_used_at"])

_CLERK = "who did the clerk's work; the row is about somebody else, and the deed stands in the clerk's own audit rows"
for _model, _field in (
    ("Card", "printed_by"), ("HomeCode", "printed_by"), ("Mandate", "recorded_by"), ("Post", "appointed_by"),
    ("Post", "ended_by"), ("ResidencyEvent", "by"),
):  # fmt: skip
    leave_out(f"{_P}.{_model}", _field, _CLERK)
leave_out("account.EmailAddress", "user", "allauth's own table of addresses is not used and stays empty")
