"""A form is begun, saved page by page, sent or dropped. Answers are weighed here, whatever the page said."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.common import audit
from linli.common.bus import publish
from linli.common.errors import UserError
from linli.common.ids import uuid7
from linli.common.transitions import Step, transition
from linli.events.forms import FormSent
from linli.people.api import Actor, Person

from .. import facts
from ..models import Filling, FormVersion, hash_of
from ..rules.answers import Outcome, evaluate
from ..rules.states import FILLING, KEPT, Channel, VersionState

Answers = Mapping[str, Any]


class Incomplete(UserError):
    """Something is missing or wrong; `outcome` says what."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(_("还有 %(n)d 处没填好") % {"n": len(outcome.errors) + len(outcome.missing)})
        self.outcome = outcome


class HiddenStep(UserError):
    """A page that the answers so far do not lead to."""


@transaction.atomic
def begin_filling(
    *, version: FormVersion, person: Person | None, by: Actor | None, now: datetime, channel: Channel = Channel.WEB,
    once: UUID | None = None,
) -> Filling:  # fmt: skip
    """Begin a form for a person, or for nobody's account; what is known of him is filled in. The same `once` gives the
    same filling. Raises UserError for a version that is not in use."""
    if version.state != VersionState.PUBLISHED:
        raise UserError(_("这张表现在不用了"))
    there = Filling.objects.filter(once=once).first() if once else None
    if there is not None:
        if there.version_id != version.pk or there.person_id != (person.pk if person else None):
            raise UserError(_("这一页放得太久了，请重新打开"))
        return there
    answers, used = facts.known(version.definition, person, now)
    filling = Filling(
        version=version, person=person, channel=channel, by=by.person if by else None, post_id=by.post_id if by else None,
        mandate_id=by.mandate.pk if by and by.mandate else None, facts=used, once=once or uuid7(), begun_at=now, changed_at=now,
        expires_at=now + KEPT,
    )  # fmt: skip
    filling.sealed = _written(answers)
    filling.save(force_insert=True)
    return filling


def save_step(*, filling: Filling, fields: Iterable[str], values: Answers, page: str, by: Actor | None, now: datetime) -> Filling:
    """Keep the answers of some fields; a field without a value is emptied. What was right is kept, what became hidden
    by it is dropped.

    Raises HiddenStep where one of the fields is not asked by the answers, UserError for a wrong value (at its field)
    and UnknownTransition where the form is no longer open.
    """
    changes = {"page": page, "changed_at": now, "expires_at": now + KEPT}
    said = {"fields": frozenset(fields), "values": dict(values)}
    return _step(filling, "save", by, now, changes, said)


@FILLING.effect("keep")
def _keep(step: Step[Filling]) -> None:
    """Weighed against the row as it is locked: what another tab saved in between is not lost."""
    row, fields, values = step.row, step.said["fields"], step.said["values"]
    before = row.answers
    locked = {key for key in fields & row.facts.keys() if key in before and not _may_correct(row, key)}
    merged = {key: value for key, value in before.items() if key not in fields or key in locked}
    merged |= {key: value for key, value in values.items() if key in fields - locked}
    out = evaluate(row.version.definition, merged)
    if not (fields & out.shown.keys()):
        raise HiddenStep(_("这一步按您前面的回答不用填，填的没有存"))
    wrong = [(path, text) for path, text in out.errors.items() if path.split(".")[0] in fields]
    if wrong:
        raise UserError(wrong[0][1], field=wrong[0][0])
    row.facts = {key: _corrected(fact, before.get(key), out.kept.get(key)) for key, fact in row.facts.items()}
    row.sealed = _written(out.kept)
    row.save(update_fields=["facts", "sealed"])


def _may_correct(row: Filling, key: str) -> bool:
    one = row.version.definition.find(key)
    return one is None or one.may_correct


def _corrected(fact: dict[str, Any], before: Any, after: Any) -> dict[str, Any]:
    return fact | {"corrected": True} if before != after else fact


def send_filling(*, filling: Filling, by: Actor | None, now: datetime) -> Filling:
    """Send it: from now on nothing of it changes, and `FormSent` is told.

    Raises Incomplete where something is missing, UserError for a form that was withdrawn, UnknownTransition where it
    was sent before or dropped.
    """
    return _step(filling, "send", by, now, {"sent_at": now, "changed_at": now, "token_hash": ""})


def drop_filling(*, filling: Filling, by: Actor | None, now: datetime) -> Filling:
    """Do not send it; its answers are forgotten. Raises UnknownTransition where it was sent before."""
    return _step(filling, "drop", by, now, {"changed_at": now, "token_hash": ""})


@transaction.atomic
def make_resume_link(*, filling: Filling) -> str:
    """The secret of a link by which the form is gone on with elsewhere; the one made before no longer works."""
    token = secrets.token_urlsafe(24)
    Filling.objects.begun().filter(pk=filling.pk).update(token_hash=hash_of(token))
    return token


def outcome_of(filling: Filling) -> Outcome:
    """What is asked and missing at present."""
    return evaluate(filling.version.definition, filling.answers)


def _written(answers: Answers) -> str:
    return json.dumps(answers, ensure_ascii=False, separators=(",", ":"))


def _step(
    filling: Filling, event: str, by: Actor | None, now: datetime, changes: dict[str, Any], said: dict[str, Any] | None = None
) -> Filling:
    rows = Filling.objects.select_related("version__kind__place")
    return transition(
        table=FILLING, rows=rows, pk=filling.pk, event=event, by=by, now=now, history=_note, changes=changes, said=said
    )


def _note(step: Step[Filling]) -> None:
    """In the audit log, page by page saving left out; it names forms and persons by key alone."""
    if step.event == "save":
        return
    row = step.row
    detail = {"form": str(row.version.kind_id), "version": row.version.number, "channel": row.channel}
    audit.record(
        actor=step.by, action=f"filling.{step.event}", subject=row, about=row.person_id, place=row.version.kind.place,
        detail=detail, now=step.now,
    )  # fmt: skip


@FILLING.guard("is_complete")
def _complete(step: Step[Filling]) -> None:
    row = step.row
    if row.expires_at < step.now:
        raise UserError(_("放了超过 30 天，请重新填一份"))
    if not FormVersion.objects.filter(kind=row.version.kind_id, state=VersionState.PUBLISHED).exists():
        raise UserError(_("这张表已经停用：%(why)s") % {"why": row.version.why or "—"})
    out = outcome_of(row)
    if not out.is_right:
        raise Incomplete(out)


@FILLING.effect("tell")
def _tell(step: Step[Filling]) -> None:
    """What was hidden at the end is not sent along."""
    row = step.row
    row.sealed = _written(outcome_of(row).kept)
    row.save(update_fields=["sealed"])
    sent = FormSent(filling_id=row.pk, version_id=row.version_id, kind_id=row.version.kind_id)
    publish(sent, now=step.now, key=row.pk.hex)


@FILLING.effect("forget")
def _forget(step: Step[Filling]) -> None:
    """What is left says only that there was one."""
    step.row.sealed, step.row.facts = "", {}
    step.row.save(update_fields=["sealed", "facts"])
