"""What is told when database or disk do not work now: 503 with Retry-After, nothing half done, never a 500."""

from __future__ import annotations

import errno
import logging

from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger("linli.errors")
RETRY_AFTER = 30
# What the disk says when it is broken, full, read-only, or when the machine is out of something.
DISK = {errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EFBIG}


def is_outage(error: BaseException | None) -> bool:
    """Whether the error, or what it says it came from, is a database or disk that does not work now.

    A broken constraint counts too: mostly two were at it at once, and whoever tries again is told which came first.
    """
    while error is not None:
        if isinstance(error, (DatabaseError, InterfaceError)):
            return True
        if isinstance(error, OSError) and error.errno in DISK:
            return True
        error = error.__cause__
    return False


def unavailable(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    """The page of a broken moment. It asks no database."""
    riddle = isinstance(error, (IntegrityError, ProgrammingError, DataError))  # no outage: somebody has to look into it
    log.error("unavailable: %s", type(error).__name__, exc_info=error if riddle else None)
    response = render(request, "503.html", status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response
