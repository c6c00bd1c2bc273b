"""Places and their history."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from .path import PathField

if TYPE_CHECKING:
    from collections.abc import Iterable


class Level(models.IntegerChoices):
    PROVINCE = 1, _("省")
    CITY = 2, _("市")
    DISTRICT = 3, _("区县")
    STREET = 4, _("街道")
    COMMUNITY = 5, _("社区")
    COMPOUND = 6, _("小区")
    BUILDING = 7, _("楼栋")
    ENTRANCE = 8, _("单元")
    HOME = 9, _("户")


class Plate(models.TextChoices):
    """The eight enamels of the identity."""

    LAN = "lan", _("搪瓷蓝")
    LV = "lv", _("邮筒绿")
    ZHUAN = "zhuan", _("砖红")
    DAI = "dai", _("青黛")
    ZI = "zi", _("丁香紫")
    TONG = "tong", _("桐油棕")
    LIU = "liu", _("石榴红")
    TIE = "tie", _("铁灰")


class AreaQuerySet(models.QuerySet["Area"]):
    def under(self, area: Area) -> AreaQuerySet:
        """The place and everything below it."""
        return self.filter(path__under=area.path)

    def under_any(self, paths: Iterable[str]) -> AreaQuerySet:
        """Everything at or below any of the paths; nothing where there are none."""
        condition = models.Q(pk__in=[])
        for path in paths:
            condition |= models.Q(path__under=path)
        return self.filter(condition)

    def valid_on(self, day: date) -> AreaQuerySet:
        """Places that exist on the day."""
        begun = models.Q(valid_from=None) | models.Q(valid_from__lte=day)
        return self.filter(begun, models.Q(valid_to=None) | models.Q(valid_to__gt=day))

    def level(self, level: int) -> AreaQuerySet:
        return self.filter(level=level)


class Area(models.Model):
    """A place. `valid_to` is the first day on which it no longer exists."""

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    path = PathField(unique=True)
    level = models.PositiveSmallIntegerField(choices=Level)
    name = models.CharField(max_length=80)
    official_name = models.CharField(max_length=120, blank=True)
    latin = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=12, blank=True)
    address = models.CharField(max_length=120, blank=True)
    plate = models.CharField(max_length=8, choices=Plate, default=Plate.LAN)
    sort = models.IntegerField(default=0)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~models.Q(code="") & models.Q(valid_to=None), name="area_code_once"
            ),
            models.UniqueConstraint(
                fields=["parent", "name"],
                condition=models.Q(level__gte=Level.COMPOUND, valid_to=None),
                name="area_name_once",
            ),
            models.CheckConstraint(condition=models.Q(level__range=(1, 9)), name="area_level"),
        ]
        indexes = [
            models.Index(fields=["parent", "sort", "id"], name="area_children"),
            models.Index(fields=["level"], name="area_level_idx"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ancestor_ids(self) -> list[int]:
        """Keys of the ancestors, the topmost first, without the place itself."""
        return [int(part) for part in self.path.strip("/").split("/")][:-1]

    def contains(self, other: Area | str) -> bool:
        """Whether the other place (or path) is this one or lies below it, by whole segments."""
        path = other if isinstance(other, str) else other.path
        return path.startswith(self.path)


class AreaName(models.Model):
    """A name that a place bore until a day."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=80)
    official_name = models.CharField(max_length=120, blank=True)
    until = models.DateField()


class Succession(models.Model):
    """`old` was split into, merged into or recoded as `new` on a day."""

    old = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="successions")
    new = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="origins")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="area_succession_once")]


class Cell(models.Model):
    """The one district that this instance serves."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_cell")]
