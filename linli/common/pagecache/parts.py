"""Parts of pages, and what is read for them, kept for everybody: also a signed-in reader's page is mostly the same.

Unlike kept pages, kept parts are never late: their tags are compared with the database at each use, by one statement;
inside a view that declares its tags (`reading`), by one statement for all parts of the page.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, time, timedelta
from typing import Any, cast

from django.conf import settings

from linli.common import clock

from .tags import Versions, read

MOST = 512  # parts
LONGEST_TEXT = 200_000

_parts: OrderedDict[Hashable, tuple[Versions, datetime, Any]] = OrderedDict()
_lock = threading.Lock()


def midnight(now: datetime) -> datetime:
    """The next midnight in Shanghai, for pages that show days."""
    day = now.astimezone(clock.SHANGHAI).date() + timedelta(days=1)
    return datetime.combine(day, time(), clock.SHANGHAI)


class _Page:
    """The tags of the page under way, and their versions once a part has asked."""

    def __init__(self, tags: Iterable[str]) -> None:
        self.expected = set(tags)
        self.versions: Versions = {}

    def read(self, tags: tuple[str, ...]) -> Versions:
        if any(tag not in self.versions for tag in tags):
            self.versions |= read(self.expected.union(tags).difference(self.versions))
            self.expected = set()
        return self.versions


_page: ContextVar[_Page | None] = ContextVar("page", default=None)


@contextmanager
def reading(tags: Iterable[str]) -> Iterator[None]:
    """While one page is made, its parts share one look at the tags. For reading alone: what is written meanwhile
    is seen by the next page."""
    token = _page.set(_Page(tags))
    try:
        yield
    finally:
        _page.reset(token)


def expect(tags: Iterable[str]) -> None:
    """The parts of the page under way will ask for these tags: the next look at the database brings them all."""
    page = _page.get()
    if page:
        page.expected.update(tags)


def _versions(tags: tuple[str, ...]) -> Versions:
    page = _page.get()
    found = page.read(tags) if page else read(tags)
    return {tag: found[tag] for tag in tags}


def kept[T](
    key: Hashable, make: Callable[[], T], *, tags: tuple[str, ...] = (), until: Callable[[T], datetime | None] | None = None
) -> T:
    """`make()`, or what it gave before while no tag moved, at most until midnight; `until(value)`: at most until then.

    The key says everything that the value depends on beside the tags (the language!), and never a person. Whoever
    gets the value does not change it.
    """
    if not settings.LINLI_PAGE_CACHE:
        return make()
    versions = _versions(tags) if tags else {}
    now = clock.now()
    with _lock:
        found = _parts.get(key)
        if found is not None and found[0] == versions and found[1] > now:
            _parts.move_to_end(key)
            return cast(T, found[2])
    value = make()
    if not isinstance(value, str) or len(value) <= LONGEST_TEXT:
        with _lock:
            _parts[key] = (versions, _end(now, until(value) if until else None), value)
            _parts.move_to_end(key)
            while len(_parts) > MOST:
                _parts.popitem(last=False)
    return value


def _end(now: datetime, until: datetime | None) -> datetime:
    return min(midnight(now), until) if until else midnight(now)


def forget() -> None:
    """Let go of all parts of this process."""
    with _lock:
        _parts.clear()
