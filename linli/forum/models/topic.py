"""A topic, its tags, and a draft of one."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from linli.common.ids import uuid7
from linli.people.api import Body, Person

from ..rules import TAG, TITLE, Pin, PostState
from .board import Board


class Topic(models.Model):
    """`number` of its posts runs from 1 without gaps and never changes; `last_number` is the highest given.

    `replies` counts what readers see; `version` goes up with every change that a reader could see and is the ETag of
    its pages. `source`: what it stands for, such as `notice:<uuid>`. `state` is that of its first post. `lock` reasons
    stand in the moderation log. Lists are sorted by (pin, last_at, pk) only.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=TITLE)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    unnamed = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=PostState, default=PostState.SHOWN)
    pin = models.PositiveSmallIntegerField(choices=Pin, default=Pin.NONE)
    pinned_until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    slow = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    last_at = models.DateTimeField()
    last_number = models.PositiveIntegerField(default=0)
    last_name = models.CharField(max_length=80, blank=True)
    replies = models.PositiveIntegerField(default=0)
    readers = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    solved_by = models.PositiveIntegerField(null=True)  # the post number that solved it
    answered_by = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, related_name="+"
    )  # the last office
    clarified_by = models.PositiveIntegerField(
        null=True
    )  # the number of an official clarification, shown on top
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["board", "-pin", "-last_at", "-id"], name="topic_of_board"),
            models.Index(fields=["board", "-id"], name="topic_newest"),
            models.Index(fields=["-last_at", "-id"], name="topic_moved"),
            models.Index(fields=["-at", "-id"], name="topic_born"),
            models.Index(fields=["author", "-at"], name="topic_of_author"),
            models.Index(fields=["source"], condition=~Q(source=""), name="topic_source"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "source"], condition=~Q(source=""), name="topic_source_once"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def is_closed(self, now: datetime) -> bool:
        return self.closed_at is not None and self.closed_at <= now


class TopicTag(models.Model):
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="tags")
    word = models.CharField(max_length=TAG)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["topic", "word"], name="topic_tag_once")]
        indexes = [models.Index(fields=["word"], name="topic_tag_word")]


class Draft(models.Model):
    """What somebody is writing; `at_what` is `board:7` for a new topic, `topic:12` for a reply, `post:3` for an edit.

    `key` is the one-time key of the post to be, which owns the pictures already sent.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at_what = models.CharField(max_length=30)
    key = models.UUIDField(default=uuid7, unique=True)
    reply_to = models.PositiveIntegerField(null=True)
    title = models.CharField(max_length=TITLE, blank=True)
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "at_what"], name="draft_once")]
