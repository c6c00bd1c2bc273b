"""A post, its versions, its pictures, who is called in it, and reactions."""

from __future__ import annotations

from django.db import models

from linli.files.api import File
from linli.people.api import Body, Person

from ..rules import ALT, BADGE, SAID, TITLE, PostState, Reacts, Standing
from .topic import Topic


class Post(models.Model):
    """`text` as typed, `cooked` its HTML, `article` the finished fragment of a page up to its time and buttons.

    `body`: the office that speaks; `author` is then the person who signed, `acting` the post (office) he held.
    `standing` and `badge` say what the author was here when he wrote: an owner of building 5, a post's title. Who posts
    `unnamed` has neither. `said`: the rule and reason that stand in place of a hidden text. `key` owns its pictures.
    `for_person`: written for somebody who asked to by phone or at a counter; `author` is then whoever wrote it down.
    """

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    acting = models.UUIDField(null=True)
    for_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    consent = models.CharField(max_length=120, blank=True)  # how the person asked: by phone, at the counter …
    unnamed = models.BooleanField(default=False)
    standing = models.CharField(max_length=8, choices=Standing, blank=True)
    badge = models.CharField(max_length=BADGE, blank=True)
    state = models.CharField(max_length=8, choices=PostState, default=PostState.SHOWN)
    reply_to = models.PositiveIntegerField(null=True)  # a number in the same topic
    said = models.CharField(max_length=SAID, blank=True)
    text = models.TextField(blank=True)
    cooked = models.TextField(blank=True)
    article = models.TextField(blank=True)
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    agreed = models.PositiveIntegerField(default=0)
    thanked = models.PositiveIntegerField(default=0)
    key = models.UUIDField(null=True, unique=True)  # the one-time key of its form

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "number"], name="post_number_once")]
        indexes = [
            models.Index(fields=["author", "-at"], name="post_of_author"),
            models.Index(fields=["state"], condition=models.Q(state=PostState.WAITING), name="post_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}#{self.number}"


class PostVersion(models.Model):
    """What a post said before an edit. Nothing changes it; a legal erasure takes it away."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="versions")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=TITLE, blank=True)
    text = models.TextField()


class PostPicture(models.Model):
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="pictures")
    file = models.OneToOneField(File, on_delete=models.CASCADE, related_name="+")
    alt = models.CharField(max_length=ALT, blank=True)

    class Meta:
        ordering = ("pk",)


class Mention(models.Model):
    """A person or an office called by name."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(person=None) ^ models.Q(body=None), name="mention_one")
        ]


class Reaction(models.Model):
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Reacts)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person", "kind"], name="reaction_once")]
