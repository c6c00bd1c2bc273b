"""A case, its pictures, and alike cases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from linli.areas.api import Area
from linli.common.ids import uuid7
from linli.files.api import File
from linli.people.api import Body, Person, Post

from ..rules.states import LIVE, OPEN, CaseState
from ..rules.words import (
    CODE_LENGTH,
    SPOT,
    TEXT,
    TITLE,
    WISH,
    Alarm,
    CaseKind,
    Channel,
    Moment,
    Outcome,
    Result,
    Secrecy,
    Urgency,
    Visibility,
    code_text,
)  # fmt: skip
from .place import Spot

_NONE: dict[str, Any] = {"on_delete": models.PROTECT, "null": True, "related_name": "+"}


class CaseQuerySet(models.QuerySet["Case"]):
    def at(self, place: Area) -> CaseQuerySet:
        """Those of the place and of all below it."""
        return self.filter(place__path__under=place.path)

    def open(self) -> CaseQuerySet:
        """The reporter waits for an answer."""
        return self.filter(state__in=OPEN)

    def public(self) -> CaseQuerySet:
        """What everybody may read: asked for by the reporter and approved, redacted, by the desk."""
        return self.filter(visibility=Visibility.PUBLIC).exclude(state__in=(CaseState.DRAFT, CaseState.REFUSED))

    def for_lists(self) -> CaseQuerySet:
        """With all that a line of a desk's list shows, in one statement."""
        return self.select_related("place", "unit", "desk", "holder__person", "group").defer("text", "wish")


