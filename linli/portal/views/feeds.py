"""Notices, blog and albums as Atom."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.design.light import light
from linli.people.api import public
from linli.sites.api import FeedEntry, Site, feed, of_site

from ..blog_queries import albums_of, posts_of
from ..notice_queries import feed_of


@require_safe
@public
@of_site
def notices(request: HttpRequest, site: Site) -> HttpResponse:
    """Whole texts, so that a reader need not come."""

    def entries() -> Iterator[FeedEntry]:
        for notice in feed_of(site):
            at = notice.published_at
            assert at is not None
            yield FeedEntry(
                notice.pk, notice.title, notice.url, notice.issuer.name, at, at, light(notice.text), (notice.get_kind_display(),)
            )

    title = _("%(name)s·公告") % {"name": site.name}
    return feed(request, site, kind="notices", title=title, path=reverse("portal:notices", args=[site.slug]), entries=entries, tags=("bodies",))


@require_safe
@public
@of_site
def blog(request: HttpRequest, site: Site) -> HttpResponse:
    def entries() -> Iterator[FeedEntry]:
        for post in posts_of(site)[:30]:
            yield FeedEntry(
                post.pk, post.title, reverse("portal:blog_post", args=[post.pk]), post.by, post.published_at, post.changed_at,
                light(post.text),
            )  # fmt: skip

    title = _("%(name)s的博客") % {"name": site.name}
    return feed(request, site, kind="blog", title=title, path=reverse("portal:blog", args=[site.slug]), entries=entries, tags=("posts", "bodies"))


@require_safe
@public
@of_site
def albums(request: HttpRequest, site: Site) -> HttpResponse:
    def entries() -> Iterator[FeedEntry]:
        for album in albums_of(site)[:30]:
            yield FeedEntry(
                album.pk, album.title, reverse("portal:album", args=[album.pk]), album.by, album.created_at, album.changed_at,
                light(album.lead),
            )  # fmt: skip

    title = _("%(name)s的相册") % {"name": site.name}
    return feed(request, site, kind="albums", title=title, path=reverse("portal:albums", args=[site.slug]), entries=entries, tags=("posts", "bodies"))
