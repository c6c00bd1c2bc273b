"""Keys of programs that report cases."""

from __future__ import annotations

from django.db import models

from linli.common.ids import uuid7
from linli.people.api import Body, Person

NAME, CONTACT = 60, 120


class ApiKey(models.Model):
    """`digest`: SHA-256 of the key, which is shown once; `body` answers for the program. `hourly`: reports an hour."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=NAME)
    contact = models.CharField(max_length=CONTACT)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    hourly = models.PositiveIntegerField(default=60)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class ApiUse(models.Model):
    """How many reports came under a key within an hour."""

    key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="uses")
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "hour"], name="api_use_once")]
