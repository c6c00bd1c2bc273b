"""Tables of the shared mechanisms: sessions, the audit log and its chain, the ticker's book, the outbox."""

from django.db import models

from .ids import uuid7
from .outbox_rules import OutboxState


class Session(models.Model):
    """A signed-in browser; see common.sessions."""

    key_hash = models.CharField(max_length=64, primary_key=True)
    data = models.TextField()
    account = models.CharField(max_length=40, blank=True, db_index=True)
    expires = models.DateTimeField(db_index=True)


class AuditRow(models.Model):
    """Who did what to whom for which purpose. Ids only, no personal data. Append-only (migration 0001)."""

    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    on_behalf = models.UUIDField(null=True)
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    about = models.UUIDField(null=True)
    place = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["about", "-id"], name="audit_about"),
            models.Index(fields=["actor", "-id"], name="audit_actor"),
            models.Index(fields=["subject_kind", "subject_id"], name="audit_subject"),
        ]


class AuditLink(models.Model):
    """One link of the hash chain; made by the ticker. Append-only."""

    seq = models.BigIntegerField(primary_key=True)
    row = models.OneToOneField(AuditRow, on_delete=models.PROTECT, related_name="link")
    hash = models.CharField(max_length=64)


class Job(models.Model):
    """When a periodic job is next due; see common.ticker."""

    name = models.CharField(max_length=80, primary_key=True)
    due = models.DateTimeField()
    last_ok = models.DateTimeField(null=True)


class OutboxRow(models.Model):
    """An effect or event that starts from the transaction which wrote the row; see common.outbox. Ids only, no personal data."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=160)
    key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=OutboxState.WAITING.value)
    created_at = models.DateTimeField()
    due = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due", "id"], condition=models.Q(state="waiting"), name="outbox_due"),
            models.Index(fields=["state", "ended_at"], name="outbox_ended"),
        ]


class CacheTag(models.Model):
    """How often what a tag stands for has changed; the empty tag counts all changes. See common.pagecache."""

    tag = models.CharField(max_length=80, primary_key=True)
    version = models.BigIntegerField(default=0)
