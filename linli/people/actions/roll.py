"""An office's roll of homes: read, looked over, then kept in sealed columns. A home in the file is replaced whole."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area, Level
from linli.common import audit, clock
from linli.common.errors import NotAllowed, UserError
from linli.common.sealed import SealBroken, digests, seal, unseal
from linli.common.text import clean, fold, normalise_phone

from ..models import RollEntry
from ..models.identifier import CONTACT
from ..permissions import P
from ..policy import Actor, may
from ..rules import ResidencyKind

# data: the names that offices give to their columns, ours first
COLUMNS = {
    "building": ("楼栋", "幢", "栋", "楼号", "幢号", "栋号", "楼幢", "building"),
    "entrance": ("单元", "单元号", "门洞", "entrance"),
    "room": ("房号", "室", "室号", "门牌号", "户号", "房间号", "room"),
    "name": ("姓名", "住户姓名", "业主姓名", "户主姓名", "户主", "name"),
    "phone": ("手机号", "手机", "电话", "联系电话", "手机号码", "联系方式", "phone"),
    "relation": ("关系", "身份", "人员类别", "居住类型", "relation"),
}
REQUIRED = ("building", "room", "name")
# data: what offices write for a relation
RELATIONS = {
    ResidencyKind.OWNER: ("", "业主", "产权人", "房主", "户主", "本人", "owner"),
    ResidencyKind.CO_OWNER: ("共有人", "共有产权人", "共同产权人", "co-owner"),
    ResidencyKind.TENANT: ("租户", "租客", "承租人", "租住", "tenant"),
    ResidencyKind.FAMILY: ("家人", "家属", "配偶", "子女", "父母", "同住", "家人同住", "family"),
}
_KIND_OF = {fold(word): kind for kind, words in RELATIONS.items() for word in words}
_NUMBER_SUFFIX = re.compile(r"[\s#]|号楼|号|幢|栋|座|楼|单元|室|房")
PREVIEW_LASTS = timedelta(hours=2)


class Table(Protocol):
    headers: list[str]
    rows: Any

    def columns(self, wanted: Any, required: Any = ()) -> dict[str, int]: ...


@dataclass
class Line:
    """One person of the roll, at a known door."""

    home: int
    name: str
    phone: str
    kind: str


@dataclass
class Preview:
    """What would be imported, and which lines would not, and why."""

    columns: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)

    @property
    def homes(self) -> int:
        return len({line.home for line in self.lines})


def read_roll(*, by: Actor, place: Area, table: Table, now: datetime) -> Preview:
    """Match the columns by name and each line to a home of the compound. Raises UserError without the needed columns."""
    if not may(by, P.HOMES_EDIT, place):
        raise NotAllowed(_("没有这个地方"))
    columns = table.columns(COLUMNS, required=REQUIRED)
    preview = Preview(columns={key: table.headers[index] for key, index in columns.items()})
    doors = _doors(place, now)
    for number, cells in table.rows:
        row = {key: cells[index] if index < len(cells) else "" for key, index in columns.items()}
        try:
            preview.lines.append(_line(row, doors))
        except UserError as error:
            preview.problems.append((number, str(error)))
    if not preview.lines and not preview.problems:
        raise UserError(_("表里只有表头，没有住户"), field="file")
    return preview


Doors = dict[tuple[str, str, str], list[int]]


def _doors(place: Area, now: datetime) -> Doors:
    """Each home under what a roll would call it; entrance "" stands for rolls without that column."""
    below = Area.objects.under(place).valid_on(clock.local_date(now)).filter(level__gte=Level.BUILDING)
    found = {area.pk: area for area in below}
    doors: Doors = defaultdict(list)
    for home in found.values():
        if home.level != Level.HOME:
            continue
        above = {found[pk].level: plain_number(found[pk].name) for pk in home.ancestor_ids if pk in found}
        building, entrance = above.get(Level.BUILDING, ""), above.get(Level.ENTRANCE, "")
        room = plain_number(home.name)
        for key in {(building, entrance, room), (building, "", room)}:
            doors[key].append(home.pk)
    return doors


def plain_number(text: str) -> str:
    """`3 幢`, `3号楼` and `3` are one."""
    return _NUMBER_SUFFIX.sub("", fold(text)).lstrip("0") or fold(text)


def _line(row: dict[str, str], doors: Doors) -> Line:
    key = (plain_number(row["building"]), plain_number(row.get("entrance", "")), plain_number(row["room"]))
    found = doors.get(key, [])
    if not found:
        raise UserError(_("楼盘表里没有这一户，请看楼栋、单元、房号"))
    if len(found) > 1:
        raise UserError(_("这幢楼有几个同样的房号，请补上单元"))
    name = clean(row["name"])[:40]
    if not name:
        raise UserError(_("缺姓名"))
    relation = fold(row.get("relation", ""))
    if relation not in _KIND_OF:
        raise UserError(_("“关系”没看懂，请写业主、共有人、租户或家人"))
    phone = normalise_phone(row["phone"]) if clean(row.get("phone", "")) else ""
    return Line(found[0], name, phone, str(_KIND_OF[relation]))


def seal_preview(*, by: Actor, place: Area, lines: Iterable[Line], now: datetime) -> str:
    """The lines for the way to the browser and back: nobody reads or changes them there, nothing is stored."""
    body = json.dumps({"at": now.timestamp(), "lines": [list(asdict(line).values()) for line in lines]})
    return str(seal(b64encode(zlib.compress(body.encode())).decode(), _context(by, place)))


def open_preview(*, by: Actor, place: Area, sealed: str, now: datetime) -> list[Line]:
    """Raises UserError for one that is old, of another person or another place."""
    try:
        body = json.loads(zlib.decompress(b64decode(unseal(sealed, _context(by, place)))))
    except (SealBroken, ValueError, zlib.error):
        raise UserError(_("这份预览已经不能用了，请重新选文件"), field="file") from None
    if now.timestamp() - body["at"] > PREVIEW_LASTS.total_seconds():
        raise UserError(_("这份预览放得太久了，请重新选文件"), field="file")
    return [Line(*values) for values in body["lines"]]


def _context(by: Actor, place: Area) -> str:
    return f"roll-preview|{place.pk}|{by.person_id}"


@dataclass
class Imported:
    new: int = 0
    same: int = 0
    gone: int = 0


@transaction.atomic
def import_roll(*, by: Actor, place: Area, lines: Iterable[Line], now: datetime) -> Imported:
    """Make the roll of the homes in the lines say what the lines say; the same file twice changes nothing."""
    if not may(by, P.HOMES_EDIT, place):
        raise NotAllowed(_("没有这个地方"))
    wanted = {(line.home, line.kind, fold(line.name), line.phone): line for line in lines}
    homes = set(Area.objects.under(place).filter(pk__in={key[0] for key in wanted}).values_list("pk", flat=True))
    done, fresh = Imported(), dict(wanted)
    for entry in RollEntry.objects.select_for_update().filter(home__in=homes):
        if fresh.pop((entry.home_id, entry.kind, fold(entry.name), entry.phone), None) is None:
            entry.delete()
            done.gone += 1
        else:
            done.same += 1
    new = [line for line in fresh.values() if line.home in homes]
    for line in new:
        entry = RollEntry(home_id=line.home, kind=line.kind, name=line.name, phone=line.phone, imported_at=now)
        entry.phone_index = digests(CONTACT, line.phone)[0] if line.phone else ""
        entry.save(force_insert=True)
    done.new = len(new)
    detail = {"new": done.new, "same": done.same, "gone": done.gone}
    audit.record(actor=by, action="roll.import", subject=place, place=place, detail=detail, now=now)
    return done
