"""Files. Their bytes lie under LINLI_DATA/files, named by random keys of ours."""

from __future__ import annotations

from django.db import models

from linli.common.ids import uuid7

from .rules import KEPT, SUFFIX, Type


class File(models.Model):
    """An uploaded file that belongs to a thing (`owner_kind`, `owner_id`) of some app and ends with it.

    `by` is the person who uploaded it; `body` the body whose quota it counts to, where a post acted.
    `name` is what the uploader called it, for showing alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_kind = models.CharField(max_length=40)
    owner_id = models.CharField(max_length=64)
    by = models.UUIDField(null=True)
    body = models.UUIDField(null=True)
    purpose = models.CharField(max_length=40)
    at = models.DateTimeField()
    type = models.CharField(max_length=8, choices=Type)
    name = models.CharField(max_length=120)
    alt = models.CharField(max_length=200, blank=True)
    folder = models.CharField(max_length=64, unique=True)
    sizes = models.JSONField(default=dict)  # size → [bytes, width, height]
    total = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    once = models.CharField(max_length=80, null=True)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "once"], name="file_once")]
        indexes = [
            models.Index(fields=["owner_kind", "owner_id"], name="file_owner"),
            models.Index(fields=["by"], name="file_by"),
            models.Index(fields=["body"], name="file_body"),
            models.Index(fields=["until"], condition=models.Q(until__isnull=False), name="file_until"),
        ]

    @property
    def suffix(self) -> str:
        return SUFFIX[Type(self.type)]

    @property
    def is_picture(self) -> bool:
        return self.type == Type.PICTURE

    def path_of(self, size: str) -> str:
        """Where the bytes of a size lie, below the folder of files."""
        return f"{self.folder}/{size}.{self.suffix}"

    @property
    def main_size(self) -> str:
        return "large" if self.is_picture else KEPT
