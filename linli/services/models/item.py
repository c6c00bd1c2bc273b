"""A service item, its published versions and its history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.db import models
from django.db.models import Q

from linli.areas.api import Area
from linli.common.ids import uuid7
from linli.people.api import Body, Person

from ..content import Content
from ..rules import CODE, LEAD, NAME, REASON, Done, ItemState, Scheme, is_stale


class ItemQuerySet(models.QuerySet["Item"]):
    def public(self) -> ItemQuerySet:
        return self.filter(state=ItemState.PUBLISHED)

    def serving(self, place: Area) -> ItemQuerySet:
        """Those for the place itself and for the places around it."""
        return self.filter(place__in=[*place.ancestor_ids, place.pk])

    def under_any(self, paths: Iterable[str]) -> ItemQuerySet:
        """Those of a place at or below any of the paths; none where there are no paths."""
        condition = Q(pk__in=[])
        for path in paths:
            condition |= Q(place__path__under=path)
        return self.filter(condition)


class Item(models.Model):
    """`place`: for whom it is; `body` answers for its text. `current` is what everybody reads; `draft` what comes next.

    Name, lead, letter and what it is found by are those of the current version (of the draft before the first), kept
    beside it for lists. `revision` counts the savings of the draft, so that nobody overwrites another unseen.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    code_scheme = models.CharField(max_length=10, choices=Scheme)
    code = models.CharField(max_length=CODE)
    example = models.BooleanField(default=False)  # invented for the demo, said on its page
    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.DRAFT)
    current = models.OneToOneField("ItemVersion", on_delete=models.PROTECT, null=True, related_name="+")
    draft = models.JSONField(null=True)
    revision = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=NAME)
    lead = models.CharField(max_length=LEAD, blank=True)
    also = models.JSONField(default=list)
    letter = models.CharField(max_length=1)
    events = models.JSONField(default=list)
    audiences = models.JSONField(default=list)
    verified_on = models.DateField(null=True)
    verified_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "code_scheme", "code"],
                condition=~Q(state=ItemState.DISCARDED),
                name="item_code_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=ItemState.PUBLISHED) | Q(current__isnull=False), name="item_published"
            ),
        ]
        indexes = [models.Index(fields=["place", "state", "letter"], name="item_of_place")]

    def __str__(self) -> str:
        return self.name

    @property
    def published(self) -> Content | None:
        return self.current.text if self.current else None

    @property
    def drafted(self) -> Content | None:
        return Content.read(self.draft) if self.draft is not None else None

    @property
    def newest(self) -> Content:
        """What the next edit starts from."""
        found = self.drafted or self.published
        assert found is not None
        return found

    def stale_on(self, today: date) -> bool:
        return is_stale(self.verified_on, today)


class ItemVersion(models.Model):
    """One publication, never changed; `why` says what is new in it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    post_id = models.UUIDField(null=True)
    why = models.CharField(max_length=REASON, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="item_version_once")]

    @cached_property
    def text(self) -> Content:
        return Content.read(self.content)


class ItemStep(models.Model):
    """The history of an item; append-only."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="history")
    at = models.DateTimeField()
    done = models.CharField(max_length=10, choices=Done)
    state = models.CharField(max_length=10, choices=ItemState)
    version = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    post_id = models.UUIDField(null=True)
    why = models.CharField(max_length=REASON, blank=True)
