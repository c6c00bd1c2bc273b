"""The closed sets of notices, their flow, who checks whom, and what can be read aloud. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from linli.common.states import Row, StateTable, register
from linli.people.api import BodyKind, Role

TITLE, TEXT, SHORT, REASON = 60, 5000, 70, 200
CONTACT_NAME, CONTACT_PHONE = 40, 30
MOST_BUILDINGS = 60
MOST_FILES = 9
LONGEST = timedelta(days=366)  # a notice that is right for longer is a page
LATE = timedelta(days=1)  # a publication heard of later than this rings nobody


class Kind(models.TextChoices):
    """What a notice is about. Data: the words may change, the values stay."""

    OUTAGE = "outage", _("停水停电")
    SERVICE = "service", _("办事")
    EVENT = "event", _("活动")
    PUBLIC = "public", _("公示")
    SAFETY = "safety", _("安全提醒")
    WANTED = "wanted", _("招募")
    WORKS = "works", _("施工维修")
    OTHER = "other", _("其他")


class NoticeLevel(models.TextChoices):
    ORDINARY = "ordinary", _("一般")
    IMPORTANT = "important", _("重要")
    URGENT = "urgent", _("紧急")


RINGING = (NoticeLevel.IMPORTANT, NoticeLevel.URGENT)  # these go to the inboxes of their audience


class NoticeState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    WAITING = "waiting", _("等核")
    CHECKED = "checked", _("核过，等时间")
    PUBLISHED = "published", _("已发布")
    EXPIRED = "expired", _("已过期")
    WITHDRAWN = "withdrawn", _("已撤下")
    CORRECTED = "corrected", _("已更正")


S = NoticeState
READABLE = (S.PUBLISHED, S.EXPIRED, S.CORRECTED)  # everybody may read it, the latter two with a mark
NOTICE = register(
    StateTable(
        "notice",
        S.DRAFT,
        [
            Row(S.DRAFT, "submit", S.WAITING, "writer"),
            Row(S.DRAFT, "drop", S.WITHDRAWN, "writer"),
            Row(S.WAITING, "take_back", S.DRAFT, "writer"),
            Row(S.WAITING, "check", S.CHECKED, "checker", guard="another_person"),
            Row(S.WAITING, "return", S.DRAFT, "checker", guard="another_person"),
            Row(S.CHECKED, "take_back", S.DRAFT, "writer"),
            Row(S.CHECKED, "lapse", S.WITHDRAWN, "time"),
            Row(S.CHECKED, "publish", S.PUBLISHED, "time", effects=("publish",)),
            Row(S.PUBLISHED, "expire", S.EXPIRED, "time", effects=("end",)),
            Row(S.PUBLISHED, "withdraw", S.WITHDRAWN, "issuer | body above", effects=("end",)),
            Row(S.PUBLISHED, "correct", S.CORRECTED, "publication of the correction", effects=("end",)),
        ],
        final=[S.EXPIRED, S.WITHDRAWN, S.CORRECTED],
        states=S,
        says="A notice from the first word to its end; a checked one waits for its hour and is published by time.",
    )
)

B, R = BodyKind, Role
_SMALL = frozenset({B.SERVICE_STATION, B.OWNERS_COMMITTEE, B.PROPERTY_COMPANY, B.SOCIAL_ORG, B.MERCHANT})
# Whose notices a role checks beside those of its own body (docs/why/0018).
CHECKS: Mapping[str, frozenset[str]] = {
    R.RESIDENTS_COMMITTEE: _SMALL,
    R.STREET_OFFICE: _SMALL | {B.RESIDENTS_COMMITTEE, B.DEPARTMENT},
    R.DISTRICT: _SMALL | {B.RESIDENTS_COMMITTEE, B.DEPARTMENT, B.STREET_OFFICE},
}


def oversees(*, role: str, issuer_kind: str, same_body: bool) -> bool:
    """Whether a holder of the role looks after the notices of such a body; the place is checked beside it."""
    return same_body or issuer_kind in CHECKS.get(role, frozenset())


# What can be read aloud

_URL = re.compile(
    r"(?:[a-z]+://|www\.)\S+|[\w.+-]+@[\w.-]+|[\w-]+(?:\.[\w-]+)*\.(?:com|cn|org|net|gov)\b\S*", re.I
)
_LATIN = re.compile(r"[A-Za-z]{2,}")
_STOPS = frozenset("，。；：？！、,;?! \u00a0")
_BETWEEN_DIGITS = frozenset(".:：")


def unspeakable(text: str) -> str:
    """The first thing in the text that a loudspeaker cannot read: an address, a bracket, a symbol, an abbreviation.

    Empty where all can be read.
    """
    found = [(one.start(), one.group()) for one in (_URL.search(text), _LATIN.search(text)) if one]
    for at, char in enumerate(text):
        if not _can_say(text, at, char):
            found.append((at, char))
            break
    return min(found, key=lambda one: one[0])[1] if found else ""


def _can_say(text: str, at: int, char: str) -> bool:
    if char in _STOPS:
        return True
    if char in _BETWEEN_DIGITS:
        return text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
    if char.isascii():
        return char.isalnum()
    return char == "〇" or unicodedata.name(char, "").startswith("CJK UNIFIED")


def short_problem(text: str) -> str:
    """What is wrong with a short form, in words; empty where it is right."""
    if len(text) > SHORT:
        return _g("短句最多 %(most)d 个字，现在是 %(n)d 个。") % {"most": SHORT, "n": len(text)}
    what = unspeakable(text)
    if what:
        return _g("“%(what)s”喇叭念不出来，换成话，比如“九点到十一点”。") % {"what": what[:30]}
    return ""


# Buildings as a clerk types them

_PART = re.compile(r"^(\d{1,4})\s*(?:[-–—~～到至]\s*(\d{1,4}))?$")


_BUILDING = "幢"  # data: how buildings are called


def read_buildings(typed: str, there: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """The names of buildings that `3、4` or `1—6` or `北楼` means, and the parts that mean none.

    `there`: the names of a compound's buildings.
    """
    by_number = {re.sub(r"\D", "", name): name for name in there if re.sub(r"\D", "", name)}
    found: list[str] = []
    unknown: list[str] = []
    for part in filter(None, re.split(r"[、，,;；\s]+", _tight(typed))):
        bare = re.sub(r"(?:号楼|幢|栋|号|座|楼)$", "", part)
        one = _PART.match(bare)
        named = [name for name in there if _tight(name) in (part, part + _BUILDING)]
        if named:
            found += named
        elif one is None:
            unknown.append(part)
        else:
            first, last = int(one[1]), int(one[2] or one[1])
            names = [by_number.get(str(n)) for n in range(first, min(last, first + 200) + 1)]
            found += [name for name in names if name]
            if last < first or not all(names):
                unknown.append(part)
    order = list(there)
    return sorted(dict.fromkeys(found), key=order.index), unknown


def _tight(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"(?<=\d)\s*([-–—~～到至])\s*(?=\d)", r"\1", text)
    return re.sub(r"\s+(?=号楼|幢|栋|号|座|楼)", "", text).strip()


def name_buildings(names: Collection[str]) -> str:
    """`3、4 幢`; `1—6 幢` for a run; other names as they are."""
    numbers = {name: re.fullmatch(r"(\d+)\s*幢", name) for name in names}
    if not all(numbers.values()):
        return "、".join(names)
    digits = sorted(int(one[1]) for one in numbers.values() if one)
    runs: list[list[int]] = []
    for n in digits:
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    words = [f"{run[0]}—{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs]
    return "、".join(words) + " 幢"  # data: how buildings are called


def dates_problem(*, publish_at: datetime | None, valid_until: datetime, now: datetime) -> tuple[str, str]:
    """The field and what is wrong with the two dates; empty where they are right."""
    starts = max(publish_at, now) if publish_at else now
    if valid_until <= now:
        return "valid_until", _g("有效期已经过了，改成今天或以后。")
    if valid_until <= starts:
        return "valid_until", _g("有效期在发布以前就结束了，改成发布以后。")
    if valid_until > starts + LONGEST:
        return "valid_until", _g("公告最多挂一年；更久的写成指南。")
    return "", ""
