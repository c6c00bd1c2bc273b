"""What a reader has read and follows: one row a reader and topic."""

from __future__ import annotations

from django.db import models

from linli.people.api import Person

from ..rules import Following
from .board import Board
from .topic import Topic


class Reading(models.Model):
    """`number`: the last post read; `following` of this topic."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    following = models.SmallIntegerField(choices=Following, default=Following.NONE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="reading_once")]
        indexes = [
            models.Index(fields=["topic", "following"], name="reading_followers"),
            models.Index(
                fields=["person"], condition=models.Q(following=Following.FOLLOWED), name="reading_followed"
            ),
        ]


class Follow(models.Model):
    """A board or a person that somebody follows (or has muted)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    board = models.ForeignKey(Board, on_delete=models.CASCADE, null=True, related_name="+")
    whom = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    following = models.SmallIntegerField(choices=Following, default=Following.FOLLOWED)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "board"], condition=~models.Q(board=None), name="follow_board_once"
            ),
            models.UniqueConstraint(
                fields=["person", "whom"], condition=~models.Q(whom=None), name="follow_person_once"
            ),
            models.CheckConstraint(condition=models.Q(board=None) ^ models.Q(whom=None), name="follow_one"),
        ]


class Visit(models.Model):
    """When a person was here before: `since` bounds what is new to him; at most 60 days back."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    at = models.DateTimeField()
