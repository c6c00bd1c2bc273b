"""Giving, taking down and revoking a mandate; beginning and ending to act under it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as now_in_words
from django.utils.translation import gettext_lazy as _

from linli.common import audit, clock
from linli.common.errors import NotAllowed, UserError
from linli.gateways.api import Kind, send_sms

from ..account_rules import is_under_14
from ..mandate_rules import GIVEN_AT_ONCE, RECORDED, clean_scopes, end_of
from ..models import Identifier, Mandate, Person
from ..permissions import P
from ..policy import Actor
from ..queries.mandates import given
from ..queries.reach import place_of
from ..rules import MandateHow


@transaction.atomic
def give_mandate(*, by: Actor, agent: Person, scopes: Iterable[str], last_day: date, now: datetime) -> Mandate:
    """Let another act for oneself until the end of `last_day`; takes the place of an earlier one to the same agent.

    Raises NotAllowed while acting for somebody else (nobody passes a mandate on), UserError otherwise.
    """
    if by.person is None or by.mandate is not None:
        raise NotAllowed(_("委托要本人来设"))
    return _write(by, by.person, agent, scopes, last_day, MandateHow.ONLINE, now)


@transaction.atomic
def record_mandate(
    *,
    by: Actor,
    principal: Person,
    agent: Person,
    scopes: Iterable[str],
    last_day: date,
    how: str,
    confirmed: bool,
    now: datetime,
) -> Mandate:
    """Take down a mandate that was given in person, on paper or on the telephone.

    `confirmed`: the person was asked and said yes (on the telephone after the read-back). Nobody takes down one
    to himself. Raises NotAllowed where the principal is out of the actor's reach, UserError otherwise.
    """
    place = place_of(by, principal, P.MANDATES_RECORD, clock.local_date(now))
    if place is None:
        raise NotAllowed(_("没有找到"))
    if by.person_id in (principal.pk, agent.pk):
        raise UserError(_("自己的委托要请同事来登记"), field="agent_card")
    if how not in RECORDED:
        raise UserError(_("请选是怎么委托的"), field="how")
    if not confirmed:
        raise UserError(_("要本人亲口同意才能登记"), field="confirmed")
    return _write(by, principal, agent, scopes, last_day, MandateHow(how), now, place=place)


@transaction.atomic
def revoke_mandate(*, by: Actor, mandate: Mandate, now: datetime) -> bool:
    """End a mandate at once; False where it was over already.

    The principal may, the agent may give it back, and staff who may take one down for the principal. Raises NotAllowed.
    """
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    own = by.mandate is None and by.person_id in (mandate.principal_id, mandate.agent_id)
    place = None if own else place_of(by, mandate.principal, P.MANDATES_RECORD, clock.local_date(now))
    if mandate.how == MandateHow.GUARDIAN or not (own or place):
        raise NotAllowed(_("没有找到"))
    if mandate.revoked_at is not None:
        return False
    mandate.revoked_at = now
    mandate.save(update_fields=["revoked_at"])
    audit.record(actor=by, action="mandate.revoke", subject=mandate, about=mandate.principal_id, place=place, now=now)
    if by.person_id != mandate.principal_id:
        _tell(mandate, "revoked", now)
    return True


@transaction.atomic
def begin_acting(*, by: Actor, mandate: Mandate, now: datetime) -> None:
    """Write down that the agent now acts for the principal; the principal sees it."""
    audit.record(actor=by, action="mandate.act", subject=mandate, about=mandate.principal_id, now=now)


@transaction.atomic
def end_acting(*, by: Actor, now: datetime) -> None:
    """Write down that the agent is himself again; both names are on the row."""
    if by.mandate is not None:
        audit.record(actor=by, action="mandate.stop", subject=by.mandate, about=by.principal_id, now=now)


def _write(
    by: Actor,
    principal: Person,
    agent: Person,
    scopes: Iterable[str],
    last_day: date,
    how: MandateHow,
    now: datetime,
    place: object = None,
) -> Mandate:
    today = clock.local_date(now)
    chosen, until = clean_scopes(scopes), end_of(last_day, today)
    principal = Person.objects.select_for_update().get(pk=principal.pk)
    _check_people(principal, agent, today)
    earlier = [row for row in given(principal, today) if row.agent_id == agent.pk]
    if len(given(principal, today)) - len(earlier) >= GIVEN_AT_ONCE:
        raise UserError(_("同时最多委托 %(n)d 个人，请先撤回一份") % {"n": GIVEN_AT_ONCE})
    for row in earlier:
        row.revoked_at = now
        row.save(update_fields=["revoked_at"])
        audit.record(actor=by, action="mandate.replace", subject=row, about=principal, place=place, now=now)
    assert by.person is not None
    mandate = Mandate.objects.create(
        principal=principal, agent=agent, scopes=chosen, how=how, since=today, until=until, recorded_by=by.person, recorded_at=now
    )
    detail = {"agent": str(agent.pk), "scopes": chosen, "how": how.value, "until": until.isoformat()}
    audit.record(actor=by, action="mandate.give", subject=mandate, about=principal, place=place, detail=detail, now=now)
    if how != MandateHow.ONLINE:
        _tell(mandate, "recorded", now)
    return mandate


def _check_people(principal: Person, agent: Person, today: date) -> None:
    if principal.pk == agent.pk:
        raise UserError(_("不能委托自己，请填另一个人的卡号"), field="agent_card")
    for person, field in ((principal, "principal_card"), (agent, "agent_card")):
        if person.closed_at or person.merged_into_id or not person.is_active:
            raise UserError(_("这个账号已经停用"), field=field)
        if person.born and is_under_14(date.fromisoformat(person.born), today):
            raise UserError(_("未满 14 周岁，由监护人替他办，不用委托"), field=field)


def _tell(mandate: Mandate, what: str, now: datetime) -> None:
    """An SMS to the principal, where he has a phone: it is he who would be wronged."""
    person = mandate.principal
    phones = person.identifiers.current().filter(kind=Identifier.Kind.PHONE)
    phone = phones.exclude(verified_at=None).first()
    if phone is None:
        return
    with translation.override(person.language):
        if what == "recorded":
            text = now_in_words("按您的意思登记了：%(agent)s可以替您办事。不是您的意思，请马上告诉社区或登录撤回。")
        else:
            text = now_in_words("%(agent)s不再替您办事了，委托已撤回。")
        text %= {"agent": mandate.agent.display_name}
    send_sms(to=phone.value, text=text, kind=Kind.SECURITY, now=now, person=person)
