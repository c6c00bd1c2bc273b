"""Public cases as GeoReport requests, and a report from a program as a case like any other."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.casework.api import (
    WAITING,
    Case,
    CaseFacts,
    CaseKind,
    CaseState,
    Channel,
    Secrecy,
    Urgency,
    submit_case,
    theme,
)
from linli.common import clock
from linli.common.errors import UserError
from linli.common.ids import uuid7
from linli.common.text import normalise_phone
from linli.files.api import store_upload

from .asked import Listing, Report
from .forms import Wrong
from .places import place_of
from .services import known

ENDED = (CaseState.CLOSED, CaseState.ARCHIVED)
MILLION = 1_000_000
Row = dict[str, Any]


def requests(wanted: Listing, origin: str) -> list[Row]:
    """Those asked for, newest first; nothing that is not public, by id either."""
    rows = Case.objects.public().select_related("place__parent", "unit")
    if wanted.ids:
        return [_row(case, origin) for case in rows.filter(pk__in=_keys(wanted.ids)).order_by("-submitted_at", "-pk")]
    rows = rows.filter(submitted_at__gte=wanted.start, submitted_at__lte=wanted.end)
    if wanted.codes:
        rows = rows.filter(theme__in=wanted.codes)
    if wanted.statuses == ("open",):
        rows = rows.exclude(state__in=ENDED)
    elif wanted.statuses == ("closed",):
        rows = rows.filter(state__in=ENDED)
    start = (wanted.page - 1) * wanted.size
    return [_row(case, origin) for case in rows.order_by("-submitted_at", "-pk")[start : start + wanted.size]]


def request(key: str, origin: str) -> Row:
    """Raises Wrong(404), the same for what is not there and what is not public."""
    found = requests(Listing(ids=(key,)), origin)
    if not found:
        raise Wrong(404, "service_request_id was not found")
    return found[0]


def _keys(ids: Iterable[str]) -> list[UUID]:
    found = []
    for text in ids:
        try:
            found.append(UUID(text))
        except ValueError:
            continue  # the id of somebody else's system names nothing here
    return found


def _row(case: Case, origin: str) -> Row:
    """Only what the public page says."""
    answered = case.answered_at is not None
    return {
        "service_request_id": str(case.pk),
        "status": "closed" if case.state in ENDED else "open",
        "status_notes": str(case.get_state_display()),
        "service_name": str(theme(case.theme)),
        "service_code": case.theme,
        "description": case.public_text,
        "agency_responsible": case.unit.name if case.unit else "",
        "service_notice": "",
        "requested_datetime": _moment(case.submitted_at),
        "updated_datetime": _moment(case.changed_at),
        "expected_datetime": "" if answered else _moment(case.due),
        "address": case.spot_text or str(case.place),
        "address_id": str(case.place_id),
        "zipcode": "",
        "lat": _degrees(case.latitude),
        "long": _degrees(case.longitude),
        "media_url": "",
        "page_url": origin + reverse("casework:public_case", args=[case.pk]),
    }


def _moment(value: datetime | None) -> str:
    return value.astimezone(clock.SHANGHAI).isoformat(timespec="seconds") if value else ""


def _degrees(value: int | None) -> float | None:
    return None if value is None else value / MILLION


@transaction.atomic
def file_report(report: Report, pictures: Iterable[Any], *, now: datetime) -> Row:
    """A case; how its reporter follows it is said once, in the notice. Raises Wrong, UserError."""
    one, key = known(report.words["service_code"]), str(uuid7())
    name = f"{report.words['last_name']}{report.words['first_name']}"
    named, phone = bool(name and report.words["phone"]), ""
    if named:
        try:
            phone = normalise_phone(report.words["phone"])
        except UserError as error:
            raise Wrong(400, f"phone: {error}") from None
    phrase = "" if named else secrets.token_hex(4)
    files = [store_upload(picture, owner=(WAITING, key), by=None, purpose="case", now=now) for picture in pictures]
    case = submit_case(
        facts=CaseFacts(
            key=key, kind=_choice(CaseKind, report, "kind", one.kind), theme=one.key,
            urgency=_choice(Urgency, report, "urgency", one.urgency), channel=Channel.API,
            place=place_of(report, clock.local_date(now)), spot_text=report.words["address_string"], latitude=report.latitude,
            longitude=report.longitude, text=report.words["description"], wish=report.attributes.get("wish", ""),
            secrecy=Secrecy.NAMED if named else Secrecy.ANONYMOUS, name=name if named else "",
            phone=phone, passphrase=phrase, pictures=tuple(files),
        ),
        by=None, now=now,
    )  # fmt: skip
    how = _("查询码 %(code)s") % {"code": case.code_said}
    return {
        "service_request_id": str(case.pk),
        "service_notice": how if named else _("%(how)s，口令 %(phrase)s。只说这一次，请交给反映人。") % {"how": how, "phrase": phrase},
        "account_id": "",
    }


def _choice(kind: Any, report: Report, name: str, usual: Any) -> Any:
    """The value of a list attribute. Raises Wrong(400) for one that the definition does not have."""
    text = report.attributes.get(name, "")
    if text and text not in kind.values:
        raise Wrong(400, f"attribute[{name}]: one of {', '.join(kind.values)}")
    return kind(text) if text else usual
