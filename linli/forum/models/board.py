"""A board: where topics stand, who reads and who writes there."""

from __future__ import annotations

from django.db import models

from linli.areas.api import Area

from ..rules import LEAD, NAME, Approval, Audience


class Board(models.Model):
    """A place has one board without a theme, made with its site, and as many themes as it likes (`theme`: its slug).

    `anonymous`: one may post without one's name; the author stays on record. `slow`: seconds between two posts of a
    person, 0 for none. Counters are of what everybody who may read sees.
    """

    place = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    theme = models.SlugField(max_length=NAME, blank=True)
    name = models.CharField(max_length=NAME)
    name_en = models.CharField(max_length=2 * NAME, blank=True)
    lead = models.CharField(max_length=LEAD, blank=True)
    order = models.PositiveSmallIntegerField(default=50)
    reads = models.CharField(max_length=8, choices=Audience, default=Audience.PUBLIC)
    writes = models.CharField(max_length=8, choices=Audience, default=Audience.MEMBERS)
    anonymous = models.BooleanField(default=False)
    approval = models.CharField(max_length=4, choices=Approval, default=Approval.NONE)
    slow = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    topics = models.PositiveIntegerField(default=0)
    posts = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "theme"], name="board_theme_once"),
            models.CheckConstraint(condition=~models.Q(writes=Audience.PUBLIC), name="board_writes"),
        ]

    def __str__(self) -> str:
        return self.name
