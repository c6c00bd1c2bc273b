"""A notice from the first word to its end. Every step writes its history and its audit row in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.areas.api import Area
from linli.common.errors import NotAllowed, UserError
from linli.files.api import copy_files
from linli.people.api import Actor
from linli.sites.api import Site, may_at

from .. import notice_access as access
from ..models import Notice
from ..notice_desk_queries import writable_sites
from ..notice_queries import OWNER
from ..notice_rules import (
    MOST_BUILDINGS,
    RINGING,
    NoticeState,
    dates_problem,
    name_buildings,
    short_problem,
)
from ..permissions import N
from .notice_steps import locked, move, remember, too_late

S = NoticeState


@dataclass(frozen=True)
class Words:
    """What a writer fills in. `buildings`: of the site's compound, empty for all of the place."""

    site: Site
    kind: str
    level: str
    title: str
    text: str
    valid_until: datetime
    short: str = ""
    buildings: Sequence[Area] = ()
    publish_at: datetime | None = None
    contact_name: str = ""
    contact_phone: str = ""
    pinned: bool = False


@transaction.atomic
def write_notice(*, by: Actor, key: UUID, words: Words, now: datetime) -> Notice:
    """Make a draft under the form's key, or write one's own draft anew. Sent twice it is one.

    Raises NotAllowed, and UserError (with its field) for what cannot be published so.
    """
    _check_words(by, words, now)
    notice = (
        Notice.objects.select_for_update(of=("self",))
        .select_related("place", "issuer")
        .filter(pk=key)
        .first()
    )
    if notice is None:
        notice = Notice(pk=key, created_at=now, writer_id=by.person_id, issuer_id=by.acting.body_id)  # type: ignore[union-attr, misc]
        event = "write"
    else:
        if not access.may_edit(by, notice):
            raise too_late(notice, now) if access.is_issuers(by, notice) else NotAllowed(_("没有这条公告"))
        notice.version += 1
        event = "edit"
    _fill(notice, words)
    notice.save()
    if event == "write":
        remember(notice, event, by, now)
    return notice


def _check_words(by: Actor, words: Words, now: datetime) -> None:
    if by.acting is None or not may_at(by, N.NOTICE_WRITE, words.site):
        raise NotAllowed(_("没有这个地方"))
    if words.site not in writable_sites(by):
        raise NotAllowed(_("没有这个地方"))
    if words.level in RINGING and words.site.body_id is not None:
        raise UserError(_("群众组织的公告只发在自己的站上，用“一般”。"), field="level")
    if words.level in RINGING and not words.short:
        raise UserError(_("重要和紧急的公告要发到手机，写一句短句。"), field="short")
    problem = short_problem(words.short)
    if problem:
        raise UserError(problem, field="short")
    if len(words.buildings) > MOST_BUILDINGS:
        raise UserError(_("楼太多了，不写楼号就是整个小区。"), field="buildings")
    if any(not words.site.place.contains(one) or words.site.body_id for one in words.buildings):
        raise UserError(_("有的楼不在这个小区。"), field="buildings")
    field, problem = dates_problem(publish_at=words.publish_at, valid_until=words.valid_until, now=now)
    if problem:
        raise UserError(problem, field=field)


def _fill(notice: Notice, words: Words) -> None:
    notice.site, notice.place = words.site, words.site.place
    notice.buildings = sorted(one.pk for one in words.buildings)
    notice.audience = name_buildings([one.name for one in words.buildings])[:120] if words.buildings else ""
    for name in (
        "kind", "level", "title", "text", "short", "publish_at", "valid_until", "contact_name", "contact_phone", "pinned",
    ):  # fmt: skip
        setattr(notice, name, getattr(words, name))


@transaction.atomic
def submit_notice(*, by: Actor, pk: UUID, now: datetime) -> Notice:
    """Hand one's draft over to be checked. Raises NotAllowed, UserError."""
    notice = locked(pk)
    if not (access.is_issuers(by, notice) and notice.writer_id == by.person_id):
        raise NotAllowed(_("没有这条公告"))
    field, problem = dates_problem(publish_at=notice.publish_at, valid_until=notice.valid_until, now=now)
    if problem:
        raise UserError(problem, field=field)
    return move(notice, "submit", by, now)


