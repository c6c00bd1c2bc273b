"""Reading posts and albums for their pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from linli.people.api import Actor
from linli.sites.api import Site, site_tags

from .album_rules import AlbumState, ReportState
from .blog_permissions import B
from .models import Album, AlbumPicture, BlogPost, PictureReport


def posts_of(site: Site) -> Any:
    """The published posts of a site, the newest first."""
    return BlogPost.objects.shown().filter(site=site).select_related("author", "body")


def albums_of(site: Site) -> Any:
    """The albums of a site with their covers and how many pictures each has, the newest first."""
    rows = Album.objects.filter(site=site, state=AlbumState.SHOWN).annotate(n=Count("pictures")).filter(n__gt=0)
    return rows.select_related("author", "body", "cover__file").order_by("-changed_at", "-pk")


def has_posts(site: Site) -> bool:
    return BlogPost.objects.shown().filter(site=site).exists()


def has_albums(site: Site) -> bool:
    return Album.objects.shown().filter(site=site).exists()


def first_pictures(albums: list[Album], most: int = 1) -> dict[UUID, list[AlbumPicture]]:
    """The first pictures of each album, its cover before all; one query."""
    found: dict[UUID, list[AlbumPicture]] = {album.pk: [] for album in albums}
    for picture in AlbumPicture.objects.filter(album__in=found, nth__lte=most + 60).select_related("file").order_by("nth", "pk"):
        found[picture.album_id].append(picture)
    for album in albums:
        found[album.pk] = sorted(found[album.pk], key=lambda one: one.pk != album.cover_id)[:most]
    return found


def post_tags(pk: UUID) -> tuple[str, ...]:
    """What the page of a post depends on."""
    return _tags(BlogPost.objects.filter(pk=pk))


def album_tags(pk: UUID) -> tuple[str, ...]:
    return _tags(Album.objects.filter(pk=pk))


def picture_tags(pk: UUID) -> tuple[str, ...]:
    return _tags(Album.objects.filter(pictures=pk))


def _tags(rows: Any) -> tuple[str, ...]:
    slug = rows.values_list("site__slug", flat=True).first()
    return (*site_tags(slug), "posts", "bodies") if slug else ("sites", "areas", "news")


def open_reports(actor: Actor) -> Any:
    """The reports that wait for the actor, the oldest first."""
    inside = Q(pk__in=[])
    for path in actor.paths_for(B.BLOG_MODERATE):
        inside |= Q(album__site__place__path__under=path)
    rows = PictureReport.objects.filter(inside, state=ReportState.OPEN)
    return rows.select_related("album__site__place", "album__site__body", "picture__file").order_by("at")
