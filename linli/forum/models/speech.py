"""Rules of speech, reports, what moderators did, appeals, and words that hold a post for review."""

from __future__ import annotations

from django.db import models

from linli.areas.api import Area
from linli.people.api import Body, Person

from ..speech_rules import (
    BASIS,
    REASON,
    RULE,
    SOURCE,
    THING,
    WORD,
    WORDS,
    ActKind,
    AppealState,
    Cause,
    ReportState,
    Tier,
)
from .board import Board
from .post import Post
from .topic import Topic


class SpeechRules(models.Model):
    """One version of a place's rules, by numbered articles; append-only. It holds at the place and below it.

    `body` adopted it on a day; it holds from `adopted_on` until the next version does.
    """

    place = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    adopted_on = models.DateField()
    lead = models.CharField(max_length=WORDS, blank=True)
    articles = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "version"], name="speech_rules_once")]


class Act(models.Model):
    """What a moderator, or the machine, did: append-only, and public as far as its board is.

    It was done at a `place`: to a topic of a board, or to a `thing` of an upper app (`question:<key>`), open to all.
    `automatic` acts have a `cause` and nobody; the others a person, the office he acted for, an article (0: none is
    broken, it is for order) and a reason. `person`: whom it concerns. `undoes`: the act that it takes back.
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=ActKind)
    automatic = models.BooleanField(default=False)
    cause = models.CharField(max_length=10, choices=Cause, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    acting = models.UUIDField(null=True)
    place = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, null=True, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    thing = models.CharField(max_length=THING, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    rules = models.ForeignKey(SpeechRules, on_delete=models.PROTECT, null=True, related_name="+")
    article = models.PositiveSmallIntegerField(default=0)
    rule = models.CharField(max_length=RULE, blank=True)
    reason = models.CharField(max_length=REASON, blank=True)
    source = models.CharField(max_length=SOURCE, blank=True)
    until = models.DateTimeField(null=True)
    detail = models.JSONField(default=dict)
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(automatic=True, by=None, body=None) & ~models.Q(cause="")
                | models.Q(automatic=False, cause="", by__isnull=False),
                name="act_person_or_machine",
            ),
            models.CheckConstraint(
                condition=models.Q(thing="", board__isnull=False, topic__isnull=False)
                | ~models.Q(thing="") & models.Q(board=None, topic=None, post=None),
                name="act_topic_or_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["place", "-id"], name="act_of_place"),
            models.Index(fields=["post", "-id"], name="act_of_post"),
            models.Index(fields=["topic", "-id"], name="act_of_topic"),
            models.Index(fields=["person", "-at"], name="act_about"),
            models.Index(fields=["thing", "-id"], condition=~models.Q(thing=""), name="act_of_thing"),
        ]

    @property
    def where(self) -> str:
        """The name of the board, or of the place."""
        return self.board.name if self.board else self.place.name


class Report(models.Model):
    """A reader says that a post breaks an article. Seen by moderators; `act` is what came of it."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    rules = models.ForeignKey(SpeechRules, on_delete=models.PROTECT, null=True, related_name="+")
    article = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=WORDS, blank=True)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.OPEN)
    act = models.ForeignKey(Act, on_delete=models.PROTECT, null=True, related_name="reports")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "by"], condition=models.Q(state=ReportState.OPEN), name="report_once"
            )
        ]
        indexes = [
            models.Index(fields=["state"], condition=models.Q(state=ReportState.OPEN), name="report_open"),
            models.Index(fields=["by", "-at"], name="report_by"),
        ]


class Appeal(models.Model):
    """Against one act, by whom it concerns; decided at a tier by others than those who acted. `words` stay private."""

    act = models.OneToOneField(Act, on_delete=models.PROTECT, related_name="appeal")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.CharField(max_length=REASON)
    tier = models.PositiveSmallIntegerField(choices=Tier)
    state = models.CharField(max_length=10, choices=AppealState, default=AppealState.LODGED)
    due_on = models.DateField(null=True)
    climbed = models.PositiveSmallIntegerField(default=0)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=REASON, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["state"], condition=models.Q(state=AppealState.LODGED), name="appeal_lodged"
            ),
            models.Index(fields=["by", "-at"], name="appeal_by"),
        ]


class AppealEvent(models.Model):
    """The history of an appeal; append-only."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    event = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=AppealState)
    tier = models.PositiveSmallIntegerField(choices=Tier)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")


class Word(models.Model):
    """A post with it waits for a moderator, at the place and below it. `word` is folded."""

    place = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    word = models.CharField(max_length=WORD)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("word",)
        constraints = [models.UniqueConstraint(fields=["place", "word"], name="speech_word_once")]


class Erasure(models.Model):
    """What was erased by law. Holds no content; append-only. `by` and `body` are empty where it was erased again in a
    restored backup that does not know them yet."""

    post = models.OneToOneField(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    basis = models.CharField(max_length=BASIS)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
