"""A form is made, changed, published and withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.areas.api import Area
from linli.common import audit
from linli.common.bus import publish
from linli.common.errors import UserError
from linli.common.states import UnknownTransition
from linli.common.transitions import Step, transition
from linli.events.forms import FormPublished
from linli.people.api import Actor, Body

from ..models import FormKind, FormVersion
from ..rules.definition import Definition, Words
from ..rules.document import as_text
from ..rules.editing import not_ready
from ..rules.states import KEY, VERSION, Audience, VersionState


@transaction.atomic
def create_form(
    *, key: str, title: str, body: Body, place: Area, audience: Audience, by: Actor | None, now: datetime,
    definition: Definition | None = None,
) -> FormKind:  # fmt: skip
    """A new form with its first draft: empty, or the definition. Raises UserError at `key` where that address is taken."""
    try:
        with transaction.atomic():
            kind = FormKind.objects.create(key=key[:KEY], title=title, body=body, place=place, audience=audience, made_at=now)
    except IntegrityError:
        raise UserError(_("这个网址已经有人用了，换一个"), field="key") from None
    text = as_text(definition or Definition(Words(title)))
    person = by.person if by else None
    FormVersion.objects.create(kind=kind, number=1, text=text, made_at=now, changed_at=now, changed_by=person)
    audit.record(actor=by, action="form.create", subject=kind, place=place, now=now)
    return kind


@transaction.atomic
def shape_form(*, kind: FormKind, title: str, audience: Audience, by: Actor, now: datetime) -> None:
    """Another name on the desk, others who may fill it in."""
    FormKind.objects.filter(pk=kind.pk).update(title=title, audience=audience)
    audit.record(actor=by, action="form.shape", subject=kind, place=kind.place, now=now)


@transaction.atomic
def draft_of(*, kind: FormKind, by: Actor | None, now: datetime) -> FormVersion:
    """The draft of the form; where there is none, one made from the version in use."""
    FormKind.objects.select_for_update().get(pk=kind.pk)
    rows = FormVersion.objects.filter(kind=kind)
    draft = rows.filter(state=VersionState.DRAFT).first()
    if draft is not None:
        return draft
    last = rows.order_by("-number").first()
    assert last is not None
    used = rows.filter(state=VersionState.PUBLISHED).first() or last
    return FormVersion.objects.create(
        kind=kind, number=last.number + 1, text=used.text, made_at=now, changed_at=now, changed_by=by.person if by else None
    )


@transaction.atomic
def change_draft(*, draft: FormVersion, revision: int, definition: Definition, by: Actor | None, now: datetime) -> FormVersion:
    """Write the draft anew. Raises UserError where somebody else changed it after `revision` was read."""
    rows = FormVersion.objects.filter(pk=draft.pk, state=VersionState.DRAFT, revision=revision)
    person = by.person if by else None
    done = rows.update(text=as_text(definition), revision=revision + 1, changed_at=now, changed_by=person)
    if not done:
        raise UserError(overtaken(draft))
    return FormVersion.objects.get(pk=draft.pk)


def overtaken(draft: FormVersion) -> str:
    """Who was faster, in words."""
    row = FormVersion.objects.select_related("changed_by").get(pk=draft.pk)
    who = row.changed_by.display_name if row.changed_by else _("别人")
    if row.state != VersionState.DRAFT:
        return _("%(name)s刚把这一版发布了或收掉了，您的这处改动没有存") % {"name": who}
    return _("%(name)s刚改过这张表，您的这处改动没有存。下面是现在的样子，看一遍再改") % {"name": who}


@transaction.atomic
def publish_form(*, draft: FormVersion, revision: int, why: str, by: Actor | None, now: datetime) -> FormVersion:
    """The draft is in use from now on, the version before is not. Whoever began that one may still send it.

    Raises UserError without a reason, for a form that is not ready, and where somebody else was faster.
    """
    if not why.strip():
        raise UserError(_("写一句为什么，以后查得到"), field="why")
    if not FormVersion.objects.filter(pk=draft.pk, revision=revision).exists():
        raise UserError(overtaken(draft))
    used = FormVersion.objects.filter(kind=draft.kind_id, state=VersionState.PUBLISHED).first()
    if used is not None:
        _step(used, "replace", by, now, {"ended_at": now})
    person = by.person if by else None
    try:
        return _step(draft, "publish", by, now, {"published_at": now, "published_by": person, "why": why.strip()})
    except UnknownTransition:
        raise UserError(overtaken(draft)) from None


def withdraw_form(*, version: FormVersion, why: str, by: Actor | None, now: datetime) -> FormVersion:
    """The form is no longer in use: nobody begins it, nobody sends it. Raises UserError without a reason."""
    if not why.strip():
        raise UserError(_("写一句为什么，打开这张表的人会看到"), field="why")
    return _step(version, "withdraw", by, now, {"ended_at": now, "why": why.strip()})


def discard_draft(*, draft: FormVersion, by: Actor | None, now: datetime) -> FormVersion:
    """A draft that nobody wants any more."""
    return _step(draft, "discard", by, now, {"ended_at": now})


def _step(version: FormVersion, event: str, by: Actor | None, now: datetime, changes: dict[str, Any]) -> FormVersion:
    rows = FormVersion.objects.select_related("kind__place")
    return transition(table=VERSION, rows=rows, pk=version.pk, event=event, by=by, now=now, history=_note, changes=changes)


def _note(step: Step[FormVersion]) -> None:
    kind = step.row.kind
    detail = {"version": step.row.number}
    audit.record(actor=step.by, action=f"form.{step.event}", subject=kind, place=kind.place, detail=detail, now=step.now)


@VERSION.guard("is_ready")
def _ready(step: Step[FormVersion]) -> None:
    wanting = not_ready(step.row.definition)
    if wanting:
        raise UserError(wanting[0])


@VERSION.effect("tell")
def _tell(step: Step[FormVersion]) -> None:
    publish(FormPublished(kind_id=step.row.kind_id, version_id=step.row.pk), now=step.now, key=step.row.pk.hex)
