"""The number of a request: made by us, taken from nobody, in every log line and on the pages of failures.

It is ten digits with a check digit, so that a person can say it on the phone. It is drawn on first use.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_NONE: list[str] = []
_current: ContextVar[list[str]] = ContextVar("linli_request", default=_NONE)


def _draw() -> str:
    from linli.common.ids import check_digit

    body = str(secrets.randbelow(9 * 10**8) + 10**8)
    return body + check_digit(body)


@contextmanager
def numbered() -> Iterator[None]:
    """What happens inside belongs to one request."""
    token = _current.set([])
    try:
        yield
    finally:
        _current.reset(token)


def current() -> str:
    """The number of the request being answered; empty outside of one."""
    held = _current.get()
    if held is _NONE:
        return ""
    if not held:
        held.append(_draw())
    return held[0]
