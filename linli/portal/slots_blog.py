"""Blog and albums in the navigation of a site, on its first page, and on the desk."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from linli.common import slots
from linli.common.pagecache import kept
from linli.people.api import Actor, may_anywhere
from linli.sites.api import Site, kept_boxes, local_of, noun_tag

from .blog_permissions import B, may_write
from .blog_queries import albums_of, first_pictures, has_albums, has_posts, open_reports, posts_of
from .blog_rules import BlogState
from .models import BlogPost


def site_links(request: HttpRequest) -> list[slots.Link]:
    """Only where there is something, or for whoever may write the first."""
    site = local_of(request)
    if site is None:
        return []
    there = kept(("blog and albums", site.pk), lambda: (has_posts(site), has_albums(site)), tags=(*_tags_at(site.place_id), "sites"))
    actor: Actor = request.actor  # type: ignore[attr-defined]
    links = []
    for label, name, order, permission, is_there in (
        (_("博客"), "blog", 70, B.BLOG_WRITE, there[0]), (_("相册"), "albums", 75, B.ALBUM_WRITE, there[1])
    ):  # fmt: skip
        if is_there or may_write(actor, permission, site):
            url = f"/s/{site.slug}/{name}/"
            links.append(slots.Link(label, url, order=order, current=request.path.startswith((url, f"/{name}/"))))
    return links


def _tags_at(place: int) -> tuple[str, ...]:
    return noun_tag("blog", place), noun_tag("albums", place)


site_links.tags_at = _tags_at  # type: ignore[attr-defined]


@kept_boxes("blog", tags=("posts",))
def main_boxes(request: HttpRequest, site: Site) -> list[slots.Box]:
    rows = list(posts_of(site)[:3])
    return [slots.Box("portal/blog/box.html", {"posts": rows, "site": site}, order=40)] if rows else []


@kept_boxes("albums", tags=("posts",))
def album_boxes(request: HttpRequest, site: Site) -> list[slots.Box]:
    album = albums_of(site).first()
    if album is None:
        return []
    pictures = first_pictures([album], 3)[album.pk]
    return [slots.Box("portal/albums/box.html", {"album": album, "pictures": pictures, "site": site}, order=50)]


def desk_links(request: HttpRequest) -> list[slots.Link]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.acting is None or not may_anywhere(actor, B.BLOG_MODERATE):
        return []
    url = slots.url("portal:picture_reports")
    count = open_reports(actor).count()
    return [slots.Link(_("报上来的图片"), url, icon="eye", order=66, count=count or None, current=request.path.startswith(url))]


def account_boxes(request: HttpRequest) -> list[slots.Box]:
    """What one has written, among the sections of one's account."""
    rows = BlogPost.objects.filter(author=request.actor.person_id).order_by().values_list("state", flat=True)  # type: ignore[attr-defined]
    states = list(rows)
    if not states:
        return []
    count = {"posts": states.count(BlogState.PUBLISHED), "drafts": states.count(BlogState.DRAFT)}
    return [slots.Box("portal/blog/account_box.html", count, order=60)]


slots.fill("site.nav", site_links)
slots.fill("site.main", main_boxes)
slots.fill("site.main", album_boxes)
slots.fill("nav.desk", desk_links)
slots.fill("account.sections", account_boxes)
