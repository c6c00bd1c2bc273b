"""Public questions in the map for search engines."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from linli.sites.api import MapEntry, Site, SiteKind, list_in_map

from .models import Question


def pages(site: Site) -> Iterator[MapEntry]:
    """Those that stand in this site's own frame."""
    if site.kind != SiteKind.PLACE:
        return
    rows = Question.objects.public().filter(place=site.place).order_by("-pk").values_list("pk", "changed_at")
    for pk, changed in rows.iterator(chunk_size=500):
        yield MapEntry(reverse("deliberation:question", args=[pk]), changed)


list_in_map(pages)
