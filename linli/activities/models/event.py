"""An event and its history."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from linli.areas.api import Area
from linli.common.ids import uuid7
from linli.people.api import Body, Person

from ..rules import COMING, CONTACT, MOST_COMPANIONS, REASON, TEXT, TITLE, WHERE, Done, EventState, room


class EventQuerySet(models.QuerySet["Event"]):
    def public(self) -> EventQuerySet:
        """What was published at some time; drafts never."""
        return self.exclude(published_at=None)

    def for_places(self, keys: Collection[int]) -> EventQuerySet:
        """Those published at one of the places."""
        return self.filter(place__in=keys)

    def coming(self, now: datetime) -> EventQuerySet:
        """Not over yet, cancelled ones too: whoever planned to go has to see it. The next one first."""
        return self.public().filter(ends__gt=now).exclude(state=EventState.HELD).order_by("starts", "pk")

    def past(self, now: datetime) -> EventQuerySet:
        """Those that took place, the last one first."""
        return (
            self.public().filter(ends__lte=now).exclude(state=EventState.CANCELLED).order_by("-ends", "-pk")
        )


class Event(models.Model):
    """`place`: where it is published, in whose site's frame it stands; all who live or work at or below it may come.
    `taken` and `queued` count places, `came` the persons checked in; `version` is its iCalendar SEQUENCE.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=TITLE)
    where = models.CharField(max_length=WHERE)
    text = models.TextField(max_length=TEXT, blank=True)
    contact = models.CharField(max_length=CONTACT, blank=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    fee = models.PositiveIntegerField(default=0)  # fen
    state = models.CharField(max_length=10, choices=EventState, default=EventState.DRAFT)
    with_signup = models.BooleanField(default=True)
    capacity = models.PositiveIntegerField(null=True)  # None: as many as come
    with_queue = models.BooleanField(default=True)
    companions = models.PositiveSmallIntegerField(default=0)  # at most, for each sign-up
    signup_until = models.DateTimeField(null=True)  # None: until it begins
    picture_id = models.UUIDField(null=True)
    picture_alt = models.CharField(max_length=200, blank=True)
    taken = models.PositiveIntegerField(default=0)
    queued = models.PositiveIntegerField(default=0)
    came = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    cancel_why = models.CharField(max_length=REASON, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="event_times"),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(taken__lte=F("capacity")), name="event_capacity"
            ),
            models.CheckConstraint(condition=Q(companions__lte=MOST_COMPANIONS), name="event_companions"),
        ]
        indexes = [
            models.Index(fields=["body", "starts"], name="event_body"),
            models.Index(fields=["place", "ends"], name="event_place"),
            models.Index(fields=["state", "ends"], name="event_state"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def closes_at(self) -> datetime:
        """Until when one may sign up."""
        return self.signup_until or self.starts

    @property
    def room(self) -> int | None:
        """How many places are left; None without a limit. Nobody overtakes those who wait."""
        return 0 if self.queued and self.capacity is not None else room(self.capacity, self.taken)

    @property
    def is_full(self) -> bool:
        return self.room == 0

    @property
    def is_cancelled(self) -> bool:
        return self.state == EventState.CANCELLED

    def takes_signups(self, now: datetime) -> bool:
        return self.with_signup and self.state == EventState.OPEN and now < min(self.closes_at, self.ends)

    def is_ahead(self, now: datetime) -> bool:
        return self.state in COMING and now < self.ends


class EventStep(models.Model):
    """The history of an event; append-only. `why` is told to those who signed up."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    done = models.CharField(max_length=12, choices=Done)
    state = models.CharField(max_length=10, choices=EventState)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    post_id = models.UUIDField(null=True)
    why = models.CharField(max_length=REASON, blank=True)
