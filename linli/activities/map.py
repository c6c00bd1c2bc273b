"""Events in the map for search engines."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from linli.sites.api import MapEntry, Site, SiteKind, list_in_map

from .models import Event


def pages(site: Site) -> Iterator[MapEntry]:
    """Those in whose frame the event's own page stands, which is that of its place."""
    if site.kind != SiteKind.PLACE:
        return
    rows = (
        Event.objects.public()
        .filter(place=site.place_id)
        .order_by("-starts", "-pk")
        .values_list("pk", "changed_at")
    )
    for pk, changed in rows.iterator(chunk_size=500):
        yield MapEntry(reverse("activities:event", args=[pk]), changed)


list_in_map(pages)
