"""Blog posts and albums as things that can be found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.search.api import Entry, register_kind

from .models import Album, BlogPost

POST, ALBUM = "blog", "album"


def describe_posts(rows: Any) -> Iterator[Entry]:
    """The published ones of the rows."""
    for post in rows.shown().select_related("site__place").iterator(chunk_size=500):
        yield Entry(
            kind=POST, subject=str(post.pk), title=post.title, url=reverse("portal:blog_post", args=[post.pk]), text=post.text,
            place=post.site.place.path, at=post.published_at,
        )  # fmt: skip


def describe_albums(rows: Any) -> Iterator[Entry]:
    """Those of the rows that stand and hold a picture; what is written under the pictures is found too."""
    for album in rows.shown().select_related("site__place").prefetch_related("pictures"):
        said = [part for picture in album.pictures.all() for part in (picture.caption, picture.alt) if part]
        yield Entry(
            kind=ALBUM, subject=str(album.pk), title=album.title, url=reverse("portal:album", args=[album.pk]),
            text=" ".join([album.lead, *said]), place=album.site.place.path, at=album.created_at,
        )  # fmt: skip


register_kind(POST, _("博客"), lambda: describe_posts(BlogPost.objects.all()), order=60)
register_kind(ALBUM, _("相册"), lambda: describe_albums(Album.objects.all()), order=65)
