"""Parts of pages, and what is read for them, kept for everybody: also a signed-in reader's page is mostly the same.

Unlike kept pages, kept parts are never late: their tags are compared with the database at each use, by one statement.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Any, cast

from django.conf import settings

from linli.common import clock

from .declare import midnight
from .tags import GLOBAL, Versions, read

MOST = 512  # parts
LONGEST_TEXT = 200_000

_parts: OrderedDict[Hashable, tuple[Versions, datetime, Any]] = OrderedDict()
_lock = threading.Lock()


def kept[T](key: Hashable, make: Callable[[], T], *, tags: tuple[str, ...] = ()) -> T:
    """`make()`, or what it gave before while no tag moved, at most until midnight.

    The key says everything that the value depends on beside the tags (the language!), and never a person. Whoever
    gets the value does not change it.
    """
    if not settings.LINLI_PAGE_CACHE:
        return make()
    versions = {tag: version for tag, version in read(tags).items() if tag != GLOBAL} if tags else {}
    now = clock.now()
    with _lock:
        found = _parts.get(key)
        if found is not None and found[0] == versions and found[1] > now:
            _parts.move_to_end(key)
            return cast(T, found[2])
    value = make()
    if not isinstance(value, str) or len(value) <= LONGEST_TEXT:
        with _lock:
            _parts[key] = (versions, midnight(now), value)
            _parts.move_to_end(key)
            while len(_parts) > MOST:
                _parts.popitem(last=False)
    return value


def forget() -> None:
    """Let go of all parts of this process."""
    with _lock:
        _parts.clear()
