"""Forms and their versions."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db import models

from linli.areas.api import Area
from linli.common.ids import uuid7
from linli.people.api import Body, Person

from ..rules.definition import Definition
from ..rules.parse import from_text
from ..rules.states import KEY, NAME, REASON, Audience, VersionState


class FormKind(models.Model):
    """A form of a body for a place; what it asks stands in its versions. `key` is its address for ever."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.SlugField(max_length=KEY, unique=True)
    title = models.CharField(max_length=NAME)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.SIGNED_IN)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["body", "title"], name="form_body"), models.Index(fields=["place"], name="form_place")]

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        """What stands in its address."""
        return str(self.key)


class FormVersion(models.Model):
    """One definition. Only a draft changes; `revision` counts its changes, so that two editors do not overwrite."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.ForeignKey(FormKind, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    text = models.TextField()
    revision = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=REASON, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="form_version_once"),
            models.UniqueConstraint(fields=["kind"], condition=models.Q(state="draft"), name="form_one_draft"),
            models.UniqueConstraint(fields=["kind"], condition=models.Q(state="published"), name="form_one_published"),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_at__isnull=False), name="form_published_at"
            ),
        ]

    @property
    def definition(self) -> Definition:
        return _read(self.text)

    @property
    def state_label(self) -> Any:
        return VersionState(self.state).label


@lru_cache(maxsize=256)
def _read(text: str) -> Definition:
    """Definitions are frozen, and the same few are asked for on every page."""
    return from_text(text)
