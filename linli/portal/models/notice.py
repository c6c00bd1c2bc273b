"""A notice, its history, and who has opened it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from linli.areas.api import Area
from linli.common import clock
from linli.common.ids import uuid7
from linli.people.api import Body, Person
from linli.sites.api import Site

from ..notice_rules import (
    CONTACT_NAME,
    CONTACT_PHONE,
    READABLE,
    REASON,
    SHORT,
    TEXT,
    TITLE,
    Kind,
    NoticeLevel,
    NoticeState,
)

if TYPE_CHECKING:
    from collections.abc import Collection


class NoticeQuerySet(models.QuerySet["Notice"]):
    def live(self, now: datetime) -> NoticeQuerySet:
        """Published and still right."""
        return self.filter(state=NoticeState.PUBLISHED, valid_until__gt=now)

    def past(self) -> NoticeQuerySet:
        """Once published and over by time."""
        return self.filter(state=NoticeState.EXPIRED)

    def at_sites(self, sites: Collection[int]) -> NoticeQuerySet:
        return self.filter(site__in=sites)


class Notice(models.Model):
    """`site`: where it is published; a place's own shows on all sites below, a group's on its own alone.

    `place`: its audience with everything below, or of it only `buildings` (keys), named in `audience`. A correction
    is a notice of its own, which `corrects` the former; that one stays readable. Once it waits, its text stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    buildings = models.JSONField(default=list)
    audience = models.CharField(max_length=120, blank=True)
    issuer = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    level = models.CharField(max_length=10, choices=NoticeLevel, default=NoticeLevel.ORDINARY)
    title = models.CharField(max_length=TITLE)
    text = models.TextField(max_length=TEXT)
    short = models.CharField(max_length=SHORT, blank=True)
    contact_name = models.CharField(max_length=CONTACT_NAME, blank=True)
    contact_phone = models.CharField(max_length=CONTACT_PHONE, blank=True)
    pinned = models.BooleanField(default=False)
    publish_at = models.DateTimeField(null=True)
    valid_until = models.DateTimeField()
    state = models.CharField(max_length=10, choices=NoticeState, default=NoticeState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    writer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    checker = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=READABLE) | Q(published_at__isnull=False), name="notice_published"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(valid_until__gt=F("published_at")), name="notice_dates"
            ),
            models.CheckConstraint(
                condition=Q(checker=None) | ~Q(checker=F("writer")), name="notice_checked_by_another"
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(corrects__isnull=False) & ~Q(state="withdrawn"),
                name="notice_corrected_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["site", "-pinned", "-published_at", "valid_until", "level", "kind"],
                condition=Q(state="published"),
                name="notice_list",
            ),
            models.Index(
                fields=["site", "-published_at", "level", "kind"],
                condition=Q(state="expired"),
                name="notice_past",
            ),
            models.Index(
                fields=["site", "-published_at"],
                condition=Q(state__in=["published", "expired"]),
                name="notice_feed",
            ),
            models.Index(
                fields=["site", "-pinned", "-published_at"],
                condition=Q(state="published", level="urgent"),
                name="notice_urgent",
            ),
            models.Index(fields=["publish_at"], condition=Q(state="checked"), name="notice_due"),
            models.Index(fields=["issuer", "state", "-created_at"], name="notice_desk"),
            models.Index(fields=["writer", "-created_at"], name="notice_writer"),
            models.Index(fields=["place", "state"], name="notice_place"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        return f"/notices/{self.pk}/"

    @property
    def last_day(self) -> date:
        """The last day on which it is right."""
        return clock.local_date(self.valid_until - timedelta(microseconds=1))

    @property
    def ends_with_its_day(self) -> bool:
        return self.valid_until == clock.start_of(clock.local_date(self.valid_until))

    @property
    def is_urgent(self) -> bool:
        return self.level == NoticeLevel.URGENT


class NoticeEvent(models.Model):
    """The history of a notice; append-only. `reason` is what was said with it."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    event = models.CharField(max_length=16)
    state = models.CharField(max_length=10, choices=NoticeState)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    post_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=REASON, blank=True)


class NoticeRead(models.Model):
    """A person of the audience has opened it; `home` is the door behind which he lives, for counting homes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="reads")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    home = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "person", "home"], name="notice_read_once")]
        indexes = [models.Index(fields=["notice", "home"], name="notice_read_homes")]
