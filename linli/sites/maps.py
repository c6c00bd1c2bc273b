"""What search engines may read: the index of sites, and for each site its public pages. Apps add theirs with `list_in_map`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from xml.sax.xmlreader import AttributesImpl

from django.db.models import QuerySet
from django.utils.xmlutils import SimplerXMLGenerator

from .addresses import absolute
from .models import Site

MOST = 50_000  # addresses of one map, as its format has it
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True)
class MapEntry:
    """A public page, and when it last changed."""

    path: str
    changed: datetime | None = None


Lister = Callable[[Site], Iterable[MapEntry]]
_listers: list[Lister] = []


def list_in_map(lister: Lister) -> Lister:
    """Add the public pages of a kind: called with a site, gives those that stand there."""
    if lister not in _listers:
        _listers.append(lister)
    return lister


def index(sites: QuerySet[Site]) -> Iterator[str]:
    """The map of maps, piece by piece."""
    rows = (absolute(f"{site.url}sitemap.xml") for site in sites.iterator(chunk_size=500))
    yield from _written("sitemapindex", "sitemap", ((row, None) for row in rows))


def of_site(site: Site) -> Iterator[str]:
    """The public pages of a site, piece by piece."""

    def entries() -> Iterator[tuple[str, datetime | None]]:
        yield absolute(site.url, site), None
        for lister in _listers:
            for entry in lister(site):
                yield absolute(entry.path, site), entry.changed

    yield from _written("urlset", "url", islice(entries(), MOST))


class _Pieces:
    """A file that gives what was written since it was last asked."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def write(self, text: str | bytes) -> None:
        self.parts.append(text.decode() if isinstance(text, bytes) else text)

    def take(self) -> str:
        text, self.parts = "".join(self.parts), []
        return text


def _written(outer: str, inner: str, rows: Iterable[tuple[str, datetime | None]]) -> Iterator[str]:
    pieces = _Pieces()
    xml = SimplerXMLGenerator(pieces, "utf-8")  # type: ignore[arg-type]
    xml.startDocument()
    xml.startElement(outer, AttributesImpl({"xmlns": SPACE}))
    for n, (address, changed) in enumerate(rows):
        xml.startElement(inner, AttributesImpl({}))
        xml.addQuickElement("loc", address)
        if changed is not None:
            xml.addQuickElement("lastmod", changed.isoformat(timespec="seconds"))
        xml.endElement(inner)
        if n % 200 == 0:
            yield pieces.take()
    xml.endElement(outer)
    xml.endDocument()
    yield pieces.take()
