"""What staff do to an account for its owner, who stands before them with his papers.

Each is a way into the account. It is done only to persons within reach, never to oneself and never to a holder of
a post whom one could not dismiss; the papers seen are written down for the person and the auditor.
"""

from __future__ import annotations

from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.common import audit, clock
from linli.common.errors import NotAllowed, UserError
from linli.common.sessions import end_sessions
from linli.common.text import clean, normalise_phone

from ..account_rules import fourteenth_birthday, is_under_14
from ..models import Guardianship, Identifier, Mandate, Person
from ..permissions import P
from ..policy import Actor
from ..queries.reach import may_take_in_hand, place_of
from ..rules import MandateHow, MandateScope
from .account import attach_contact, retire, tell
from .card import issue_card
from .factor import reset_second_factor
from .merge import merge_accounts


class Papers(models.TextChoices):
    """How staff knew who stands there."""

    ID_CARD = "id_card", _("身份证")
    HOUSEHOLD = "household", _("户口本")
    PASSPORT = "passport", _("护照或港澳台证件")
    KNOWN = "known", _("上门认识，两位工作人员在场")


@transaction.atomic
def print_card(*, actor: Actor, person: Person, papers: str, now: datetime) -> str:
    """A new card for the person: its secret, this once. The former card and all sessions end."""
    place = _in_hand(actor, person, now)
    _note(actor, person, papers, "card", place, now)
    return issue_card(person=person, by=actor, now=now)


@transaction.atomic
def replace_phone(*, actor: Actor, person: Person, phone: str, papers: str, now: datetime) -> Identifier:
    """A new number for a lost one. The old number is retired and told, all sessions end."""
    place = _in_hand(actor, person, now)
    try:
        number = normalise_phone(phone)
    except UserError as error:
        raise UserError(error.message, field="phone") from None
    try:
        new = attach_contact(person=person, value=number, now=now)
    except UserError as error:
        raise UserError(error.message, field="phone") from None
    for old in person.identifiers.current().filter(kind=Identifier.Kind.PHONE).exclude(pk=new.pk):
        tell(old, _("您账号上的手机号在窗口换成了新的。不是您本人换的，请马上到社区服务站找我们。"), now)
        retire(old, why="lost", now=now)
    _note(actor, person, papers, "phone", place, now)
    audit.record(actor=actor, action="account.phone.change", subject=new, about=person, place=place, now=now)
    end_sessions(person.pk)
    return new


@transaction.atomic
def take_factor_away(*, actor: Actor, person: Person, papers: str, reason: str, now: datetime) -> None:
    """The second factor of somebody who lost it and stands there with his papers. He is told, his sessions end."""
    place = _in_hand(actor, person, now)
    if not clean(reason):
        raise UserError(_("请写明为什么取下，本人会看到"), field="reason")
    if not Authenticator.objects.filter(user=person).exists():
        raise UserError(_("他没有设第二重验证"))
    _note(actor, person, papers, "factor", place, now)
    reset_second_factor(person=person, by=actor, now=now, reason=reason, place=place)


@transaction.atomic
def merge_people(*, actor: Actor, keep: Person, drop: Person, papers: str, now: datetime) -> None:
    """Two accounts of the person who stands there become one."""
    for person in (keep, drop):
        place = _in_hand(actor, person, now)
        _note(actor, person, papers, "merge", place, now)
    merge_accounts(keep=keep, drop=drop, by=actor, now=now)


@transaction.atomic
def add_guardian(*, actor: Actor, child: Person, guardian: Person, papers: str, now: datetime) -> Guardianship:
    """One more guardian for a child under 14, until its 14th birthday (PIPL article 31)."""
    place = _in_hand(actor, child, now)
    day = clock.local_date(now)
    assert actor.person is not None
    born = date.fromisoformat(child.born) if child.born else None
    if born is None or not is_under_14(born, day):
        raise UserError(_("这个账号不是 14 周岁以下孩子的"))
    if guardian.pk == child.pk or (guardian.born and is_under_14(date.fromisoformat(guardian.born), day)):
        raise UserError(_("监护人要满 14 周岁"), field="number")
    if Guardianship.objects.filter(child=child, guardian=guardian, ended_at=None).exists():
        raise UserError(_("他已经是监护人了"), field="number")
    until = fourteenth_birthday(born)
    row = Guardianship.objects.create(child=child, guardian=guardian, since=day, until=until, consented_at=now)
    Mandate.objects.create(
        principal=child, agent=guardian, scopes=[MandateScope.ALL, MandateScope.ACCOUNT], how=MandateHow.GUARDIAN,
        since=day, until=until, recorded_by=actor.person, recorded_at=now,
    )  # fmt: skip
    _note(actor, child, papers, "guardian", place, now)
    audit.record(actor=actor, action="guardianship.begin", subject=row, about=child, place=place, now=now)
    return row


def _in_hand(actor: Actor, person: Person, now: datetime) -> Area:
    day = clock.local_date(now)
    place = place_of(actor, person, P.PEOPLE_ENROL, day)
    if place is None or person.closed_at or person.merged_into_id or not may_take_in_hand(actor, person, day):
        raise NotAllowed(_("没有找到"))
    return place


def _note(actor: Actor, person: Person, papers: str, act: str, place: Area, now: datetime) -> None:
    if papers not in Papers.values:
        raise UserError(_("请选当面看过的证件"), field="papers")
    detail = {"papers": papers, "for": act}
    audit.record(actor=actor, action="identity.seen", subject=person, about=person, place=place, detail=detail, now=now)
