"""Asking for a group's site, deciding, and the group's later life."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.common import clock
from linli.common.bus import publish
from linli.common.errors import NotAllowed, UserError
from linli.common.pagecache import bump
from linli.common.privacy_check import find_private, say_findings
from linli.common.text import clean
from linli.common.transitions import Step, transition
from linli.events.sites import GroupDecided
from linli.people.api import Actor, Person, end_group, found_group, may, rename_group
from linli.search.api import drop_entry, put_entries

from ..group_rules import CONTACT, GROUP, KINDS, NAME, PURPOSE, REASON, WAITING, GroupState
from ..group_search import GROUP as KIND
from ..group_search import describe_groups
from ..models import GroupApplication, GroupEvent, Site
from ..permissions import S, key_of, may_at
from ..queries import may_ask_at
from ..rules import LEAD, SiteKind, free_slug
from .sites import check_slug, open_group_site, slug_of, taken_slugs


def suggest_slug(name: str) -> str:
    """A free address for the name, in pinyin."""
    return free_slug(slug_of(" ".join(clean(name).split()), ""), taken_slugs())


@transaction.atomic
def ask_for_group(
    *, by: Actor, kind: str, name: str, place: Area, purpose: str, contact: str, now: datetime, lead: str = "", slug: str = "",
    holder: Person | None = None,
) -> GroupApplication:  # fmt: skip
    """Ask for a group's site; whoever may found groups at the place has it open at once, led by `holder` if he names one.

    Raises NotAllowed where one may neither, UserError at the field that is wrong; nothing is kept then.
    """
    at_once = by.acting is not None and may(by, S.GROUP_FOUND, place)
    if not at_once and not may_ask_at(by, place):
        raise NotAllowed(_("没有找到"))
    if not at_once and GroupApplication.objects.filter(by=by.person_id, state=GroupState.APPLIED).count() >= WAITING:
        raise UserError(_("您还有 %(n)d 份申请在等，办完再申请新的") % {"n": WAITING})
    facts = _facts(kind=kind, name=name, purpose=purpose, contact=contact, lead=lead, slug=slug)
    row = GroupApplication.objects.create(by_id=key_of(by), place=place, at=now, **facts)
    _write(row, "ask", by, now)
    return _step(row, "open", by, now, said={"holder": holder}) if at_once else row


@transaction.atomic
def open_group(*, by: Actor, application: GroupApplication, now: datetime) -> GroupApplication:
    """Grant the wish: the group, its leader's post and its site begin. Raises NotAllowed, also for one's own wish."""
    _require_decider(by, application)
    return _step(application, "open", by, now, said={"holder": application.by})


@transaction.atomic
def refuse_group(*, by: Actor, application: GroupApplication, reason: str, now: datetime) -> GroupApplication:
    """Refuse it, with the reason. Raises NotAllowed, UserError (reason)."""
    _require_decider(by, application)
    reason = _line(reason, REASON, "reason", _("写明原因，申请人会看到"))
    return _step(application, "refuse", by, now, said={"reason": reason})


@transaction.atomic
def take_back_group(*, by: Actor, application: GroupApplication, now: datetime) -> GroupApplication:
    """The applicant no longer wants it. Raises NotAllowed."""
    if by.person_id is None or application.by_id != by.person_id or by.mandate is not None:
        raise NotAllowed(_("没有找到"))
    return _step(application, "withdraw", by, now)


@transaction.atomic
def shape_group(*, by: Actor, site: Site, name: str, lead: str, purpose: str, contact: str, now: datetime) -> Site:
    """Change the group's name and words. Raises NotAllowed, UserError at the field."""
    row = _of(by, site)
    facts = _facts(kind=site.kind, name=name, purpose=purpose, contact=contact, lead=lead, slug="")
    assert site.body is not None
    site.body = rename_group(actor=by, body=site.body, name=facts["name"], now=now)
    site.lead = facts["lead"]
    site.save(update_fields=["body", "lead"])
    GroupApplication.objects.filter(pk=row.pk).update(**{key: facts[key] for key in ("name", "lead", "purpose", "contact")})
    _write(row, "shape", by, now)
    put_entries(describe_groups(Site.objects.filter(pk=site.pk)))
    bump("sites")
    return site


