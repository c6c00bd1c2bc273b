"""The notices of a site as Atom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from linli.sites.api import Site

from .marks import render
from .models import Notice
from .notice_queries import feed_of


class NoticeFeed(Feed):  # type: ignore[type-arg]
    """Whole texts, so that a reader need not come."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, site: Site) -> Site:  # type: ignore[override]
        return site

    def title(self, obj: Site) -> str:
        return _("%(name)s·公告") % {"name": obj.name}

    def link(self, obj: Site) -> str:
        return reverse("portal:notices", args=[obj.slug])

    def feed_url(self, obj: Site) -> str:
        return reverse("portal:notices_feed", args=[obj.slug])

    def items(self, obj: Site) -> list[Notice]:
        return feed_of(obj)

    def item_title(self, item: Notice) -> str:  # type: ignore[override]
        return item.title

    def item_link(self, item: Notice) -> str:
        return item.url

    def item_guid(self, item: Notice) -> str:
        return f"urn:uuid:{item.pk}"

    def item_description(self, item: Notice) -> str:  # type: ignore[override]
        return render(item.text)

    def item_author_name(self, item: Notice) -> str:
        return item.issuer.name

    def item_pubdate(self, item: Notice) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Notice) -> datetime | None:
        return item.published_at

    def item_categories(self, item: Notice) -> list[Any]:
        return [item.get_kind_display()]
