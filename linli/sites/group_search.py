"""Groups with a site as things that can be found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.search.api import Entry, register_kind

from .models import Site
from .rules import SiteKind

GROUP = "group"


def describe_groups(rows: Any) -> Iterator[Entry]:
    """The open sites of groups among the rows, with what the groups do."""
    found = rows.exclude(kind=SiteKind.PLACE).filter(closed_on=None).select_related("place", "body", "application")
    for nth, site in enumerate(found):
        asked = getattr(site, "application", None)
        text = " ".join(filter(None, [site.lead, asked.purpose if asked else "", asked.contact if asked else ""]))
        yield Entry(
            kind=GROUP, subject=str(site.pk), title=site.name, url=site.url, text=text, place=site.place.path, first=7, nth=nth
        )


register_kind(GROUP, _("小组和社团"), lambda: describe_groups(Site.objects.all()), order=30)
