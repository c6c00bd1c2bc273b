"""A residency from the claim to the end. Every step writes its event and its audit row in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area, Level, cell
from linli.common import audit, clock
from linli.common.bus import publish
from linli.common.errors import NotAllowed, UserError
from linli.common.states import UnknownTransition
from linli.common.text import clean
from linli.common.transitions import Step, transition
from linli.design import dates
from linli.events.people import (
    ResidencyEnded,
    ResidencyRefused,
    ResidencyReopened,
    ResidencyVerified,
    ResidencyWithdrawn,
)

from .. import rules
from ..models import Person, Residency, ResidencyEvent
from ..permissions import P
from ..policy import Actor, may
from ..rules import RESIDENCY, MandateScope, ResidencyKind, ResidencyState

LIVE = (ResidencyState.CLAIMED, ResidencyState.VERIFIED)


def move(
    *, residency_id: UUID, event: str, by: Actor | None, now: datetime, reason: str = "", purpose: str = "", **changes: Any
) -> Residency:
    """One step of the table under a lock, with its history. Raises UserError where somebody was faster.

    To be called inside a transaction; the caller has asked for the right to do it.
    """
    rows = Residency.objects.select_related("person", "area")
    try:
        return transition(
            table=RESIDENCY, rows=rows, pk=residency_id, event=event, by=by, now=now, changes=changes,
            history=_history, said={"reason": reason, "purpose": purpose},
        )  # fmt: skip
    except Residency.DoesNotExist:
        raise UserError(_("没有这一件")) from None
    except UnknownTransition as error:
        raise UserError(_already(locked(residency_id), now)) from error


def _history(step: Step[Residency]) -> None:
    remember(step.row, step.event, by=step.by, now=step.now, **step.said)


def _teller(event: type[Any]) -> Callable[[Step[Residency]], None]:
    """An effect that publishes the event; its own transaction carries it."""

    def tell(step: Step[Residency]) -> None:
        publish(event(residency_id=step.row.pk, person_id=step.row.person_id), now=step.now)

    return tell


for _effect, _event in (
    ("tell_verified", ResidencyVerified), ("tell_refused", ResidencyRefused), ("tell_withdrawn", ResidencyWithdrawn),
    ("tell_reopened", ResidencyReopened), ("tell_ended", ResidencyEnded),
):  # fmt: skip
    RESIDENCY.effect(_effect)(_teller(_event))


def locked(residency_id: UUID) -> Residency:
    """The row, locked until the transaction ends. Raises UserError where there is none."""
    rows = Residency.objects.select_for_update(of=("self",)).select_related("person", "area")
    row = rows.filter(pk=residency_id).first()
    if row is None:
        raise UserError(_("没有这一件"))
    return row


def remember(
    row: Residency, event: str, *, by: Actor | None, now: datetime, reason: str = "", purpose: str = ""
) -> None:
    """Write the event into the residency's history and into the audit log."""
    ResidencyEvent.objects.create(
        residency=row,
        at=now,
        event=event,
        state=row.state,
        by_id=by.person_id if by else None,
        post_id=by.post_id if by else None,
        reason=reason[: rules.REASON_LENGTH],
    )
    audit.record(
        actor=by,
        action=f"residency.{event}",
        subject=row,
        about=row.person_id,
        place=row.area,
        purpose=purpose,
        detail={"state": str(row.state), "kind": str(row.kind), "proof": str(row.proof)},
        now=now,
    )


def _already(row: Residency, now: datetime) -> str:
    last = row.events.select_related("by").order_by("-at", "-id").first()
    facts = {
        "who": last.by.display_name if last and last.by else _("系统"),
        "when": dates.moment_text(last.at if last else row.claimed_at, now),
        "state": ResidencyState(row.state).label,
    }
    return str(_("这件已经由%(who)s在 %(when)s 办过了，现在是“%(state)s”。您这一步没有再做") % facts)


def own(by: Actor, row: Residency) -> None:
    """Raise NotAllowed unless it is one's own, or that of a person one acts for in such matters."""
    principal = by.principal
    if principal is None or row.person_id != principal.pk or not by.may_for_other(MandateScope.ACCOUNT):
        raise NotAllowed(_("没有这一件"))


@transaction.atomic
def claim_residency(
    *,
    by: Actor,
    key: UUID,
    area: Area,
    kind: str,
    now: datetime,
    until: date | None = None,
    note: str = "",
    legal_name: str = "",
) -> Residency:
    """Say what one has to do with a home or a community. The same claim sent twice is one.

    `key` is made with the form; `until` is the end of a tenant's contract. Raises UserError.
    """
    principal = by.principal
    if principal is None or not by.may_for_other(MandateScope.ACCOUNT):
        raise NotAllowed(_("您的委托里不包括住处的事"))
    person = Person.objects.select_for_update().get(pk=principal.pk)
    today = clock.local_date(now)
    kind = checked_kind(kind, area, today)
    earlier = _earlier(person, key, area, kind)
    if earlier is not None and earlier.state in LIVE:
        return earlier
    _room_for_another(person, area)
    note = _checked_note(note)
    if legal_name and not person.legal_name:
        person.legal_name = clean(legal_name)[:40]
        person.save(update_fields=["legal_name"])
    until = stay_until(kind, until, today)
    if earlier is not None:
        again = "claim_again" if earlier.state == ResidencyState.REFUSED else "renew"
        row = move(residency_id=earlier.pk, event=again, by=by, now=now, claimed_at=now, until=until, proof="")
        row.note = note
        row.save(update_fields=["note"])
        return row
    row = Residency.objects.create(
        pk=key, person=person, area=area, kind=kind, note=note, claimed_at=now, since=today, until=until
    )
    remember(row, "claim", by=by, now=now)
    return row


