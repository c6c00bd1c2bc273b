"""Posts and albums in the map for search engines."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from linli.sites.api import MapEntry, Site, list_in_map

from .album_rules import AlbumState
from .models import Album, BlogPost


def pages(site: Site) -> Iterator[MapEntry]:
    posts = BlogPost.objects.shown().filter(site=site).values_list("pk", "changed_at")
    for pk, changed in posts.iterator(chunk_size=500):
        yield MapEntry(reverse("portal:blog_post", args=[pk]), changed)
    albums = Album.objects.filter(site=site, state=AlbumState.SHOWN).order_by("-pk").values_list("pk", "changed_at")
    for pk, changed in albums.iterator(chunk_size=500):
        yield MapEntry(reverse("portal:album", args=[pk]), changed)


list_in_map(pages)
