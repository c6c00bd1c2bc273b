"""How a claim is proved: by the paper code, by the roll, or by people of the residents' committee."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.common.ids import uuid7
from linli.common.sealed import digests
from linli.common.text import clean, fold

from .. import rules
from ..models import HomeCode, Identifier, Person, Residency, ResidencyEvent, RollEntry
from ..models.identifier import CONTACT
from ..permissions import P
from ..policy import Actor, may
from ..rules import OWNING, Proof, ResidencyState
from .residency import LIVE, checked_kind, locked, move, own, remember, stay_until

SEEN_CODE = "code_seen"  # the paper code was right, but people have to look at it
NOT_ON_ROLL = "roll_missed"


@transaction.atomic
def verify_with_code(*, by: Actor, residency_id: UUID, code_id: UUID, now: datetime) -> Residency:
    """Prove one's own claim with the paper code of the home; one use of the code is spent.

    A further owner beside a verified one stays a claim: the desk sees that the code was right. Raises UserError.
    """
    row = locked(residency_id)
    own(by, row)
    if row.state == ResidencyState.VERIFIED and row.proof == Proof.CODE:
        return row
    codes = HomeCode.objects.filter(pk=code_id, home=row.area, void_at=None, expires_at__gt=now, uses_left__gt=0)
    if not codes.update(uses_left=F("uses_left") - 1):
        raise UserError(_("这张入户码刚刚作废或用完了。请到居委会换一张，或选别的办法"), field="code")
    if not rules.code_settles(claimed=row.kind, owned=_owned_by_another(row)):
        remember(row, SEEN_CODE, by=by, now=now, reason=str(_("入户码对上了。这一户已有产权人，由居委会再看一下")))
        return row
    return move(
        residency_id=row.pk, event="verify", by=by, now=now, proof=Proof.CODE, since=clock.local_date(now),
        reason=str(_("入户码对上了")),
    )  # fmt: skip


def _owned_by_another(row: Residency) -> bool:
    owners = Residency.objects.filter(area=row.area, kind__in=OWNING, state=ResidencyState.VERIFIED)
    return owners.exclude(person=row.person_id).exists()


@transaction.atomic
def match_roll(*, by: Actor, residency_id: UUID, now: datetime) -> Residency:
    """Prove one's own claim by the office's roll: a verified number of his and his name stand there together.

    Where they do not, the claim waits for people. Three tries a day, so that names are not guessed.
    """
    row = locked(residency_id)
    own(by, row)
    if row.state != ResidencyState.CLAIMED:
        return row
    missed = ResidencyEvent.objects.filter(residency__person=row.person_id, event=NOT_ON_ROLL)
    if missed.filter(at__gt=now - timedelta(days=1)).count() >= rules.ROLL_TRIES_A_DAY:
        return row
    if not _on_roll(row):
        remember(row, NOT_ON_ROLL, by=by, now=now, reason=str(_("名册上没有对上，由居委会来看")))
        return row
    return move(
        residency_id=row.pk, event="verify", by=by, now=now, proof=Proof.ROLL, since=clock.local_date(now),
        reason=str(_("手机号和姓名与名册一致")),
    )  # fmt: skip


def _on_roll(row: Residency) -> bool:
    name = fold(row.person.legal_name)
    phones = row.person.identifiers.current().filter(kind=Identifier.Kind.PHONE).exclude(verified_at=None)
    indexes = [digest for phone in phones for digest in digests(CONTACT, phone.value)]
    if not name or not indexes:
        return False
    lines = RollEntry.objects.filter(home=row.area, phone_index__in=indexes)
    return any(fold(line.name) == name and rules.roll_covers(listed=line.kind, claimed=row.kind) for line in lines)


@transaction.atomic
def decide_claim(*, by: Actor, residency_id: UUID, verify: bool, now: datetime, reason: str = "") -> Residency:
    """The committee verifies or refuses. A refusal has a reason, which the person reads; messaging tells him of both.

    Nobody decides his own claim or one that he entered for another. Raises UserError where a colleague was faster.
    """
    row = locked(residency_id)
    _may_decide(by, row.area)
    if row.person_id == by.person_id or row.events.filter(event__in=["claim", "claim_again"], by=by.person_id).exists():
        raise UserError(_("自己的、或自己替人填的认领，要由同事来核实"))
    reason = clean(reason)
    if len(reason) > rules.REASON_LENGTH:
        raise UserError(_("理由最多 %(n)d 个字") % {"n": rules.REASON_LENGTH}, field="words")
    if verify:
        today = clock.local_date(now)
        if row.until is not None and row.until <= today:
            raise UserError(_("他写的合同到期日已经过了，请他续签后重新认领，或在这里写明不通过"))
        return move(
            residency_id=row.pk, event="verify", by=by, now=now, reason=reason, proof=Proof.IN_PERSON, since=today
        )
    if not reason:
        raise UserError(_("请选一条理由或自己写，本人会看到"), field="reason")
    return move(residency_id=row.pk, event="refuse", by=by, now=now, reason=reason)


def _may_decide(by: Actor, area: Area) -> None:
    if not may(by, P.CLAIMS_DECIDE, area):
        raise NotAllowed(_("没有这一件"))


@transaction.atomic
def verify_in_person(
    *, by: Actor, person: Person, area: Area, kind: str, seen: str, now: datetime, until: date | None = None
) -> Residency:
    """Somebody at the counter shows his papers: his waiting claim is verified, or made and verified at once.

    `seen` says which papers; it goes into the history that the person reads. Raises UserError.
    """
    _may_decide(by, area)
    if person.pk == by.person_id:
        raise UserError(_("自己的住处要由同事来核实"))
    today = clock.local_date(now)
    kind = checked_kind(kind, area, today)
    Person.objects.select_for_update().get(pk=person.pk)
    live = Residency.objects.filter(person=person, area=area, state__in=LIVE).first()
    if live is not None and (live.kind != kind or live.state == ResidencyState.VERIFIED):
        facts = {"kind": rules.ResidencyKind(live.kind).label, "state": ResidencyState(live.state).label}
        raise UserError(_("他在这里已有一条：%(kind)s，%(state)s") % facts, field="kind")
    until = stay_until(kind, until, today)
    if live is None:
        live = Residency.objects.create(
            pk=uuid7(), person=person, area=area, kind=kind, claimed_at=now, since=today, until=until
        )
        remember(live, "claim", by=by, now=now, reason=str(_("在窗口当面登记")))
    return move(
        residency_id=live.pk, event="verify", by=by, now=now, reason=clean(seen), proof=Proof.IN_PERSON,
        since=today, until=until,
    )  # fmt: skip
