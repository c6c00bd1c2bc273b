"""Sign up, cancel, check in. Each takes the event's lock first, so that no place is ever given twice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.common import audit, bus
from linli.common.clock import local_date
from linli.common.errors import UserError
from linli.common.ids import digits_code
from linli.common.text import clean
from linli.events.activities import CheckedIn
from linli.people.api import Actor, Person

from .. import told
from ..models import Event, Signup
from ..queries.going import may_come
from ..rules import SIGNUP, How, SignupState, door_is_open, fits, room
from .events import touch
from .line import lock, settle

STAFF = (How.COUNTER, How.PHONE)


@transaction.atomic
def sign_up(
    *,
    event: UUID,
    person: Person,
    companions: int,
    by: Actor,
    how: How = How.ONLINE,
    consent: str = "",
    now: datetime,
) -> Signup:
    """A place for the person and his companions, or one in the line; who is there already changes his companions.

    Raises UserError (companions, consent) that says what stands against it.
    """
    locked = lock(event)
    row = Signup.objects.filter(event=locked, person=person).first()
    consent = " ".join(clean(consent).split())
    if how in STAFF and not consent:
        raise UserError(_("写一句本人怎么说的"), field="consent")
    _check(locked, person, companions, how, now)
    if row is not None and row.state != SignupState.GONE:
        return _change(locked, row, companions, now)
    state = _state_for(locked, 1 + companions)
    row = row or Signup(event=locked, person=person)
    if row.state:
        row.code = digits_code()
        SIGNUP.step(row.state, "join" if state == SignupState.GOING else "queue")
    row.companions, row.state, row.at, row.how, row.consent = companions, state, now, how, consent
    row.by_id = by.person_id if by.person_id != person.pk else None
    row.save()
    if row.by_id is not None:
        audit.record(actor=by, action="signup.join", subject=row, about=person, place=locked.place, now=now)
        told.tell_signed_up(locked, row, now)
    settle(locked, now)
    touch(locked)
    return row


def _check(event: Event, person: Person, companions: int, how: str, now: datetime) -> None:
    taking = event.is_ahead(now) if how in STAFF else event.takes_signups(now)
    if event.is_cancelled:
        raise UserError(_("活动取消了，不用报名"))
    if not event.with_signup:
        raise UserError(_("这个活动不用报名，到时候直接来"))
    if event.published_at is None or not taking:
        raise UserError(_("报名已经截止"))
    if not 0 <= companions <= event.companions:
        most = (
            _("一个人只能报自己的名")
            if not event.companions
            else format_lazy(_("最多带 {n} 位"), n=event.companions)
        )
        raise UserError(most, field="companions")
    if event.capacity is not None and 1 + companions > event.capacity:
        raise UserError(format_lazy(_("一共只有 {n} 个位子"), n=event.capacity), field="companions")
    if not may_come(person, event.place, local_date(now)):
        raise UserError(
            format_lazy(_("活动给{place}的居民，先在这里认好住处才能报名"), place=event.place.name)
        )


def _state_for(event: Event, seats: int) -> SignupState:
    """A place, or the end of the line: nobody overtakes those who wait."""
    if event.capacity is None or (not event.queued and fits(event.capacity, event.taken, seats)):
        return SignupState.GOING
    if event.with_queue:
        return SignupState.WAITING
    left = room(event.capacity, event.taken)
    if left and seats > 1:
        raise UserError(format_lazy(_("只剩 {n} 个位子"), n=left), field="companions")
    raise UserError(_("报满了"))


def _change(event: Event, row: Signup, companions: int, now: datetime) -> Signup:
    """Other companions; the place in the line stays."""
    if row.came_at is not None:
        raise UserError(_("已经签到了，不用再改"))
    more = companions - row.companions
    if row.state == SignupState.GOING and more > 0:
        left = event.room
        if left is not None and more > left:
            raise UserError(format_lazy(_("只剩 {n} 个位子，带不了这么多"), n=left), field="companions")
    if more:
        row.companions = companions
        row.save(update_fields=["companions"])
        settle(event, now)
        touch(event)
        row.refresh_from_db()
    return row


@transaction.atomic
def cancel_signup(*, signup: UUID, by: Actor, now: datetime) -> Signup:
    """The place is free again and the line moves up. Cancelling twice changes nothing.

    Raises UserError after check-in and after the end, Signup.DoesNotExist without a row.
    """
    row = Signup.objects.select_related("person").get(pk=signup)
    event = lock(row.event_id)
    row.refresh_from_db()
    if row.state == SignupState.GONE:
        return row
    if row.came_at is not None:
        raise UserError(_("已经签到了，不能再取消"))
    if not event.is_ahead(now):
        raise UserError(_("活动已经结束，不用取消了"))
    row.state = SIGNUP.step(row.state, "cancel")
    row.save(update_fields=["state"])
    if by.person_id != row.person_id:
        audit.record(
            actor=by, action="signup.cancel", subject=row, about=row.person_id, place=event.place, now=now
        )
        told.tell_taken_off(event, row, now)
    settle(event, now)
    touch(event)
    return row


@transaction.atomic
def check_in(*, signup: UUID, by: Actor, now: datetime) -> bool:
    """Note that the person came, with his companions; False where that was noted before.

    Raises UserError for who has no place, and outside of the event's day.
    """
    row = Signup.objects.select_related("event__place").get(pk=signup)
    event = lock(row.event_id)
    row.refresh_from_db(fields=["state", "came_at", "companions"])
    if row.came_at is not None:
        return False
    if event.is_cancelled:
        raise UserError(_("活动取消了"))
    if row.state != SignupState.GOING:
        raise UserError(
            _("还在候补，没有位子") if row.state == SignupState.WAITING else _("这个报名已经取消")
        )
    if not door_is_open(event.starts, event.ends, now):
        raise UserError(_("活动当天才能签到"))
    row.came_at, row.checked_by_id = now, by.person_id
    row.save(update_fields=["came_at", "checked_by"])
    event.came += row.seats
    event.save(update_fields=["came"])
    audit.record(
        actor=by, action="signup.check_in", subject=row, about=row.person_id, place=event.place, now=now
    )
    fact = CheckedIn(event_id=event.pk, signup_id=row.pk, person_id=row.person_id)
    bus.publish(fact, now=now, key=row.pk.hex)
    return True
