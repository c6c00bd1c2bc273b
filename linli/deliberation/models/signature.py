"""Who asks the same, and how many it takes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.areas.api import Area
from linli.people.api import Person

from ..rules import FEWEST, MOST_SIGNATURES
from .question import Question


class Signature(models.Model):
    """A resident signs a question once; readers see how many, never who."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="signatures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "person"], name="question_signature_once")]
        indexes = [models.Index(fields=["person", "-at"], name="signature_person")]


class JointRule(models.Model):
    """One version of how many signatures put a joint question at a place and below it. Append-only."""

    place = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    needed = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "version"], name="joint_rule_once"),
            models.CheckConstraint(
                condition=Q(needed__range=(FEWEST, MOST_SIGNATURES)), name="joint_rule_needed"
            ),
        ]