class CaseGroup(models.Model):
    """Alike cases. Grouped, never merged: each reporter keeps his case, code, clock and rating; the work is the lead's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    lead = models.OneToOneField("Case", on_delete=models.PROTECT, related_name="leads")
    made_at = models.DateTimeField()
    size = models.PositiveIntegerField(default=1)


class Case(models.Model):
    """`place`: the home, building, compound or community it concerns; `desk` accepts and dispatches it; `unit` has the
    work and `holder` answers for it there. `reporter` is empty for anonymous and confidential cases (see Identity);
    `by` wrote it for him. `due` is the reporter's clock, `unit_due` the unit's, `stage_due` the stage's, `contact_due`
    until when the unit has to speak with him. `parent`: this is one body's part of a joint case."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=CODE_LENGTH, unique=True, null=True)  # from the submission on
    key = models.CharField(max_length=36, unique=True)  # of the form: sent twice it is one
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.DRAFT)
    kind = models.CharField(max_length=10, choices=CaseKind, default=CaseKind.REQUEST)
    theme = models.CharField(max_length=20, default="other")
    urgency = models.CharField(max_length=10, choices=Urgency, default=Urgency.ORDINARY)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.WEB)

    place = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    spot = models.ForeignKey(Spot, **_NONE)
    spot_text = models.CharField(max_length=SPOT, blank=True)
    latitude = models.IntegerField(null=True)  # WGS-84, millionths of a degree
    longitude = models.IntegerField(null=True)
    title = models.CharField(max_length=TITLE)
    text = models.TextField(max_length=TEXT)
    wish = models.CharField(max_length=WISH, blank=True)

    secrecy = models.CharField(max_length=12, choices=Secrecy, default=Secrecy.NAMED)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PRIVATE)
    public_title = models.CharField(max_length=TITLE, blank=True)
    public_text = models.TextField(max_length=TEXT, blank=True)
    reporter = models.ForeignKey(Person, **_NONE)
    by = models.ForeignKey(Person, **_NONE)
    against = models.ForeignKey(Body, **_NONE)  # whom a complaint names: it never gets the case, nor sees the reporter
    passphrase = models.CharField(max_length=128, blank=True)  # hashed; of anonymous cases
    from_post = models.CharField(max_length=200, blank=True)  # the path of the page it came from

    desk = models.ForeignKey(Body, **_NONE)
    unit = models.ForeignKey(Body, **_NONE)
    holder = models.ForeignKey(Post, **_NONE)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    group = models.ForeignKey(CaseGroup, on_delete=models.PROTECT, null=True, related_name="cases")

    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)  # approved and sent to the reporter
    closed_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)  # of a suspension
    due = models.DateTimeField(null=True)
    due_day = models.DateField(null=True)
    first_due = models.DateTimeField(null=True)  # what was promised at the submission
    unit_due = models.DateTimeField(null=True)
    stage_due = models.DateTimeField(null=True)
    contact_due = models.DateTimeField(null=True)
    alarm = models.PositiveSmallIntegerField(choices=Alarm, default=Alarm.NONE)
    alarm_at = models.DateTimeField(null=True)  # when the clocks rise above `alarm`
    returns = models.PositiveSmallIntegerField(default=0)
    extensions = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    reopens = models.PositiveSmallIntegerField(default=0)
    appeals = models.PositiveSmallIntegerField(default=0)
    transfers = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=1)  # one more with each reopening

    result = models.CharField(max_length=12, choices=Result, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    stars = models.PositiveSmallIntegerField(null=True)
    rated_at = models.DateTimeField(null=True)
    said = models.CharField(max_length=300, blank=True)  # with the rating

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state=CaseState.DRAFT) | ~Q(code=None) | Q(state=CaseState.ARCHIVED), name="case_code"),
            models.CheckConstraint(condition=Q(returns__lte=2), name="case_returns"),
            models.CheckConstraint(condition=Q(stars=None) | Q(stars__range=(1, 5)), name="case_stars"),
            models.CheckConstraint(condition=Q(secrecy=Secrecy.NAMED) | Q(reporter=None), name="case_secrecy"),
            models.CheckConstraint(condition=~Q(visibility=Visibility.PUBLIC) | ~Q(public_text=""), name="case_public"),
            models.CheckConstraint(condition=~Q(state=CaseState.SUSPENDED) | ~Q(review_on=None), name="case_review"),
        ]
        indexes = [
            models.Index(fields=["desk", "state", "stage_due"], condition=Q(state__in=LIVE), name="case_desk"),
            models.Index(fields=["unit", "state", "unit_due"], condition=Q(state__in=LIVE), name="case_unit"),
            models.Index(fields=["unit", "-submitted_at"], name="case_of_unit"),
            models.Index(fields=["due"], condition=Q(state__in=OPEN), name="case_due"),
            models.Index(fields=["place", "theme", "-submitted_at"], name="case_place"),
            models.Index(fields=["-submitted_at"], condition=Q(visibility="public"), name="case_open"),
            models.Index(fields=["reporter", "-submitted_at"], name="case_reporter"),
            models.Index(fields=["state", "changed_at"], name="case_state"),
            models.Index(fields=["alarm_at"], condition=~Q(alarm_at=None), name="case_alarms"),
            models.Index(fields=["parent"], condition=~Q(parent=None), name="case_parent"),
            models.Index(fields=["review_on"], condition=Q(state="suspended"), name="case_reviews"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        """Its page for who handles it."""
        return reverse("casework:case", args=[self.pk])

    @property
    def code_said(self) -> str:
        return code_text(self.code or "")

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def is_lead(self) -> bool:
        return self.group is not None and self.group.lead_id == self.pk

    def is_overdue(self, now: datetime) -> bool:
        """Whether the reporter waits longer than he was promised."""
        return self.is_open and self.due is not None and self.due <= now


class CasePicture(models.Model):
    """A picture of the matter or of the work; who may see the case sees it, `EVIDENCE` and `SIGNATURE` only handlers."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pictures")
    file = models.OneToOneField(File, on_delete=models.CASCADE, related_name="+")
    moment = models.CharField(max_length=10, choices=Moment, default=Moment.REPORT)
    at = models.DateTimeField()