@transaction.atomic
def take_back(*, by: Actor, pk: UUID, now: datetime) -> Notice:
    """The writer wants to go on writing; a check that was given is void. Raises NotAllowed, UserError."""
    notice = locked(pk)
    if not (access.is_issuers(by, notice) and notice.writer_id == by.person_id):
        raise NotAllowed(_("没有这条公告"))
    return move(notice, "take_back", by, now, checker=None, version=notice.version + 1)


@transaction.atomic
def drop_notice(*, by: Actor, pk: UUID, now: datetime) -> Notice:
    """Throw one's draft away; it is kept for the audit, and nobody reads it. Raises NotAllowed, UserError."""
    notice = locked(pk)
    if not (access.is_issuers(by, notice) and notice.writer_id == by.person_id):
        raise NotAllowed(_("没有这条公告"))
    return move(notice, "drop", by, now, ended_at=now)


@transaction.atomic
def check_notice(*, by: Actor, pk: UUID, version: int, now: datetime) -> Notice:
    """Vouch for exactly the text that was read; what is due goes out at once.

    Raises NotAllowed, and UserError where somebody was faster or the text is another one by now.
    """
    notice = _for_checker(by, pk, version, now)
    if notice.valid_until <= max(now, notice.publish_at or now):
        raise UserError(_("有效期已经过了。退回去，请作者改。"))
    notice = move(notice, "check", by, now, checker_id=by.person_id)
    if notice.publish_at is None or notice.publish_at <= now:
        notice = move(notice, "publish", by, now, published_at=now)
    return notice


@transaction.atomic
def return_notice(*, by: Actor, pk: UUID, version: int, reason: str, now: datetime) -> Notice:
    """Give it back to its writer with a reason. Raises NotAllowed, and UserError as `check_notice`."""
    if not reason.strip():
        raise UserError(_("写一句为什么退回，作者才知道改哪里。"), field="reason")
    notice = _for_checker(by, pk, version, now)
    return move(notice, "return", by, now, reason=reason, version=notice.version + 1)


@transaction.atomic
def withdraw_notice(*, by: Actor, pk: UUID, reason: str, now: datetime) -> Notice:
    """Take a published notice off; readers see that and why, no longer its words. Raises NotAllowed, UserError."""
    notice = locked(pk)
    if not access.may_see(by, notice):
        raise NotAllowed(_("没有这条公告"))
    if not reason.strip():
        raise UserError(_("写一句为什么撤下，来看的人会读到。"), field="reason")
    return move(notice, "withdraw", by, now, reason=reason, ended_at=now)


@transaction.atomic
def correct_notice(*, by: Actor, pk: UUID, key: UUID, now: datetime) -> Notice:
    """A draft with the same words that takes the place of the published one when it is published itself.

    Raises NotAllowed, and UserError where somebody corrects it already.
    """
    old = locked(pk)
    if not access.is_issuers(by, old):
        raise NotAllowed(_("没有这条公告"))
    if old.state != S.PUBLISHED:
        raise too_late(old, now)
    open_one = Notice.objects.filter(corrects=old).exclude(state=S.WITHDRAWN).select_related("writer").first()
    if open_one is not None:
        if open_one.writer_id == by.person_id:
            return open_one
        raise UserError(_("%(who)s已经在写这条的更正。") % {"who": open_one.writer.display_name})
    new = Notice(pk=key, created_at=now, writer_id=by.person_id, corrects=old)  # type: ignore[misc]
    for name in (
        "site", "place", "buildings", "audience", "issuer", "kind", "level", "title", "text", "short", "contact_name",
        "contact_phone", "pinned", "valid_until",
    ):  # fmt: skip
        setattr(new, name, getattr(old, name))
    new.save(force_insert=True)
    copy_files(source=(OWNER, old.pk), owner=(OWNER, new.pk), by=by, now=now)
    remember(new, "write", by, now)
    return new


def _for_checker(by: Actor, pk: UUID, version: int, now: datetime) -> Notice:
    notice = locked(pk)
    if not access.looks_after(by, notice):
        raise NotAllowed(_("没有这条公告"))
    if notice.state == S.WAITING and notice.version != version:
        raise UserError(_("作者刚改过。再看一遍，再决定。"))
    return notice