@transaction.atomic
def close_group(*, by: Actor, site: Site, reason: str, now: datetime) -> None:
    """End the group and its site today. Raises NotAllowed, UserError (reason)."""
    row = _of(by, site)
    reason = _line(reason, REASON, "reason", _("写一句为什么关"))
    assert site.body is not None
    end_group(actor=by, body=site.body, now=now)
    site.closed_on = clock.local_date(now)
    site.save(update_fields=["closed_on"])
    _write(row, "close", by, now, reason)
    drop_entry(kind=KIND, subject=site.pk)
    bump("sites")


def _of(by: Actor, site: Site) -> GroupApplication:
    row = GroupApplication.objects.filter(site=site).first() if site.kind != SiteKind.PLACE else None
    if row is None or not may_at(by, S.SITE_EDIT, site):
        raise NotAllowed(_("没有找到"))
    return row


def _require_decider(by: Actor, application: GroupApplication) -> None:
    own = application.by_id == by.person_id  # somebody else decides
    if own or by.acting is None or not may(by, S.GROUP_FOUND, application.place):
        raise NotAllowed(_("没有找到"))


def _facts(*, kind: str, name: str, purpose: str, contact: str, lead: str, slug: str) -> dict[str, str]:
    if kind not in dict(KINDS):
        raise UserError(_("选一种"), field="kind")
    facts = {
        "kind": kind, "name": _line(name, NAME, "name", _("写名称")), "lead": _line(lead, LEAD, "lead", ""),
        "purpose": _line(purpose, PURPOSE, "purpose", _("写两句：做什么，谁可以来")),
        "contact": _line(contact, CONTACT, "contact", _("写什么时候在哪里找得到你们")), "slug": clean(slug).lower(),
    }  # fmt: skip
    if facts["slug"]:
        check_slug(facts["slug"], taken_slugs())
    for field in ("name", "lead", "purpose", "contact"):
        found = find_private(facts[field])
        if found:
            raise UserError(_("这里会公开，里面像是有%(what)s，请去掉") % {"what": say_findings(found)}, field=field)
    return facts


def _line(text: str, most: int, field: str, missing: object) -> str:
    line = " ".join(clean(text).split())
    if not line and missing:
        raise UserError(missing, field=field)
    if len(line) > most:
        raise UserError(_("最多 %(most)d 个字，现在是 %(n)d 个") % {"most": most, "n": len(line)}, field=field)
    return line


def _step(row: GroupApplication, event: str, by: Actor, now: datetime, **more: Any) -> GroupApplication:
    rows = GroupApplication.objects.select_related("by", "place")
    return transition(table=GROUP, rows=rows, pk=row.pk, event=event, by=by, now=now, history=_note, **more)


def _note(step: Step[GroupApplication]) -> None:
    _write(step.row, step.event, step.by, step.now, step.said.get("reason", ""))


def _write(row: GroupApplication, event: str, by: Actor, now: datetime, reason: str = "") -> None:
    GroupEvent.objects.create(
        application=row, at=now, event=event, state=row.state, by_id=key_of(by), acting=by.post_id, reason=reason
    )


@GROUP.effect("open_group")
def _open(step: Step[GroupApplication]) -> None:
    row, by, now = step.row, step.by, step.now
    holder = step.said["holder"]
    body = found_group(
        actor=by, name=row.name, place=row.place, founder=holder, title=_now("召集人"), hours=row.contact, now=now
    )
    slug = row.slug if row.slug not in taken_slugs() else free_slug(row.slug, taken_slugs())
    row.site = open_group_site(body=body, place=row.place, kind=SiteKind(row.kind), lead=row.lead, slug=slug, now=now)
    row.save(update_fields=["site"])
    put_entries(describe_groups(Site.objects.filter(pk=row.site.pk)))


@GROUP.effect("tell_applicant")
def _tell(step: Step[GroupApplication]) -> None:
    """Not whoever opened it himself."""
    if step.row.by_id != step.by.person_id:
        publish(GroupDecided(application_id=step.row.pk), now=step.now, key=step.row.pk.hex)
