"""The pages that one process keeps: by the most recently read, within a number of bytes."""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from .tags import GLOBAL, Versions

Headers = list[tuple[str, str]]
SMALL = 256  # bytes below which zipping does not pay
OVERHEAD = 2_000  # what an entry weighs beside its bodies
GRACE = 0.4  # seconds; with tags.EVERY less than the one second that a reader may be behind


class Key(NamedTuple):
    """All that a kept page depends on, but time and tags."""

    secure: bool
    host: str
    path: str
    query: str
    modes: str


@dataclass
class Form:
    """One representation of a page."""

    body: bytes
    etag: str
    headers: Headers
    unchanged: Headers


@dataclass
class Page:
    """A kept page; without `plain` the note that this one is not to be kept, `once`: what came instead of it."""

    versions: Versions
    until: datetime
    plain: Form | None = None
    zipped: Form | None = None
    once: tuple[str, Headers, bytes] | None = None
    size: int = field(default=OVERHEAD)
    route: str = ""  # for the figures of operation
    moved: float = 0.0  # when a tag of it was found to have moved (monotonic); 0.0: it holds

    def just_moved(self) -> bool:
        """Whether it may still be given while another reader's thread renders the next one."""
        return self.plain is not None and time.monotonic() - self.moved < GRACE


def make_page(body: bytes, headers: Headers, versions: Versions, until: datetime) -> Page:
    """Both representations, each with a strong ETag of its own."""
    digest = hashlib.sha256(body + repr(sorted(headers)).encode()).hexdigest()[:24]
    plain = _form(body, f'"{digest}"', headers)
    zipped = None
    if len(body) >= SMALL:
        zipped = _form(gzip.compress(body, 6, mtime=0), f'"{digest}-gz"', [*headers, ("Content-Encoding", "gzip")])
    size = len(body) + (len(zipped.body) if zipped else 0) + OVERHEAD
    return Page(versions, until, plain, zipped, size=size)


def _form(body: bytes, etag: str, headers: Headers) -> Form:
    whole = [*headers, ("ETag", etag), ("Content-Length", str(len(body)))]
    unchanged = [pair for pair in whole if pair[0].lower() not in ("content-length", "content-type", "content-encoding")]
    return Form(body, etag, whole, unchanged)


class Store:
    """Least recently read pages go first. Safe for threads."""

    def __init__(self, most_bytes: int) -> None:
        self.most, self.size = most_bytes, 0
        self.pages: OrderedDict[Key, Page] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: Key) -> Page | None:
        with self.lock:
            page = self.pages.get(key)
            if page is not None:
                self.pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Page) -> None:
        """A page that is larger than an eighth of the room is not kept."""
        with self.lock:
            self._remove(key)
            if page.size * 8 > self.most:
                return
            self.pages[key] = page
            self.size += page.size
            while self.size > self.most:
                self._remove(next(iter(self.pages)))

    def _remove(self, key: Key) -> None:
        page = self.pages.pop(key, None)
        if page is not None:
            self.size -= page.size

    def tags(self) -> set[str]:
        with self.lock:
            return {tag for page in self.pages.values() for tag in page.versions}

    def drop_moved(self, known: Versions) -> None:
        """Mark every page of which a tag has another version than when it was rendered, or an unknown one: it is rendered
        anew when somebody asks. What was marked before and not asked for goes."""
        now = time.monotonic()
        with self.lock:
            for key, page in list(self.pages.items()):
                if page.moved:
                    if not page.just_moved():
                        self._remove(key)
                elif any(known.get(tag) != version for tag, version in page.versions.items() if tag != GLOBAL):
                    page.moved = now

    def clear(self) -> None:
        with self.lock:
            self.pages.clear()
            self.size = 0
