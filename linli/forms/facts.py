"""What the platform already knows of a person: it fills fields in, and each says where it came from and of which day.

Other apps add sources with `register`. A source gives a value of the field's own kind, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.areas.api import Home, Level, full_name
from linli.common import clock
from linli.people.api import Identifier, Person, Residency, place_name

from .rules.answers import wrong_value
from .rules.definition import Definition, Type


@dataclass(frozen=True)
class Fact:
    """A known value, and the day of which it is."""

    value: Any
    day: date


Reader = Callable[[Person | None, datetime], Fact | None]


@dataclass(frozen=True)
class Source:
    label: Any
    origin: Any  # 来自……: said at the field
    read: Reader


_SOURCES: dict[str, Source] = {}


def register(key: str, label: Any, origin: Any) -> Callable[[Reader], Reader]:
    """Add a source. Raises ValueError for a name that is taken."""

    def add(read: Reader) -> Reader:
        if key in _SOURCES and _SOURCES[key].read is not read:
            raise ValueError(f"two sources are called {key}")
        _SOURCES[key] = Source(label, origin, read)
        return read

    return add


def choices() -> list[tuple[str, Any]]:
    return [(key, source.label) for key, source in sorted(_SOURCES.items())]


def origin(key: str) -> str:
    """Where a fact comes from, in words."""
    return str(_SOURCES[key].origin) if key in _SOURCES else key


def known(definition: Definition, person: Person | None, now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """The answers that are known already, and for each where from and of which day. What does not fit is left out."""
    answers, used = {}, {}
    found: dict[str, Fact | None] = {}
    for one in definition.fields:
        source = _SOURCES.get(one.fact)
        if source is None or one.type == Type.GROUP:
            continue
        if one.fact not in found:
            found[one.fact] = source.read(person, now)
        fact = found[one.fact]
        if fact is not None and not wrong_value(one, fact.value):
            answers[one.key] = fact.value
            used[one.key] = {"source": one.fact, "day": fact.day.isoformat()}
    return answers, used


_ACCOUNT, _REGISTER = _("来自您的账号"), _("来自房屋登记")


@register("person.name", _("姓名"), _ACCOUNT)
def _name(person: Person | None, now: datetime) -> Fact | None:
    name = (person.legal_name or person.display_name) if person else ""
    return Fact(name, clock.local_date(now)) if name else None


@register("person.born", _("出生日期"), _ACCOUNT)
def _born(person: Person | None, now: datetime) -> Fact | None:
    return Fact(person.born, clock.local_date(now)) if person and person.born else None


@register("person.phone", _("手机号"), _ACCOUNT)
def _phone(person: Person | None, now: datetime) -> Fact | None:
    rows = Identifier.objects.filter(person=person, kind=Identifier.Kind.PHONE).exclude(verified_at=None).current()
    row = rows.order_by("-verified_at").first() if person else None
    return Fact(row.value, clock.local_date(row.verified_at or now)) if row else None


def _stay(person: Person | None, now: datetime) -> Residency | None:
    """The home that the person has proved, the latest first."""
    if person is None:
        return None
    rows = Residency.objects.filter(person=person, area__level=Level.HOME).verified_on(clock.local_date(now))
    return rows.select_related("area").order_by("-since", "pk").first()


@register("home.address", _("住址"), _("来自您认证的住处"))
def _address(person: Person | None, now: datetime) -> Fact | None:
    stay = _stay(person, now)
    return Fact(full_name(stay.area), stay.since) if stay else None


@register("home.community", _("所在社区和小区"), _("来自您认证的住处"))
def _community(person: Person | None, now: datetime) -> Fact | None:
    stay = _stay(person, now)
    return Fact(" ".join(place_name(stay.area).replace("\u00a0", " ").split()[:2]), stay.since) if stay else None


@register("home.area", _("建筑面积"), _REGISTER)
def _area(person: Person | None, now: datetime) -> Fact | None:
    stay = _stay(person, now)
    home = Home.objects.filter(area=stay.area).first() if stay else None
    return Fact(home.floor_area, stay.since) if stay and home and home.floor_area else None


@register("today", _("今天的日期"), _("今天"))
def _today(person: Person | None, now: datetime) -> Fact | None:
    return Fact(clock.local_date(now).isoformat(), clock.local_date(now))
