"""What is counted against guessing and flooding."""

from django.db import models

from ..account_rules import Try


class Attempt(models.Model):
    """One counted try. `key_hash` is a keyed hash of the number, address, code or person it counts for."""

    kind = models.CharField(max_length=16, choices=Try)
    key_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "key_hash", "at"], name="attempt_count"), models.Index(fields=["at"], name="attempt_at")]
        constraints = [
            models.UniqueConstraint(fields=["key_hash"], condition=models.Q(kind="spent"), name="code_spent_once")
        ]
