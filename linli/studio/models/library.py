"""The file library of a site."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.common.ids import uuid7
from linli.sites.api import Site


class LibraryFile(models.Model):
    """A picture or document that a site keeps for everybody; `file` is its row in `linli.files`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("名称"), max_length=80)
    alt = models.CharField(max_length=200, blank=True)
    file = models.UUIDField()
    type = models.CharField(max_length=8)
    bytes = models.PositiveBigIntegerField(default=0)
    listed = models.BooleanField(default=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("资料")
        verbose_name_plural = _("资料")
        default_permissions = ()
        indexes = [models.Index(fields=["site", "-at"], name="library_of_site")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_picture(self) -> bool:
        return self.type == "picture"
