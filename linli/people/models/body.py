"""Bodies (organisations), where they act, and the posts that people hold in them."""

from __future__ import annotations

from datetime import date

from django.db import models

from linli.areas.api import Area
from linli.common.ids import uuid7

from ..rules import BodyKind, Role
from .person import Person


class BodyQuerySet(models.QuerySet["Body"]):
    def valid_on(self, day: date) -> BodyQuerySet:
        return self.filter(models.Q(valid_to=None) | models.Q(valid_to__gt=day), valid_from__lte=day)

    def acting_in(self, path: str) -> BodyQuerySet:
        """Bodies with a place at or below the path."""
        return self.filter(places__area__path__under=path, places__until=None).distinct()


class Body(models.Model):
    """An organisation. `valid_to` is the first day on which it no longer exists; it may have successors."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=24, choices=BodyKind)
    name = models.CharField(max_length=80)
    official_name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=120, blank=True)
    hours = models.CharField(max_length=80, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")), name="body_dates"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_label(self) -> object:
        """The kind in words; get_kind_display looks through all kinds at each call."""
        return BodyKind(self.kind).label

    def exists_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class BodyPlace(models.Model):
    """Where a body acts: the place and everything below it, from–until."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="places")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "area"], condition=models.Q(until=None), name="body_place_once")
        ]


class BodySuccession(models.Model):
    """`old` was renamed, split or merged into `new`."""

    old = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="successions")
    new = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="origins")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="body_succession_once")]


class PostQuerySet(models.QuerySet["Post"]):
    def held_on(self, day: date) -> PostQuerySet:
        """Posts in force: begun, not ended, in a body that exists."""
        ends = models.Q(until=None) | models.Q(until__gt=day)
        body = models.Q(body__valid_to=None) | models.Q(body__valid_to__gt=day)
        return self.filter(ends, body, since__lte=day, body__valid_from__lte=day)


class Post(models.Model):
    """A person holds a role in a body from `since` until the day `until` (not included).

    The head of a body appoints its other posts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=24, choices=Role)
    title = models.CharField(max_length=40)
    is_head = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True)
    appointed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_why = models.CharField(max_length=120, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="post_dates"
            )
        ]
        indexes = [models.Index(fields=["person", "until"], name="post_person")]
