"""The audit log in words, for the auditor, the desk and the person concerned. Names are masked, values never shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.areas.api import Area, cell
from linli.common import clock
from linli.common.models import AuditRow

from ..account_words import _WORDS
from ..models import Body, Person, Post
from ..permissions import P
from ..policy import Actor
from ..rules import RevealField, RevealPurpose
from .residency import masked_name, place_names

PAGE = 40
FLAG_DAYS = 30
MANY = "reveal.many"

WORDS: dict[str, Any] = {
    "reveal": gettext_lazy("看了封存的资料"),
    MANY: gettext_lazy("一天里看资料超过 30 次"),
    "people.find": gettext_lazy("按号码找到一个人"),
    "people.find.miss": gettext_lazy("按号码找人，没有找到"),
    "people.list": gettext_lazy("看了一幢楼的住户名单"),
    "person.open": gettext_lazy("打开了一个人的资料页"),
    "person.enrol": gettext_lazy("当面建了账号"),
    "person.enrol.post": gettext_lazy("为任职的人建了账号"),
    "identity.seen": gettext_lazy("当面核对了证件"),
    "post.appoint": gettext_lazy("任命了职务"),
    "post.dismiss": gettext_lazy("免去了职务"),
    "body.create": gettext_lazy("建了单位"),
    "body.edit": gettext_lazy("改了单位的联系方式"),
    "body.move": gettext_lazy("改了单位管辖的地方"),
    "body.rename": gettext_lazy("改了单位的名称"),
    "body.split": gettext_lazy("拆分了单位"),
    "body.merge": gettext_lazy("合并了单位"),
    "body.end": gettext_lazy("结束了单位"),
    "audit.read": gettext_lazy("看了审计记录"),
    "account.open": gettext_lazy("注册了账号"),
    "account.card": gettext_lazy("印了登录卡"),
    "account.merge": gettext_lazy("合并了两个账号"),
    "account.phone.change": gettext_lazy("换了手机号"),
    "guardianship.begin": gettext_lazy("加了监护人"),
    "residency.claim": gettext_lazy("登记或提交了住处"),
    "residency.claim_again": gettext_lazy("重新提交了住处"),
    "residency.verify": gettext_lazy("核实通过了住处"),
    "residency.refuse": gettext_lazy("没有通过住处"),
    "residency.withdraw": gettext_lazy("撤回了住处"),
    "residency.merge": gettext_lazy("账号合并，并掉了一条住处"),
    "residency.end": gettext_lazy("登记为已搬走"),
    "residency.expire": gettext_lazy("住处到期"),
    "residency.renew": gettext_lazy("续了住处"),
    "home_code.print": gettext_lazy("打印了入户码"),
    "roll.import": gettext_lazy("导入了住户名册"),
    "areas.import": gettext_lazy("导入了区划"),
    "homes.import": gettext_lazy("导入了房屋"),
    "administrator.make": gettext_lazy("设了管理员"),
}


def what(row: AuditRow) -> str:
    """What was done, in a few words."""
    field = row.detail.get("field")
    if row.action == "reveal" and field in RevealField.values:
        return str(_("看了%(field)s") % {"field": RevealField(field).label})
    words = WORDS.get(row.action) or _WORDS.get(row.action)
    return str(words) if words is not None else _("其他操作：%(action)s") % {"action": row.action}


def why(row: AuditRow) -> str:
    """For which purpose, "" where none was asked."""
    code = row.detail.get("purpose")
    label = str(RevealPurpose(code).label) if code in RevealPurpose.values else ""
    if row.purpose and row.purpose != code:
        return _("%(purpose)s：%(words)s") % {"purpose": label, "words": row.purpose} if label else row.purpose
    return label


def describe(row: AuditRow) -> str:
    """The row as one phrase: what was done and why."""
    reason = why(row)
    return _("%(what)s，理由：%(why)s") % {"what": what(row), "why": reason} if reason else what(row)


@dataclass(frozen=True)
class Line:
    """A row as the auditor reads it."""

    id: int
    at: datetime
    actor_id: UUID | None
    who: str
    post: str
    what: str
    why: str
    about: str
    place: str
    flagged: bool


def rows_for(actor: Actor) -> QuerySet[AuditRow]:
    """The rows of the actor's places; those of no place go to whoever audits the whole district."""
    paths = actor.paths_for(P.AUDIT_READ)
    inside = Q(pk__in=[])
    for path in paths:
        inside |= Q(place__startswith=path)
    here = cell()
    if here is not None and any(here.path.startswith(path) for path in paths):
        inside |= Q(place="")
    return AuditRow.objects.filter(inside)


def filtered(
    rows: QuerySet[AuditRow], *, by: UUID | None, action: str, day: date | None, before: int | None
) -> list[AuditRow]:
    """One page and one row more, the latest first, by key and not by offset."""
    if by is not None:
        rows = rows.filter(actor=by)
    if action in WORDS:
        rows = rows.filter(action=action)
    if day is not None:
        start = datetime.combine(day, time.min, tzinfo=clock.SHANGHAI)
        rows = rows.filter(at__gte=start, at__lt=start + timedelta(days=1))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[: PAGE + 1])


def as_lines(rows: list[AuditRow]) -> list[Line]:
    """Rows with the names that they stand for; five queries however many there are."""
    people = Person.objects.in_bulk({key for row in rows for key in (row.actor, row.about) if key})
    posts = {p.pk: p for p in Post.objects.filter(pk__in={r.post for r in rows if r.post}).select_related("body")}
    leaves = {row.place.strip("/").rsplit("/", 1)[-1] for row in rows if row.place}
    areas = place_names(Area.objects.filter(pk__in={int(leaf) for leaf in leaves if leaf.isdigit()}))
    bodies = Body.objects.in_bulk({UUID(r.subject_id) for r in rows if r.subject_kind == "body"})
    return [_line(row, people, posts, areas, bodies) for row in rows]


def _line(row: AuditRow, people: Any, posts: Any, areas: Any, bodies: Any) -> Line:
    doer, subject = people.get(row.actor), people.get(row.about)
    post = posts.get(row.post)
    leaf = row.place.strip("/").rsplit("/", 1)[-1]
    place = areas.get(int(leaf), "") if leaf.isdigit() else ""
    body = bodies.get(UUID(row.subject_id)) if row.subject_kind == "body" else None
    if subject is not None:
        about = _("%(name)s（卡号末四位 %(code)s）") % {"name": masked_name(subject), "code": subject.code[-4:]}
    else:
        about = body.name if body else ""
    # Staff are named, since they act in office; residents who act for themselves are masked.
    who = _("系统") if doer is None else doer.display_name if post else masked_name(doer)
    label = f"{post.body.name}·{post.title}" if post else ""
    return Line(row.pk, row.at, row.actor, str(who), label, what(row), why(row), str(about), place, row.action == MANY)


def own_deeds(actor: Actor, limit: int) -> list[Line]:
    """What the acting post did last."""
    rows = AuditRow.objects.filter(actor=actor.person_id, post=actor.post_id).exclude(action="audit.read")
    return as_lines(list(rows.order_by("-pk")[:limit]))


def flags(actor: Actor, now: datetime) -> list[Line]:
    """Who looked too often in the last 30 days."""
    rows = rows_for(actor).filter(action=MANY, at__gte=now - timedelta(days=FLAG_DAYS))
    return as_lines(list(rows.order_by("-pk")[:20]))
