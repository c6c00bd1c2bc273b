"""Make, change, publish, close and cancel events."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.common import audit, bus
from linli.common.errors import UserError
from linli.common.pagecache import bump
from linli.common.text import clean
from linli.common.transitions import Step, transition
from linli.events.activities import EventCancelled, EventHeld, EventMoved, EventPublished
from linli.people.api import Actor, Body
from linli.sites.api import noun_tag, place_tag

from .. import findable, told
from ..models import Event, EventStep
from ..rules import COMING, EVENT, check_times
from .line import settle


@dataclass(frozen=True)
class Facts:
    """What an organiser says of an event."""

    title: str
    where: str
    starts: datetime
    ends: datetime
    text: str = ""
    contact: str = ""
    fee: int = 0
    with_signup: bool = True
    capacity: int | None = None
    with_queue: bool = True
    companions: int = 0
    signup_until: datetime | None = None

    def values(self) -> dict[str, Any]:
        """As columns: texts without invisible characters, nothing of sign-ups where there are none."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        for name in ("title", "where", "contact"):
            found[name] = " ".join(clean(found[name]).split())
        found["text"] = clean(self.text).replace("\r\n", "\n")
        if not self.with_signup:
            found |= {"capacity": None, "companions": 0, "signup_until": None}
        return found


MOVING = ("starts", "ends", "where")


@transaction.atomic
def create_event(*, facts: Facts, place: Area, body: Body, by: Actor | None, now: datetime) -> Event:
    """A draft. Raises UserError at the field that is wrong."""
    _check(facts)
    event = Event.objects.create(place=place, body=body, made_at=now, changed_at=now, **facts.values())
    _note(event, "create", by, now)
    return event


@transaction.atomic
def edit_event(*, event: Event, facts: Facts, by: Actor | None, now: datetime) -> Event:
    """Change it; where time or meeting place of a published one move, all who signed up are told.

    Raises UserError at the field that is wrong, and for an event that is over.
    """
    event = Event.objects.select_for_update(of=("self",)).select_related("place").get(pk=event.pk)
    if event.published_at is not None and not event.is_ahead(now):
        raise UserError(_("活动已经结束或取消，不能再改。"))
    _check(facts)
    values = facts.values()
    if values["capacity"] is not None and values["capacity"] < event.taken:
        message = format_lazy(_("已经有 {n} 人报名，名额不能比这少"), n=event.taken)
        raise UserError(message, field="capacity")
    if not facts.with_signup and (event.taken or event.queued):
        raise UserError(_("已经有人报名，不能改成不用报名"), field="with_signup")
    moved = [name for name in MOVING if values[name] != getattr(event, name)]
    if not any(values[name] != getattr(event, name) for name in values):
        return event
    for name, value in values.items():
        setattr(event, name, value)
    event.changed_at = now
    event.version += 1
    if "starts" in moved:
        event.reminded_at = None
    event.save()
    _note(event, "move" if moved else "change", by, now)
    if event.published_at is not None:
        _changed(event, moved, now)
    return event


def _changed(event: Event, moved: list[str], now: datetime) -> None:
    if moved:
        told.tell_moved(event, now)
        bus.publish(
            EventMoved(event_id=event.pk, place_id=event.place_id),
            now=now,
            key=f"{event.pk.hex}:{event.version}",
        )
    settle(event, now)
    _shown(event)


def publish_event(*, event: Event, by: Actor | None, now: datetime) -> Event:
    """Let everybody see it. Raises UserError for one that is over already."""
    return _step(event, "publish", by, now, changes={"published_at": now, "changed_at": now})


def close_signup(*, event: Event, by: Actor | None, now: datetime) -> Event:
    return _step(event, "close", by, now, changes={"changed_at": now})


def reopen_signup(*, event: Event, by: Actor | None, now: datetime) -> Event:
    """Take sign-ups again; a time for their end that is over is taken away."""
    changes: dict[str, Any] = {"changed_at": now}
    if event.signup_until is not None and event.signup_until <= now:
        changes["signup_until"] = None
    return _step(event, "reopen", by, now, changes=changes)


