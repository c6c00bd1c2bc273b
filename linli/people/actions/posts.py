"""Appointing to posts and dismissing from them, within one's own authority, places and term; never oneself."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as now_in_words
from django.utils.translation import gettext_lazy as _

from linli.common import audit, clock
from linli.common.errors import NotAllowed, UserError
from linli.common.pagecache import bump
from linli.common.sessions import end_sessions
from linli.common.text import clean
from linli.design import dates
from linli.gateways.api import Kind, send_sms

from ..models import Body, Identifier, Person, Post
from ..permissions import P
from ..policy import Actor
from ..queries.reach import within
from ..rules import ROLES_OF_BODY, BodyKind, Role, may_appoint
from .bodies import first_place, paths_on
from .post_events import tell_began, tell_ended

BACK = timedelta(days=31)  # an appointment may be written down this late
AHEAD = timedelta(days=366)
TITLE, REASON = 40, 120


def appointable(actor: Actor, body: Body, day: date) -> list[Role]:
    """The roles that the actor may fill in the body on the day, in the order of the roles; none outside his places."""
    acting = actor.acting
    if acting is None or not actor.paths_for(P.POSTS_APPOINT):
        return []
    same = body.pk == acting.body_id
    if not same and not within(acting.paths, paths_on(body, day)):
        return []
    mine = ROLES_OF_BODY[BodyKind(body.kind)]
    return [
        role
        for role in Role
        if role in mine and may_appoint(acting=acting.role, is_head=acting.is_head, role=role, same_body=same)
    ]


def may_dismiss(actor: Actor, post: Post, day: date) -> bool:
    """Whether the actor may end the post. A head is let go from above, not by another head of his own body."""
    acting = actor.acting
    if acting is None or post.person_id == actor.person_id or Role(post.role) not in appointable(actor, post.body, day):
        return False
    peers = post.is_head and post.body_id == acting.body_id and post.role == acting.role
    return not peers or acting.role == Role.OPERATOR  # above the operator there is nobody


@transaction.atomic
def appoint(
    *,
    actor: Actor,
    person: Person,
    body: Body,
    role: str,
    title: str,
    since: date,
    now: datetime,
    until: date | None = None,
    is_head: bool = False,
) -> Post:
    """Give a person a post from `since` until the day `until` (not included), and tell him.

    Raises NotAllowed without the authority, the place or for oneself; UserError for bad days, words or a post
    that he has already.
    """
    today = clock.local_date(now)
    body = Body.objects.select_for_update().get(pk=body.pk)
    person = Person.objects.select_for_update().get(pk=person.pk)
    _check_authority(actor, person, body, role, today)
    title = _text(title, TITLE, "title", _("请写职务名称，比如“社工”"))
    _check_term(actor, body, since, until, today)
    _check_double(person, body, role, since, until)
    post = Post.objects.create(
        person=person, body=body, role=role, title=title, is_head=is_head, since=since, until=until, appointed_by=actor.person
    )
    detail = {"role": str(role), "head": is_head, "since": since.isoformat(), "until": until.isoformat() if until else ""}
    audit.record(
        actor=actor, action="post.appoint", subject=post, about=person, place=first_place(body), detail=detail, now=now
    )
    tell_began(post, now)
    _tell(person, "appointed", post, now)
    bump("posts")
    return post


@transaction.atomic
def dismiss(*, actor: Actor, post: Post, reason: str, now: datetime) -> None:
    """End a post today. Its rights are gone with the commit, and so are the holder's open sessions.

    Raises NotAllowed without the authority or for one's own post; UserError without a reason.
    """
    today = clock.local_date(now)
    post = Post.objects.select_for_update(of=("self",)).select_related("body", "person").get(pk=post.pk)
    if not may_dismiss(actor, post, today):
        raise NotAllowed(_("没有找到"))
    reason = _text(reason, REASON, "reason", _("请写原因，本人会看到"))
    if post.until is not None and post.until <= today:
        raise UserError(_("这个职务已经结束了"))
    post.until = max(today, post.since)
    post.ended_by, post.ended_why = actor.person, reason
    post.save(update_fields=["until", "ended_by", "ended_why"])
    audit.record(
        actor=actor, action="post.dismiss", subject=post, about=post.person, place=first_place(post.body), purpose=reason, now=now
    )
    end_sessions(post.person_id)
    tell_ended(post, now)
    _tell(post.person, "dismissed", post, now)
    bump("posts")


def _check_authority(actor: Actor, person: Person, body: Body, role: str, today: date) -> None:
    if person.pk == actor.person_id:
        raise NotAllowed(_("不能任命自己"))
    if role not in [str(r) for r in appointable(actor, body, today)]:
        raise NotAllowed(_("这个职务不归您任命"))
    if person.closed_at or person.merged_into_id or not person.is_active:
        raise UserError(_("这个账号已经停用"))


def _check_term(actor: Actor, body: Body, since: date, until: date | None, today: date) -> None:
    acting = actor.acting
    assert acting is not None
    if not today - BACK <= since <= today + AHEAD:
        raise UserError(_("开始日期最早写到 31 天前，最晚一年以后"), field="since")
    if not body.exists_on(max(since, today)):
        raise UserError(_("这一天这个单位不存在"), field="since")
    if until is not None and until <= max(since, today):
        raise UserError(_("结束日期要晚于开始日期，也要晚于今天"), field="until")
    if body.valid_to and (until is None or until > body.valid_to):
        raise UserError(_("单位 %(day)s 结束，任期不能超过它") % {"day": body.valid_to.isoformat()}, field="until")
    if acting.until and (until is None or until > acting.until):
        raise UserError(_("您的任期到 %(day)s，任命不能超过它") % {"day": acting.until.isoformat()}, field="until")


def _check_double(person: Person, body: Body, role: str, since: date, until: date | None) -> None:
    for post in Post.objects.filter(person=person, body=body, role=role):
        if (post.until is None or post.until > since) and (until is None or until > post.since):
            raise UserError(_("他在这里已经有这个职务了。要改职务名称或任期，先免去原来的"))


def _text(text: str, limit: int, field: str, missing: object) -> str:
    text = " ".join(clean(text).split())
    if not text:
        raise UserError(missing, field=field)
    if len(text) > limit:
        raise UserError(_("最多 %(n)d 个字") % {"n": limit}, field=field)
    return text


def _tell(person: Person, what: str, post: Post, now: datetime) -> None:
    """An SMS in the person's language, where he has a phone."""
    phone = person.identifiers.current().filter(kind=Identifier.Kind.PHONE).exclude(verified_at=None).first()
    if phone is None:
        return
    with translation.override(person.language):
        facts = {"body": post.body.name, "title": post.title, "day": dates.day_text(post.since, now)}
        if what == "appointed":
            text = now_in_words("您从%(day)s起担任%(body)s·%(title)s。登录后在页面上方选用这个职务。") % facts
        else:
            text = now_in_words("您在%(body)s的职务“%(title)s”从今天起结束，原因登录后可以看到。") % facts
    send_sms(to=phone.value, text=text, kind=Kind.NOTICE, now=now, person=person)
