"""What a home has beyond being a place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.common.ids import uuid7

from .area import Area


class HomeUse(models.TextChoices):
    DWELLING = "dwelling", _("住宅")
    SHOP = "shop", _("商铺")
    OFFICE = "office", _("办公")
    GARAGE = "garage", _("车库")
    STORE = "store", _("储藏间")
    OTHER = "other", _("其他")


class Home(models.Model):
    """One door of the building chart. `floor_area` in 0.001 m²; `floor` below 0 is a basement; there is no floor 0.

    The building and entrance are the ancestors of `area`; the name of `area` is the room number.
    """

    area = models.OneToOneField(Area, on_delete=models.CASCADE, primary_key=True, related_name="home")
    floor = models.SmallIntegerField()
    column = models.PositiveSmallIntegerField(default=1)
    floor_area = models.PositiveIntegerField(null=True)
    use = models.CharField(max_length=12, choices=HomeUse, default=HomeUse.DWELLING)

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(floor=0), name="home_no_floor_zero")]


class HomesDraft(models.Model):
    """An uploaded list of homes that waits for its preview to be confirmed. Holds doors, never persons."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    compound = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    by = models.UUIDField()
    at = models.DateTimeField()
    name = models.CharField(max_length=120)
    content = models.TextField()
