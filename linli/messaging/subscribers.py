"""What messaging does when something happened elsewhere: tell those concerned."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from linli.areas.api import Level as PlaceLevel
from linli.areas.api import ancestors
from linli.calendar.api import Deadline
from linli.common.bus import subscribe
from linli.common.clock import local_date
from linli.events.calendar import DeadlineMoved
from linli.events.gateways import OutgoingMoved
from linli.events.people import AccountClosed, PostBegan, PostEnded, ResidencyVerified
from linli.people.api import Post, Residency

from .actions.account import forget_reader
from .actions.send import note_outgoing
from .actions.tell import tell


@subscribe(OutgoingMoved)
def on_outgoing(event: OutgoingMoved, now: datetime) -> None:
    note_outgoing(outgoing=event.outgoing_id, state=event.state, now=now)


@subscribe(AccountClosed)
def on_closed(event: AccountClosed, now: datetime) -> None:
    forget_reader(person=event.person_id, now=now)


@subscribe(ResidencyVerified)
def on_verified(event: ResidencyVerified, now: datetime) -> None:
    row = Residency.objects.select_related("area").filter(pk=event.residency_id).first()
    if row is None:
        return
    # The compound or community, never the home: whoever looks over a shoulder need not learn the door.
    above = [place for place in [*ancestors(row.area), row.area] if place.level <= PlaceLevel.COMPOUND]
    words = {"place": above[-1].name if above else row.area.name}
    tell(
        people=[event.person_id], template="residency.verified", key=f"residency.verified:{event.residency_id.hex}:{row.since}",
        words=words, now=now,
    )  # fmt: skip


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
    """Whoever waits: the persons that the deadline itself names; an app that owns the subject tells its own."""
    row = Deadline.objects.filter(pk=event.deadline_id).first()
    if row is None or row.due is None or event.subject_kind != "person":
        return
    due = str(local_date(row.due))
    key = f"deadline.moved:{row.pk.hex}:{due}"
    tell(people=[UUID(event.subject_id)], template="deadline.moved", key=key, words={"due": due}, now=now)
