"""Bringing a directory in from a file and giving it out: what would happen, row by row, before anything is written."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area, Level, read_table, title
from linli.common.errors import UserError
from linli.common.sheets import xlsx_chunks

from . import directory_hsds, directory_sheet
from .actions.directory import facts_of
from .directory_rules import Facts, check
from .models import DirectoryEntry

MOST = 5000
LIMIT = 20 * 1024 * 1024


@dataclass(frozen=True)
class Bad:
    line: int
    name: str
    reason: str


@dataclass
class ImportPlan:
    """What an import would do."""

    new: list[Facts] = field(default_factory=list)
    changed: list[tuple[DirectoryEntry, Facts]] = field(default_factory=list)
    same: int = 0
    bad: list[Bad] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.new) + len(self.changed)

    def __str__(self) -> str:
        new, changed = len(self.new), len(self.changed)
        return f"+{new} ~{changed} ={self.same} !{len(self.bad)}"


def read_file(source: IO[bytes], name: str) -> dict[str, Any]:
    """The file as plain data that can be held until it is confirmed. Raises UserError (file)."""
    head = source.read(64).lstrip(b"\xef\xbb\xbf \r\n\t")
    source.seek(0)
    try:
        content = _json(source) if head[:1] in (b"{", b"[") else _table(source, name)
    except UserError as error:
        raise UserError(error.message, field="file") from error
    if len(content["rows"]) > MOST:
        raise UserError(_("一次最多 %(n)d 条") % {"n": MOST}, field="file")
    return content


def _json(source: IO[bytes]) -> dict[str, Any]:
    data = source.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise UserError(_("文件太大，最多 20 MB"))
    try:
        content = json.loads(data.decode("utf-8-sig"), parse_float=_exact)
    except (ValueError, RecursionError) as error:
        raise UserError(_("这个 JSON 读不懂，可能没有存完整")) from error
    return {"form": "hsds", "rows": directory_hsds.services_of(content)}


def _exact(text: str) -> str:
    """A position in plain digits, never through binary fractions."""
    return format(Decimal(text), "f")


def _table(source: IO[bytes], name: str) -> dict[str, Any]:
    table = read_table(source, name)
    rows = list(table.rows)
    if not rows:
        raise UserError(_("表头下面没有数据"))
    return {"form": "sheet", "rows": rows, "columns": directory_sheet.find_columns(table.headers, table.header_line, rows)}


def plan_import(content: dict[str, Any], *, places: list[Area], otherwise: int) -> ImportPlan:
    """Compare a file with what there is; `places` are those for which entries may be written. Writes nothing."""
    names = directory_sheet.place_names([*named(places), *((place.pk, place.name, "") for place in places)])
    if content["form"] == "hsds":
        found = list(directory_hsds.read(content["rows"], names, otherwise))
    else:
        found = list(directory_sheet.read_rows(content["columns"], content["rows"], names, otherwise))
    plan, allowed = ImportPlan(), {place.pk for place in places}
    there = _there([facts for _line, _name, facts in found if isinstance(facts, Facts)], allowed)
    seen: set[Any] = set()
    for line, name, facts in found:
        try:
            if isinstance(facts, UserError):
                raise facts
            check(facts)
            _sort(plan, facts, there, allowed, seen)
        except UserError as error:
            plan.bad.append(Bad(line, name, str(error)))
    return plan


def _there(wanted: list[Facts], allowed: Collection[int]) -> dict[Any, DirectoryEntry]:
    """The entries that the file may mean: by key, and by name and place."""
    rows = DirectoryEntry.objects.select_related("place").prefetch_related("phones")
    found: dict[Any, DirectoryEntry] = {}
    for row in rows.standing().filter(place__in=allowed).filter(name__in={facts.name for facts in wanted}):
        found[(row.name, row.place_id)] = row
    for row in rows.filter(pk__in={facts.id for facts in wanted if facts.id}):
        found[row.pk] = row
    return found


def _sort(plan: ImportPlan, facts: Facts, there: dict[Any, DirectoryEntry], allowed: Collection[int], seen: set[Any]) -> None:
    entry = there.get(facts.id) or there.get((facts.name, facts.place))
    if entry is not None and entry.place_id not in allowed:
        raise UserError(_("这一条归别的地方管，不能从这里改"))
    key = entry.pk if entry else facts.id or (facts.name, facts.place)
    if key in seen:
        raise UserError(_("和前面的一条重复了"))
    seen.add(key)
    if entry is None:
        plan.new.append(facts)
    elif entry.ended_at is None and _same(facts_of(entry), facts):
        plan.same += 1
    else:
        plan.changed.append((entry, facts))


def _same(old: Facts, new: Facts) -> bool:
    """The key does not matter: a table of one's own has none."""
    return all(getattr(old, name) == getattr(new, name) for name in Facts.__dataclass_fields__ if name != "id")


def named(places: Iterable[Area]) -> list[tuple[int, str, str]]:
    """Each place with its own name and that of the place above, as tables name it."""
    places = list(places)
    above = Area.objects.in_bulk({place.parent_id for place in places if place.parent_id})
    return [
        (place.pk, title(place), title(above[place.parent_id]) if place.parent_id in above and place.level > Level.STREET else "")
        for place in places
    ]  # fmt: skip


def out(rows: Iterable[DirectoryEntry]) -> list[tuple[Facts, str]]:
    """The entries, each with its place's name, ready for a table or HSDS."""
    entries = list(rows)
    names = {key: f"{above} {name}".strip() for key, name, above in named({row.place_id: row.place for row in entries}.values())}
    return [(facts_of(row), names[row.place_id]) for row in entries]


def city_of(place: Area) -> tuple[str, str]:
    """The city and the province around a place."""
    above = {area.level: area.name for area in Area.objects.in_bulk(place.ancestor_ids).values()}
    return above.get(Level.CITY, ""), above.get(Level.PROVINCE, "")


def hsds_of(rows: Iterable[DirectoryEntry], around: Area) -> dict[str, Any]:
    return directory_hsds.write(out(rows), *city_of(around))



def xlsx_of(rows: Iterable[DirectoryEntry]) -> Iterator[bytes]:
    lines = (directory_sheet.row_of(facts, place) for facts, place in out(rows))
    return xlsx_chunks(directory_sheet.columns(), lines, title=str(_("电话簿")))
