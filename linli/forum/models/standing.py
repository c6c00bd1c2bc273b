"""What a person may do by time and conduct, and what was taken from him for a while."""

from __future__ import annotations

from django.db import models

from linli.areas.api import Area
from linli.people.api import Person

from .speech import Act
from .topic import Topic


class SpeechLimits(models.Model):
    """A place's own trust levels and figures, instead of the packaged ones; append-only, the newest version holds.

    `levels`: a list of `speech_rules.Level`; `figures`: `speech_rules.Figures`. They hold at the place and below it.
    """

    place = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    levels = models.JSONField()
    figures = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "version"], name="speech_limits_once")]


class Pause(models.Model):
    """A person does not write at the place and below it until a moment. `ended_at`: it was taken back before."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    act = models.OneToOneField(Act, on_delete=models.PROTECT, related_name="pause")
    since = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "until"], name="pause_of_person")]


class SlowMode(models.Model):
    """Seconds between two posts of a person in a topic, until a moment; `Topic.slow` has them meanwhile."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    act = models.OneToOneField(Act, on_delete=models.PROTECT, related_name="slow_mode")
    seconds = models.PositiveIntegerField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["topic"], condition=models.Q(ended_at=None), name="slow_mode_once"
            )
        ]
        indexes = [
            models.Index(fields=["until"], condition=models.Q(ended_at=None), name="slow_mode_running")
        ]
