"""Who reported: sealed, apart from the case, every look at it logged with its purpose."""

from __future__ import annotations

from django.db import models

from linli.common.ids import uuid7
from linli.common.sealed import BlindIndexField, SealedField

from .case import Case

PERSON = "casework.person"  # the index domain: find one's own confidential cases


class Identity(models.Model):
    """Of a confidential case, and of a named one whose reporter has no account. `person` is the key of his account as
    text: no foreign key leads from here to him, and none from the case. Erased when the case is archived."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="identity")
    person = SealedField(blank=True)
    person_index = BlindIndexField(of="person", domain=PERSON)
    name = SealedField(blank=True)
    phone = SealedField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person_index"], name="case_identity")]
