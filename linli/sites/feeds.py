"""Atom feeds of sites (RFC 4287): one helper for every kind of thing that is published."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import quote_etag
from django.utils.translation import get_language

from linli.common import clock
from linli.common.pagecache import kept
from linli.common.text import clean

from .addresses import absolute, tag_uri
from .frame import site_tags
from .models import Site

MOST = 30


@dataclass(frozen=True)
class FeedEntry:
    """What a feed says of a thing: `key` never changes; `html` is safe text of ours."""

    key: object
    title: str
    path: str
    author: str
    published: datetime
    updated: datetime
    html: str = ""
    kinds: tuple[str, ...] = ()


class _Atom(Atom1Feed):
    """An empty feed was last changed when its site was opened, not whenever somebody asks."""

    def __init__(self, *args: Any, began: datetime, **kw: Any) -> None:
        self.began = began
        super().__init__(*args, **kw)

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=self.began)


def feed(
    request: HttpRequest, site: Site, *, kind: str, title: str, path: str, entries: Callable[[], Iterable[FeedEntry]],
    tags: tuple[str, ...] = (),
) -> HttpResponse:  # fmt: skip
    """The feed of a kind of things of a site, the newest first; `path` is the page that lists them.

    It is made once while nothing moves, and a reader who has it is told so.
    """
    key = ("feed", kind, site.pk, get_language(), request.path)
    text = kept(key, lambda: _write(request, site, kind, title, path, entries()), tags=(*site_tags(site.slug), *tags))
    etag = quote_etag(hashlib.sha256(text.encode()).hexdigest()[:24])
    response = HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
    response["ETag"], response["Cache-Control"], response["Vary"] = etag, "no-cache", "Accept-Language, Cookie"
    return get_conditional_response(request, etag=etag, response=response) or response


def _write(request: HttpRequest, site: Site, kind: str, title: str, path: str, entries: Iterable[FeedEntry]) -> str:
    began = clock.local_date(site.opened_at)
    made = _Atom(
        title=_text(title), link=absolute(path, site), description=_text(site.lead), language=get_language() or "zh-hans",
        author_name=_text(site.name), feed_url=absolute(request.path, site), feed_guid=tag_uri(f"{kind}-of-site", site.pk, began),
        began=site.opened_at,
    )  # fmt: skip
    for entry in list(entries)[:MOST]:
        made.add_item(
            title=_text(entry.title), link=absolute(entry.path, site), description=_text(entry.html), author_name=_text(entry.author),
            unique_id=tag_uri(kind, entry.key, clock.local_date(entry.published)), pubdate=entry.published, updateddate=entry.updated,
            categories=list(map(_text, entry.kinds)),
        )  # fmt: skip
    return made.writeString("utf-8")


def _text(text: object) -> str:
    """XML knows no control signs."""
    return clean(str(text))
