"""A poll below a post, its options, and the ballots."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from linli.areas.api import Area
from linli.people.api import Person

from ..poll_rules import OPTION, QUESTION, Per, is_over
from .post import Post


class Poll(models.Model):
    """At most one a post. `ballots` and the options' `votes` count the rows of their tables, in the same transaction."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=QUESTION)
    several = models.BooleanField(default=False)
    per = models.CharField(max_length=6, choices=Per, default=Per.PERSON)
    named = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False)
    at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    ballots = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.question

    def is_over(self, now: datetime) -> bool:
        return is_over(self.ends_at, self.closed_at, now)


class PollOption(models.Model):
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    nth = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=OPTION)
    votes = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("nth",)
        constraints = [models.UniqueConstraint(fields=["poll", "nth"], name="poll_option_once")]


class Ballot(models.Model):
    """One vote of a person, or of the home that he cast it for. Of a closed account the vote stays, the person goes."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    home = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "person"], condition=Q(home=None), name="ballot_person_once"),
            models.UniqueConstraint(fields=["poll", "home"], condition=~Q(home=None), name="ballot_home_once"),
        ]

    @property
    def chosen(self) -> str:
        """What was chosen, in words."""
        return " · ".join(choice.option.text for choice in self.choices.select_related("option"))


class Choice(models.Model):
    """What a ballot chose."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="choices")
    option = models.ForeignKey(PollOption, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "option"], name="choice_once")]
