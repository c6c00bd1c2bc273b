"""What an entry of the directory of phones is, and what is right about it. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.calendar.api import Hours
from linli.common.errors import UserError
from linli.common.plain_check import not_plain
from linli.common.text import clean

STALE_AFTER = timedelta(days=180)
MICRO = 1_000_000  # positions are millionths of a degree, WGS-84
NAME, LABEL, TEXT, NUMBER, WORD = 40, 20, 200, 16, 20  # lengths
MOST_WANTS, MOST_PHONES, MOST_LANGUAGES = 16, 6, 8
SHEET = 20  # entries on the printed sheet
OFTEN, USUAL, SELDOM = 1, 3, 5
BREAKS = re.compile(r"[;；\n]+")
COMMAS = re.compile(r"[,，、;；\n]+")


class Group(models.TextChoices):
    EVERYDAY = "everyday", _("日常")
    ADVICE = "advice", _("咨询")
    COMPLAINT = "complaint", _("投诉")


class Wrong(models.TextChoices):
    """What a reader says is wrong with an entry."""

    NUMBER = "number", _("打不通，或者打到别处去了")
    HOURS = "hours", _("开门时间不对")
    MOVED = "moved", _("搬走了")
    GONE = "gone", _("关门不做了")
    OTHER = "other", _("别的")


@dataclass(frozen=True)
class Number:
    """A number to call, and what for where there are several."""

    number: str
    label: str = ""


@dataclass(frozen=True)
class Facts:
    """An entry as people give it: by the form, a table or HSDS. `place` is the key of the place served."""

    name: str
    group: Group
    phones: tuple[Number, ...]
    place: int
    organisation: str = ""
    wants: tuple[str, ...] = ()
    address: str = ""
    lat: int | None = None
    lon: int | None = None
    hours: Hours = field(default_factory=Hours)
    languages: tuple[str, ...] = ()
    note: str = ""
    rank: int = USUAL
    verified_on: date | None = None
    id: UUID | None = None


def check(facts: Facts) -> None:
    """Raises UserError at the field that is wrong."""
    if not facts.name:
        raise UserError(_("名称还没填"), field="name")
    for name, most in (("name", NAME), ("organisation", NAME * 2), ("address", NAME * 2), ("note", TEXT)):
        if len(getattr(facts, name)) > most:
            raise UserError(format_lazy(_("最多 {n} 个字"), n=most), field=name)
    _check_plain(facts)
    if not facts.phones:
        raise UserError(_("至少写一个电话"), field="phones")
    if len(facts.phones) > MOST_PHONES:
        raise UserError(format_lazy(_("电话最多 {n} 个"), n=MOST_PHONES), field="phones")
    for key, most in (("wants", MOST_WANTS), ("languages", MOST_LANGUAGES)):
        if len(getattr(facts, key)) > most or any(len(word) > WORD for word in getattr(facts, key)):
            raise UserError(format_lazy(_("最多 {n} 个词，每个最多 {m} 个字"), n=most, m=WORD), field=key)
    if (facts.lat is None) != (facts.lon is None):
        raise UserError(_("纬度和经度要一起写"), field="position")


def _check_plain(facts: Facts) -> None:
    """A table or HSDS is held to what forms are."""
    labels = [phone.label for phone in facts.phones]
    texts = {key: [getattr(facts, key)] for key in ("name", "organisation", "address", "note")}
    for key, lines in {**texts, "phones": labels, "wants": facts.wants, "languages": facts.languages}.items():
        problem = not_plain("\n".join(lines))
        if problem:
            raise UserError(problem, field=key)


def read_words(text: str) -> tuple[str, ...]:
    """Words with commas between, each once."""
    return tuple(dict.fromkeys(filter(None, (clean(word) for word in COMMAS.split(text)))))


_NUMBER = re.compile(r"(\(?\+?\d[\d\s\-()（）·.—–]*)$")


def read_numbers(text: str) -> tuple[Number, ...]:
    """One a line (or with semicolons between): `报修 555 0132`. Raises UserError (phones)."""
    found = []
    for line in filter(None, (clean(part) for part in BREAKS.split(text))):
        plain = unicodedata.normalize("NFKC", line)
        match = _NUMBER.search(plain)
        number = normal_number(match[1]) if match else ""
        if not number or match is None:
            raise UserError(format_lazy(_("“{line}”里没有看懂电话，请写成：报修 555 0132"), line=line[:40]), field="phones")
        label = plain[: match.start()].strip(" :,，：")
        if len(label) > LABEL:
            raise UserError(format_lazy(_("电话的说明最多 {n} 个字"), n=LABEL), field="phones")
        found.append(Number(number, label))
    return tuple(dict.fromkeys(found))


def normal_number(text: str) -> str:
    """Digits alone, with the plus of a country where there is one; empty for what nobody can dial."""
    digits = re.sub(r"[^\d+]", "", unicodedata.normalize("NFKC", text))
    return digits if re.fullmatch(r"\+?\d{3,15}", digits) else ""


def write_numbers(phones: Iterable[Number], between: str = "；") -> str:
    return between.join(f"{phone.label} {phone.number}".strip() for phone in phones)


_DEGREES = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d+)?)\s*[,，\s]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*")


def read_position(text: str) -> tuple[int, int] | tuple[None, None]:
    """`30.274150, 120.155070` as millionths of a degree: latitude first. Raises UserError (position)."""
    if not clean(text):
        return None, None
    match = _DEGREES.fullmatch(unicodedata.normalize("NFKC", text))
    if match is None:
        raise UserError(_("位置写成：纬度, 经度，比如 30.274150, 120.155070"), field="position")
    lat, lon = (micro(part) for part in match.groups())
    if abs(lat) > 85 * MICRO or abs(lon) > 180 * MICRO:
        raise UserError(_("纬度在前，经度在后。现在的数不在地图上"), field="position")
    return lat, lon


def micro(degrees: str) -> int:
    """Exact: no floating point on the way."""
    whole, _point, part = degrees.lstrip("+-").partition(".")
    value = int(whole) * MICRO + int((part + "000000")[:6])
    return -value if degrees.startswith("-") else value


def degrees(value: int) -> str:
    """`30.274150`."""
    whole, part = divmod(abs(value), MICRO)
    return f"{'-' if value < 0 else ''}{whole}.{part:06d}"


def write_position(lat: int | None, lon: int | None) -> str:
    return "" if lat is None or lon is None else f"{degrees(lat)}, {degrees(lon)}"


def is_stale(verified_on: date | None, today: date) -> bool:
    """Whether its number may be out of date: not verified for 180 days, or never."""
    return verified_on is None or today - verified_on > STALE_AFTER


def near(texts: dict[int, str], typed: str, most: int = 5) -> list[int]:
    """Of squashed texts by key those that share the most pairs of characters with what was typed, at least one in eight."""
    pairs = {typed[n : n + 2] for n in range(len(typed) - 1)}
    if not pairs:
        return []
    shared = {key: sum(pair in text for pair in pairs) for key, text in texts.items()}
    good = [key for key, n in shared.items() if n and n * 8 >= len(pairs)]
    return sorted(good, key=lambda key: (-shared[key], key))[:most]
