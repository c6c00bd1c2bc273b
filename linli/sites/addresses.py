"""Addresses as the outside knows them: whole, and the same whichever host was asked."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from django.conf import settings

from .models import Site


def origin(site: Site | None = None) -> str:
    """Scheme and host of the instance, or of the site that has a host of its own."""
    own = settings.LINLI_ORIGIN.rstrip("/")
    return f"{urlsplit(own).scheme}://{site.host}" if site is not None and site.host else own


def absolute(path: str, site: Site | None = None) -> str:
    """A path of ours as a whole address."""
    return origin(site) + path


def tag_uri(kind: str, key: object, day: date) -> str:
    """A name that a thing keeps for ever (RFC 4151): the instance's host, the day it was made, its kind and key."""
    host = urlsplit(settings.LINLI_ORIGIN).hostname or "localhost"
    return f"tag:{host},{day.isoformat()}:{kind}/{key}"
