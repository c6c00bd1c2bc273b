"""The directory in the Human Services Data Specification 3.0 (Open Referral): written, and read again.

What HSDS has no field for stands in `attributes`: the group, what one wants, holidays, and how often it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.calendar.api import DAY, Holidays, Hours, Span, Week, clock_text, make_hours
from linli.common.errors import UserError
from linli.common.text import clean

from .directory_rules import USUAL, Facts, Group, Number, degrees, micro, normal_number
from .directory_sheet import Places, find_place

SPACE = UUID("5f2b1a0e-6d0c-5c0a-9a9b-0d3b8c1e7a42")  # of the keys that we derive
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
Record = dict[str, Any]


def write(entries: Iterable[tuple[Facts, str]], city: str, province: str) -> dict[str, list[Record]]:
    """Organizations and services; of each entry also the name of the place served."""
    services = [_service(facts, place, city, province) for facts, place in entries]
    organisations = {service["organization_id"]: service["organization"] for service in services}
    return {"organizations": list(organisations.values()), "services": services}


def _service(facts: Facts, place: str, city: str, province: str) -> Record:
    key = facts.id or uuid5(SPACE, facts.name)
    own = {"service_id": str(key)}
    name = facts.organisation or facts.name
    organisation = {"id": str(uuid5(SPACE, f"organisation {name}")), "name": name, "description": name}
    record: Record = {
        "id": str(key), "organization_id": organisation["id"], "name": facts.name, "description": facts.note, "status": "active",
        "phones": [
            {"id": _id(key, f"phone {n}"), **own, "number": phone.number, "type": "voice", "description": phone.label}
            for n, phone in enumerate(facts.phones)
        ],
        "schedules": [{"id": _id(key, f"schedule {n}"), **own, **one} for n, one in enumerate(_schedules(facts.hours))],
        "service_areas": [{"id": _id(key, "area"), **own, "name": place, "extent_type": "other"}],
        "languages": [{"id": _id(key, f"language {word}"), **own, "name": word} for word in facts.languages],
        "service_at_locations": _locations(facts, key, city, province),
        "organization": organisation,
        "attributes": [
            _attribute(key, kind, value)
            for kind, value in (
                ("group", facts.group.value), *(("want", word) for word in facts.wants), ("rank", str(facts.rank)),
                ("holidays", facts.hours.holidays.value),
            )
        ],
    }  # fmt: skip
    if facts.verified_on:
        record["assured_date"] = facts.verified_on.isoformat()
    return record


def _id(key: UUID, what: str) -> str:
    return str(uuid5(key, what))


def _attribute(key: UUID, kind: str, value: str) -> Record:
    term = str(uuid5(SPACE, f"{kind} {value}"))
    return {
        "id": _id(key, f"{kind} {value}"), "link_id": str(key), "link_entity": "service", "link_type": kind, "value": value,
        "taxonomy_term_id": term, "taxonomy_term": {"id": term, "name": value, "description": value, "taxonomy": f"linli {kind}"},
    }  # fmt: skip


def _schedules(hours: Hours) -> Iterator[Record]:
    """One for each span: the days on which it begins."""
    week: Week = (((0, DAY),),) * 7 if hours.always else hours.week
    spans: dict[Span, list[str]] = {}
    for day, own in zip(DAYS, week, strict=True):
        for span in own:
            spans.setdefault(span, []).append(day)
    for (start, end), days in sorted(spans.items()):
        yield {
            "freq": "WEEKLY", "wkst": "MO", "interval": 1, "byday": ",".join(days), "timezone": 8,
            "opens_at": _time(start), "closes_at": _time(end % DAY),
        }  # fmt: skip


def _time(minutes: int) -> str:
    return f"{clock_text(minutes).rjust(5, '0')}:00+08:00"


def _locations(facts: Facts, key: UUID, city: str, province: str) -> list[Record]:
    if not facts.address and facts.lat is None:
        return []
    where = _id(key, "location")
    place: Record = {"id": where, "location_type": "physical", "name": facts.address}
    if facts.lat is not None and facts.lon is not None:
        place |= {"latitude": float(degrees(facts.lat)), "longitude": float(degrees(facts.lon))}
    if facts.address:
        place["addresses"] = [
            {
                "id": _id(key, "address"), "location_id": where, "address_1": facts.address, "city": city, "state_province": province,
                "postal_code": "", "country": "CN", "address_type": "physical",
            }
        ]  # fmt: skip
    return [{"id": _id(key, "at"), "service_id": str(key), "location_id": where, "location": place}]


# Reading


def services_of(content: Any) -> list[Any]:
    """The services of a file: a list, one record, or under `services` or `contents`. Raises UserError (file)."""
    if isinstance(content, dict):
        content = next((content[key] for key in ("services", "contents") if key in content), [content])
    if not isinstance(content, list) or not all(isinstance(one, dict) for one in content):
        raise UserError(_("这个 JSON 里没有 HSDS 的服务（services）"), field="file")
    return content


def read(records: list[Any], places: Places, otherwise: int) -> Iterator[tuple[int, str, Facts | UserError]]:
    """Number, name, and the entry or what is wrong with it."""
    for n, record in enumerate(records, start=1):
        name = clean(str(record.get("name") or ""))
        try:
            yield n, name, _facts(record, name, places, otherwise)
        except UserError as error:
            yield n, name, error
        except (ValueError, TypeError, KeyError, AttributeError, IndexError, ArithmeticError):
            yield n, name, UserError(_("这一条的写法不合 HSDS 3.0"))


def _facts(record: Record, name: str, places: Places, otherwise: int) -> Facts:
    said: dict[str, list[str]] = {}
    for one in record.get("attributes") or []:
        said.setdefault(one.get("link_type") or "", []).append(one.get("value") or "")
    organisation = record.get("organization") or {}
    at = ((record.get("service_at_locations") or [{}])[0]).get("location") or {}
    lat, lon = at.get("latitude"), at.get("longitude")
    address = ((at.get("addresses") or [{}])[0]).get("address_1") or ""
    area = ((record.get("service_areas") or [{}])[0]).get("name") or ""
    whole = clean(str(organisation.get("name") or ""))
    assured = record.get("assured_date")
    rank = said.get("rank", [str(USUAL)])[0]
    return Facts(
        id=UUID(record["id"]), name=name, organisation="" if whole == name else whole, group=Group(said.get("group", [Group.EVERYDAY])[0]),
        wants=tuple(said.get("want", ())), phones=_numbers(record, organisation), place=find_place(area, places, otherwise),
        address=address, lat=None if lat is None else micro(str(lat)), lon=None if lon is None else micro(str(lon)),
        hours=_hours(record.get("schedules") or [], Holidays(said.get("holidays", [Holidays.OFFICIAL])[0])),
        languages=tuple(one["name"] for one in record.get("languages") or [] if one.get("name")),
        note=clean(str(record.get("description") or "")), rank=int(rank), verified_on=date.fromisoformat(assured) if assured else None,
    )  # fmt: skip


def _numbers(record: Record, organisation: Record) -> tuple[Number, ...]:
    found = []
    for one in record.get("phones") or organisation.get("phones") or []:
        number = normal_number(str(one["number"]))
        if not number:
            raise UserError(format_lazy(_("“{line}”里没有看懂电话，请写成：报修 555 0132"), line=str(one["number"])[:40]), field="phones")
        found.append(Number(number, clean(str(one.get("description") or ""))))
    return tuple(found)


def _hours(schedules: list[Record], holidays: Holidays) -> Hours:
    week: list[list[Span]] = [[] for _day in DAYS]
    for one in schedules:
        if one.get("freq") != "WEEKLY" or not one.get("opens_at") or not one.get("closes_at"):
            raise UserError(_("开门时间只能是每周的（WEEKLY），要有 opens_at 和 closes_at"), field="hours")
        start, end = _minutes(one["opens_at"]), _minutes(one["closes_at"])
        for day in (one.get("byday") or ",".join(DAYS)).split(","):
            week[DAYS.index(day.strip())].append((start, end if end > start else end + DAY))
    hours = make_hours(tuple(map(tuple, week)), holidays)
    return hours if hours.known else Hours()


def _minutes(text: str) -> int:
    hour, minute = text[:5].split(":")
    return int(hour) * 60 + int(minute)
