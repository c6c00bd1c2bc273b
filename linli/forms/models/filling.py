"""One form that somebody fills in."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models

from linli.common.ids import digits_code, uuid7
from linli.common.sealed import SealedField
from linli.people.api import Person

from ..rules.shown import lines
from ..rules.states import Channel, FillingState
from .kind import FormVersion


class FillingQuerySet(models.QuerySet["Filling"]):
    def begun(self) -> FillingQuerySet:
        return self.filter(state=FillingState.BEGUN)

    def sent(self) -> FillingQuerySet:
        return self.filter(state=FillingState.SENT)


class Filling(models.Model):
    """Whose it is (`person`; None: nobody's account), who typed it (`by`, in which post, under which mandate), and the
    answers, sealed. `facts`: which answers came from where and of which day. `token_hash`: of the link by which
    somebody without an account comes back. `once`: the one-time key of the form that began it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="fillings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.WEB)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    post_id = models.UUIDField(null=True)
    mandate_id = models.UUIDField(null=True)
    state = models.CharField(max_length=8, choices=FillingState, default=FillingState.BEGUN)
    sealed = SealedField(default="{}", blank=True)
    facts = models.JSONField(default=dict)
    page = models.CharField(max_length=48, blank=True)
    token_hash = models.CharField(max_length=64, blank=True)
    once = models.UUIDField(unique=True, default=uuid7)
    code = models.CharField(max_length=12, unique=True, default=digits_code)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    objects = FillingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False) | (~models.Q(state="sent") & models.Q(sent_at=None)),
                name="filling_sent_at",
            ),
            models.UniqueConstraint(fields=["token_hash"], condition=~models.Q(token_hash=""), name="filling_token_once"),
        ]
        indexes = [
            models.Index(fields=["version", "state", "-sent_at"], name="filling_results"),
            models.Index(fields=["person", "-changed_at"], name="filling_person"),
            models.Index(fields=["state", "expires_at"], name="filling_expiry"),
        ]

    @property
    def answers(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.sealed or "{}")
        return found

    @property
    def answers_text(self) -> str:
        """Every question with its answer, for the copy of one's own data."""
        return "\n".join(f"{line.label}: {line.text}" for line in lines(self.version.definition, self.answers))


def hash_of(token: str) -> str:
    """What is kept of the secret of a link."""
    return hashlib.sha256(token.encode()).hexdigest()