def cancel_event(*, event: Event, why: str, by: Actor | None, now: datetime) -> Event:
    """It will not take place; all who signed up are told why. Raises UserError (why) without a reason."""
    why = " ".join(clean(why).split())
    if not why and event.published_at is not None:
        raise UserError(_("写一句为什么取消，报名的人会收到"), field="why")
    changes = {"cancel_why": why, "changed_at": now, "version": event.version + 1}
    return _step(event, "cancel", by, now, changes=changes, why=why)


def hold_event(*, event: Event, now: datetime) -> Event:
    return _step(event, "hold", None, now)


@transaction.atomic
def set_picture(*, event: Event, picture: UUID | None, alt: str, now: datetime) -> None:
    """Which of its files is the event's picture."""
    event.picture_id, event.picture_alt, event.changed_at = picture, alt, now
    event.save(update_fields=["picture_id", "picture_alt", "changed_at"])
    if event.published_at is not None:
        _shown(event)


@transaction.atomic
def _step(
    event: Event,
    name: str,
    by: Actor | None,
    now: datetime,
    *,
    changes: dict[str, Any] | None = None,
    why: str = "",
) -> Event:
    rows = Event.objects.select_related("place", "body")
    event = transition(
        table=EVENT, rows=rows, pk=event.pk, event=name, by=by, now=now, changes=changes,
        history=lambda step: _note(step.row, step.event, step.by, step.now, step.said.get("why", "")),
        said={"why": why},
    )  # fmt: skip
    if by is not None:
        audit.record(actor=by, action=f"event.{name}", subject=event, place=event.place, now=now)
    if event.published_at is not None:
        _shown(event)
    return event


def _check(facts: Facts) -> None:
    check_times(starts=facts.starts, ends=facts.ends, signup_until=facts.signup_until)


def _note(event: Event, name: str, by: Actor | None, now: datetime, why: str = "") -> None:
    person, post = (by.person_id, by.post_id) if by is not None else (None, None)
    EventStep.objects.create(
        event=event, at=now, done=name, state=event.state, by_id=person, post_id=post, why=why
    )


def _shown(event: Event) -> None:
    """What is found and what is shown of it changes with this transaction."""
    findable.renew(event)
    touch(event, "news")


def touch(event: Event, *more: str) -> None:
    """The pages that show the event are written anew. The last line of a verb."""
    bump(place_tag(event.place_id), noun_tag("events", event.place_id), f"event:{event.pk}", *more)


@EVENT.guard("is_ahead")
def is_ahead(step: Step[Event]) -> None:
    if step.row.ends <= step.now:
        raise UserError(_("活动时间已经过了，先把时间改到以后"), field="ends")


@EVENT.effect("tell_published")
def tell_published(step: Step[Event]) -> None:
    event = step.row
    bus.publish(EventPublished(event_id=event.pk, place_id=event.place_id), now=step.now, key=event.pk.hex)


@EVENT.effect("tell_held")
def tell_held(step: Step[Event]) -> None:
    event = step.row
    bus.publish(EventHeld(event_id=event.pk, place_id=event.place_id), now=step.now, key=event.pk.hex)


@EVENT.effect("tell_cancelled")
def tell_cancelled(step: Step[Event]) -> None:
    event = step.row
    told.tell_cancelled(event, step.now)
    bus.publish(EventCancelled(event_id=event.pk, place_id=event.place_id), now=step.now, key=event.pk.hex)


@transaction.atomic
def move_on(*, now: datetime) -> int:
    """What time alone changes: sign-up ends, events are over. Returns how many."""
    closing = Event.objects.filter(state="open", with_signup=True, signup_until__lte=now, ends__gt=now)
    over = Event.objects.filter(state__in=COMING, ends__lte=now)
    due = [*(("close", row) for row in closing[:200]), *(("hold", row) for row in over[:200])]
    for name, row in due:
        _step(row, name, None, now)
    return len(due)