def checked_kind(kind: str, area: Area, today: date) -> ResidencyKind:
    """The kind, where it fits a place of this instance that exists today. Raises UserError."""
    try:
        checked = ResidencyKind(kind)
    except ValueError:
        raise UserError(_("请选一种关系"), field="kind") from None
    here = cell()
    ended = area.valid_to is not None and area.valid_to <= today
    if ended or (here is not None and not here.contains(area)):
        raise UserError(_("这个地方不归本站管，请重新选"), field="area")
    is_home, is_community = area.level == Level.HOME, area.level == Level.COMMUNITY
    if not rules.kind_fits(checked, is_home=is_home, is_community=is_community):
        text = _("请选到门牌号这一级") if checked in rules.OF_HOME else _("请选一个社区")
        raise UserError(text, field="area")
    return checked


def _earlier(person: Person, key: UUID, area: Area, kind: str) -> Residency | None:
    """What the same claim would be a repetition of: its own key, or the same tie, live or refused or run out."""
    same_key = Residency.objects.filter(pk=key).first()
    if same_key is not None:
        if same_key.person_id != person.pk:
            raise UserError(_("这张表已经交过了，请从头再填一次"))
        return same_key
    mine = Residency.objects.filter(person=person, area=area, kind=kind)
    live = mine.filter(state__in=LIVE).first()
    return live or mine.filter(state__in=[ResidencyState.REFUSED, ResidencyState.EXPIRED]).order_by("-claimed_at").first()


def _room_for_another(person: Person, area: Area) -> None:
    mine = Residency.objects.filter(person=person, state__in=LIVE)
    other = mine.filter(area=area).first()
    if other is not None:
        facts = {"kind": ResidencyKind(other.kind).label, "state": ResidencyState(other.state).label}
        raise UserError(_("这里您已经认领过：%(kind)s，%(state)s。要换身份，先在“我的住处”里结束它") % facts)
    if mine.filter(state=ResidencyState.CLAIMED).count() >= rules.OPEN_CLAIMS:
        raise UserError(_("已有 %(n)d 件在等核实，等它们有了结果再认领") % {"n": rules.OPEN_CLAIMS})


def _checked_note(note: str) -> str:
    note = clean(note)
    if len(note) > rules.CLAIM_NOTE:
        raise UserError(
            _("补充说明最多 %(max)d 字，现在是 %(n)d 字") % {"max": rules.CLAIM_NOTE, "n": len(note)}, field="note"
        )
    return note


def stay_until(kind: str, contract_end: date | None, today: date) -> date | None:
    """A tenant's stay ends with his contract, and is confirmed every year. Raises UserError for a past day."""
    if kind != ResidencyKind.TENANT:
        return None
    if contract_end is not None and contract_end <= today:
        raise UserError(_("这个日期已经过了。续签了就写新合同的到期日"), field="until")
    year = today + timedelta(days=rules.TENANCY_DAYS)
    return min(contract_end or year, year)


@transaction.atomic
def withdraw_claim(*, by: Actor, residency_id: UUID, now: datetime) -> Residency:
    """Take one's own waiting claim back."""
    own(by, locked(residency_id))
    return move(residency_id=residency_id, event="withdraw", by=by, now=now)


@transaction.atomic
def end_residency(*, by: Actor, residency_id: UUID, now: datetime, reason: str = "") -> Residency:
    """Moved out: its rights are gone at once. By oneself, or by the committee with a reason that the person reads."""
    row = locked(residency_id)
    reason = clean(reason)
    if may(by, P.CLAIMS_DECIDE, row.area) and row.person_id != by.person_id:
        if not reason:
            raise UserError(_("请写明依据，本人会看到"), field="reason")
    else:
        own(by, row)
    return move(residency_id=residency_id, event="end", by=by, now=now, reason=reason, until=clock.local_date(now))


@transaction.atomic
def renew(*, by: Actor, residency_id: UUID, now: datetime, until: date | None = None) -> Residency:
    """A tenant stays on: in force until the new day at once; after it ran out, as a claim that is looked at again."""
    row = locked(residency_id)
    if not may(by, P.CLAIMS_DECIDE, row.area) or row.person_id == by.person_id:
        own(by, row)
    if row.kind != ResidencyKind.TENANT:
        raise UserError(_("只有租户要续期"))
    day = stay_until(row.kind, until, clock.local_date(now))
    claimed = now if row.state == ResidencyState.EXPIRED else row.claimed_at
    return move(residency_id=residency_id, event="renew", by=by, now=now, until=day, claimed_at=claimed)


def expire_due(now: datetime, *, batch: int = 200) -> int:
    """End the stays whose last day is over; how many."""
    today = clock.local_date(now)
    due = Residency.objects.filter(state=ResidencyState.VERIFIED, until__lte=today).order_by("until", "id")
    ended = 0
    for pk in list(due.values_list("pk", flat=True)[:batch]):
        with transaction.atomic():
            row = locked(pk)
            if row.state == ResidencyState.VERIFIED and row.until is not None and row.until <= today:
                move(residency_id=pk, event="expire", by=None, now=now)
                ended += 1
    return ended
