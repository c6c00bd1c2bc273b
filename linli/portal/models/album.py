"""Albums of a site: pictures in an order, each with words; and what was reported of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.common.ids import uuid7
from linli.files.api import File
from linli.people.api import Body, Person
from linli.sites.api import Site

from ..album_rules import ALT, LEAD, REASON, TITLE, AlbumState, ReportState


class AlbumQuerySet(models.QuerySet["Album"]):
    def shown(self) -> AlbumQuerySet:
        """Those that stand and hold a picture, the newest first."""
        return self.filter(state=AlbumState.SHOWN, pictures__isnull=False).distinct().order_by("-changed_at", "-pk")

    def whole(self) -> AlbumQuerySet:
        return self.select_related("site__place", "site__body", "author", "body", "cover__file")


class Album(models.Model):
    """`body`: the office under whose name it stands; without one its author's own."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=TITLE)
    lead = models.CharField(max_length=LEAD, blank=True)
    state = models.CharField(max_length=12, choices=AlbumState, default=AlbumState.SHOWN)
    cover = models.ForeignKey("AlbumPicture", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = AlbumQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["site", "state", "-changed_at"], name="album_of_site"),
            models.Index(fields=["author"], name="album_of_author"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def by(self) -> str:
        """Who signs it."""
        return self.body.name if self.body else self.author.display_name


class AlbumPicture(models.Model):
    """A picture of an album at its place in the order; it goes with its file."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    album = models.ForeignKey(Album, on_delete=models.CASCADE, related_name="pictures")
    file = models.OneToOneField(File, on_delete=models.CASCADE, related_name="+")
    nth = models.PositiveSmallIntegerField()
    alt = models.CharField(max_length=ALT, blank=True)
    caption = models.CharField(max_length=LEAD, blank=True)

    class Meta:
        ordering = ("nth", "pk")
        indexes = [models.Index(fields=["album", "nth"], name="album_order")]


class AlbumEvent(models.Model):
    """What was done to an album as a whole, or to a picture that is gone; append-only."""

    album = models.ForeignKey(Album, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    event = models.CharField(max_length=16)
    state = models.CharField(max_length=12, choices=AlbumState)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    acting = models.UUIDField(null=True)
    reason = models.CharField(max_length=REASON, blank=True)


class PictureReport(models.Model):
    """Somebody says that a picture should not be there. `picture` is empty once it is gone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    album = models.ForeignKey(Album, on_delete=models.PROTECT, related_name="reports")
    picture = models.ForeignKey(AlbumPicture, on_delete=models.SET_NULL, null=True, related_name="reports")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=REASON)
    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.OPEN)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=REASON, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["picture", "by"], condition=Q(state=ReportState.OPEN), name="picture_report_once"
            )
        ]
