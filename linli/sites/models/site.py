"""A site and the addresses that it had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from linli.areas.api import Area, Plate, title
from linli.people.api import Body

from ..rules import LEAD, LONGEST, SiteKind

if TYPE_CHECKING:
    from datetime import date


class SiteQuerySet(models.QuerySet["Site"]):
    def open_on(self, day: date) -> SiteQuerySet:
        """Sites that stand on the day."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day))

    def under(self, area: Area) -> SiteQuerySet:
        """Those of the place, of all below it, and of the groups there."""
        return self.filter(place__path__under=area.path)


class Site(models.Model):
    """`place`: where it stands; of a place's own site, the place itself. `body`: whose it is, of a group's site."""

    kind = models.CharField(max_length=8, choices=SiteKind, default=SiteKind.PLACE)
    place = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    body = models.OneToOneField(Body, on_delete=models.PROTECT, null=True, related_name="+")
    slug = models.CharField(max_length=LONGEST + 6, unique=True)
    host = models.CharField(max_length=253, blank=True)
    lead = models.CharField(max_length=LEAD, blank=True)
    accent = models.CharField(max_length=8, choices=Plate, blank=True)
    banner_id = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    closed_on = models.DateField(null=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place"], condition=Q(kind=SiteKind.PLACE), name="site_of_place_once"
            ),
            models.UniqueConstraint(fields=["host"], condition=~Q(host=""), name="site_host_once"),
            models.CheckConstraint(
                condition=Q(kind=SiteKind.PLACE, body=None) | ~Q(kind=SiteKind.PLACE) & ~Q(body=None),
                name="site_of_place_or_body",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.body.name if self.body else title(self.place)

    @property
    def plate(self) -> str:
        """Its enamel: the one chosen, else the place's."""
        return self.accent or self.place.plate

    @property
    def url(self) -> str:
        """Where its first page is (`portal:site`)."""
        return f"/s/{self.slug}/"


class FormerSlug(models.Model):
    """An address that the site had; it leads to the present one."""

    slug = models.CharField(max_length=LONGEST + 6, unique=True)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="former_slugs")
