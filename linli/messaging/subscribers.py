"""What messaging does when something happened elsewhere: tell those concerned."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from linli.areas.api import Level as PlaceLevel
from linli.areas.api import ancestors
from linli.calendar.api import Deadline, people_of
from linli.common.bus import subscribe
from linli.common.clock import local_date
from linli.events.calendar import DeadlineMoved
from linli.events.gateways import OutgoingMoved
from linli.events.people import (
    AccountClosed,
    AccountsMerged,
    PostBegan,
    PostEnded,
    ResidencyRefused,
    ResidencyVerified,
)
from linli.people.api import Post, Proof, Residency

from .actions.account import forget_reader
from .actions.merge import move_reader
from .actions.send import note_outgoing
from .actions.tell import tell
from .rules import Channel


@subscribe(OutgoingMoved)
def on_outgoing(event: OutgoingMoved, now: datetime) -> None:
    note_outgoing(outgoing=event.outgoing_id, state=event.state, now=now)


@subscribe(AccountClosed)
def on_closed(event: AccountClosed, now: datetime) -> None:
    forget_reader(person=event.person_id, now=now)


@subscribe(AccountsMerged)
def on_merged(event: AccountsMerged, now: datetime) -> None:
    move_reader(kept=event.kept_id, dropped=event.dropped_id, now=now)


@subscribe(ResidencyVerified)
def on_verified(event: ResidencyVerified, now: datetime) -> None:
    """Who proved it himself a moment ago, by code or roll, needs no SMS for it."""
    row = _residency(event.residency_id)
    if row is not None:
        channels = [Channel.EMAIL] if row.proof in (Proof.CODE, Proof.ROLL) else None
        _tell_residency(row, "residency.verified", f"{row.since}", now, channels)


@subscribe(ResidencyRefused)
def on_refused(event: ResidencyRefused, now: datetime) -> None:
    row = _residency(event.residency_id)
    if row is not None:
        _tell_residency(row, "residency.refused", f"{row.claimed_at.isoformat()}", now)


def _residency(pk: UUID) -> Residency | None:
    return Residency.objects.select_related("area").filter(pk=pk).first()


def _tell_residency(
    row: Residency, template: str, round_: str, now: datetime, channels: list[Channel] | None = None
) -> None:
    """The compound or community, never the home: whoever looks over a shoulder need not learn the door."""
    above = [place for place in [*ancestors(row.area), row.area] if place.level <= PlaceLevel.COMPOUND]
    words = {"place": above[-1].name if above else row.area.name}
    key = f"{template}:{row.pk.hex}:{round_}"
    tell(people=[row.person_id], template=template, key=key, words=words, channels=channels, now=now)


@subscribe(PostBegan)
def on_post_began(event: PostBegan, now: datetime) -> None:
    _tell_post(event, "post.began", now)


@subscribe(PostEnded)
def on_post_ended(event: PostEnded, now: datetime) -> None:
    _tell_post(event, "post.ended", now)


def _tell_post(event: PostBegan | PostEnded, template: str, now: datetime) -> None:
    """Read the post: it may have been ended, or its end been moved, since the event was written."""
    post = Post.objects.select_related("body").filter(pk=event.post_id).first()
    if post is None:
        return
    held = post.since <= local_date(now) and (post.until is None or local_date(now) < post.until)
    if held != (template == "post.began"):
        return
    words = {"body": post.body.name, "title": post.title}
    tell(people=[event.person_id], template=template, key=f"{template}:{post.pk.hex}", words=words, now=now)


@subscribe(DeadlineMoved)
def on_deadline_moved(event: DeadlineMoved, now: datetime) -> None:
    """Whoever waits for it or has to see to it, as the subject's app says."""
    row = Deadline.objects.filter(pk=event.deadline_id).first()
    people = people_of(event.subject_kind, event.subject_id) if row else []
    if row is None or row.due is None or not people:
        return
    due = str(local_date(row.due))
    tell(people=people, template="deadline.moved", key=f"deadline.moved:{row.pk.hex}:{due}", words={"due": due}, now=now)
