"""Service items in the map for search engines."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from linli.sites.api import MapEntry, Site, SiteKind, list_in_map

from .models import Item


def pages(site: Site) -> Iterator[MapEntry]:
    """Those in whose frame the item's own page stands, which is that of its place."""
    if site.kind != SiteKind.PLACE:
        return
    rows = (
        Item.objects.public()
        .filter(place=site.place_id)
        .order_by("name", "pk")
        .values_list("pk", "changed_at")
    )
    for pk, changed in rows.iterator(chunk_size=500):
        yield MapEntry(reverse("services:item", args=[pk]), changed)


list_in_map(pages)
