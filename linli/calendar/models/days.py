"""The tables of days off and make-up working days, one a year."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    OFF = "off", _("放假")
    WORK = "work", _("调休上班")


class DayTable(models.Model):
    """A year's table as it was last loaded. `source` is what the operator was given: a file's name, or `packaged`."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()


class DayRow(models.Model):
    """What a table says of one day; days that no row names follow the week."""

    table = models.ForeignKey(DayTable, on_delete=models.CASCADE, related_name="rows")
    date = models.DateField()
    kind = models.CharField(max_length=4, choices=Kind)
    reason = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "date"], name="day_row_once")]
