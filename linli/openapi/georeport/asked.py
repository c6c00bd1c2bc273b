"""What a program asks for and reports: read strictly, each fault said in a sentence. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation

from .forms import Wrong

SPAN = timedelta(days=90)  # what is listed where no dates are given, and the longest span
PAGE, MOST, MOST_IDS = 50, 1000, 200
STATUSES = ("open", "closed")
TEXT, LINE = 4000, 200
MILLION = 1_000_000
ATTRIBUTE = re.compile(r"attribute\[([a-z_]{1,30})\](\[\])?")
KNOWN = (
    "service_code", "description", "address_string", "address_id", "email", "first_name", "last_name", "phone", "device_id",
    "account_id", "media_url",
)  # fmt: skip


@dataclass(frozen=True)
class Listing:
    """Which requests are asked for: those of the ids, or those of a span, newest first."""

    ids: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = STATUSES
    start: datetime | None = None
    end: datetime | None = None
    page: int = 1
    size: int = MOST


@dataclass(frozen=True)
class Report:
    """A report as it came: texts stripped, the position in millionths of a degree (WGS-84)."""

    words: Mapping[str, str]
    latitude: int | None = None
    longitude: int | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


def listing(query: Mapping[str, str], now: datetime) -> Listing:
    """Raises Wrong(400)."""
    ids = _many(query.get("service_request_id", ""), "service_request_id")
    if ids:
        return Listing(ids=ids)
    statuses = _many(query.get("status", ""), "status") or STATUSES
    if not set(statuses) <= set(STATUSES):
        raise Wrong(400, "status: open, closed")
    end = _moment(query.get("end_date", ""), "end_date") or now
    start = _moment(query.get("start_date", ""), "start_date") or end - SPAN
    if not start <= end <= start + SPAN + timedelta(days=1):
        raise Wrong(400, "start_date, end_date: at most 90 days, the start before the end")
    size = _number(query.get("page_size", ""), "page_size", PAGE if query.get("page") else MOST, MOST)
    return Listing(
        codes=_many(query.get("service_code", ""), "service_code"), statuses=statuses, start=start, end=end,
        page=_number(query.get("page", ""), "page", 1, 10_000), size=size,
    )  # fmt: skip


def report(form: Mapping[str, str]) -> Report:
    """Raises Wrong(400)."""
    words = {name: form.get(name, "").strip() for name in KNOWN}
    if not words["service_code"]:
        raise Wrong(400, "service_code was not provided")
    for name, text in words.items():
        most = TEXT if name == "description" else LINE
        if len(text) > most:
            raise Wrong(400, f"{name}: at most {most} characters")
    if not words["description"]:
        raise Wrong(400, "description was not provided")
    latitude, longitude = _degrees(form.get("lat", ""), "lat", 90), _degrees(form.get("long", ""), "long", 180)
    if (latitude is None) != (longitude is None):
        raise Wrong(400, "lat and long must be given together")
    if latitude is None and not words["address_string"] and not words["address_id"]:
        raise Wrong(400, "a location must be provided: lat and long, address_string or address_id")
    attributes = {}
    for name, text in form.items():
        found = ATTRIBUTE.fullmatch(name)
        if found:
            if len(text) > LINE:
                raise Wrong(400, f"{name}: at most {LINE} characters")
            attributes[found[1]] = text.strip()
    return Report(words, latitude, longitude, attributes)


def _many(text: str, name: str) -> tuple[str, ...]:
    parts = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if len(parts) > MOST_IDS or any(len(part) > 64 for part in parts):
        raise Wrong(400, f"{name}: at most {MOST_IDS} of 64 characters")
    return parts


def _moment(text: str, name: str) -> datetime | None:
    """W3C date and time (ISO 8601); without an offset it is UTC."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.replace(" ", "+"))  # a plus sign that was not escaped
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Wrong(400, f"{name}: a date and time as 2026-05-22T08:00:00Z") from None


def _number(text: str, name: str, usual: int, most: int) -> int:
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and 1 <= int(text) <= most):
        raise Wrong(400, f"{name}: 1 to {most}")
    return int(text)


def _degrees(text: str, name: str, most: int) -> int | None:
    """Millionths of a degree, cut and not rounded up into a neighbour."""
    if not text.strip():
        return None
    try:
        value = Decimal(text.strip()[:24])
    except InvalidOperation:
        raise Wrong(400, f"{name}: degrees as 30.274151") from None
    if not value.is_finite() or abs(value) > most:
        raise Wrong(400, f"{name}: -{most} to {most}")
    return int(value * MILLION)
