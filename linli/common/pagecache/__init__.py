"""Anonymous pages, kept at the WSGI edge of each process: what visitors see is rendered once per version.

A view declares itself with `@cached(tags=…)`; whatever changes what it shows calls `bump(tag)` as the last line of
its transaction. A page is rendered from its key alone (host, path, allowed query, display modes): no other header or
cookie of the visitor reaches the view, so that nothing personal can be kept. `docs/why/0015-page-cache.md`
"""

from .declare import cached, collected, valid_until
from .edge import Edge
from .parts import expect, kept, midnight
from .tags import bump

__all__ = ["Edge", "bump", "cached", "collected", "expect", "kept", "midnight", "valid_until"]
