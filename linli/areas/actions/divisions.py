"""Bringing the official table of divisions into the tree of places."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from linli.common import findable
from linli.common.errors import UserError

from ..bulk import AreaRow, insert_areas, next_id
from ..models import Area, Level, Succession
from ..models.area import Plate
from ..queries import cell, find_code
from ..rules import code_at, short_name
from .division_table import Divisions, Problems, Progress, level_of_number, read_divisions
from .places import rename_area, succeed_area

PLATES = list(Plate.values)
FEW = 40_000  # rows: below that the places are looked up by code, above all are read
BATCH = 5_000
Place = tuple[int, str, int]  # key, path, level


@dataclass
class ImportResult:
    """How many places were added, renamed, linked to what they replace, or left as they were."""

    added: int = 0
    renamed: int = 0
    unchanged: int = 0
    succeeded: int = 0
    bodies: int = 0
    renames: list[tuple[int, str, str]] = field(default_factory=list)  # key of the place, former and new official name
    successions: list[tuple[int, int]] = field(default_factory=list)  # keys of the old and the new place

    @property
    def changes(self) -> int:
        return self.added + self.renamed + self.succeeded + self.bodies

    def __str__(self) -> str:
        return (
            f"新增 {self.added}，改名 {self.renamed}，接替 {self.succeeded}，机构 {self.bodies}，未变 {self.unchanged} · "
            f"{self.added} added, {self.renamed} renamed, {self.succeeded} succeeded, {self.bodies} bodies, "
            f"{self.unchanged} unchanged"
        )


@transaction.atomic
def import_divisions(path: str | Path, *, on: date, progress: Progress | None = None) -> ImportResult:
    """Bring a table of divisions (code, name, parent; replaces) in: all of it or nothing.

    Raises UserError with the lines where something is wrong.
    """
    problems = Problems()
    table = read_divisions(path, problems)
    work = _Import(table, problems, progress or (lambda done, total: None))
    work.match()
    work.check_parents()
    problems.tell()
    result = ImportResult(unchanged=len(table) - len(work.renames) - work.new)
    work.rename(result, on)
    work.insert(result)
    work.succeed(result, on)
    problems.tell()
    served = cell()
    if result.added and served is not None:
        findable.changed("place", [served.pk])
    return result


class _Import:
    """One run: which row is which place."""

    def __init__(self, table: Divisions, problems: Problems, progress: Progress) -> None:
        self.table, self.problems, self.progress = table, problems, progress
        self.keys = array("q", bytes(8 * len(table)))  # key of the place of each row, 0 while new
        self.paths: dict[int, Place] = {}  # by code: what may be a parent
        self.renames: list[int] = []
        self.placed: dict[int, int] = {}  # index of a known row → key of its parent
        self.new = 0

    def match(self) -> None:
        """Find the rows' places, and the parents that the table itself does not hold."""
        index, names = self.table.index, self.table.names
        for key, code, path, level, name, official, parent in self._known_places():
            number = int(code_at(code, level))
            if level < Level.COMMUNITY:
                self.paths[number] = (key, path, level)
            i = index.get(number)
            if i is None:
                continue
            self.keys[i] = key
            if level < Level.COMMUNITY:
                self.placed[i] = parent or 0
            if names[i] != (official or name):
                self.renames.append(i)
        self.new = sum(1 for key in self.keys if not key)

    def _known_places(self) -> Iterator[tuple[int, str, str, int, str, str, int | None]]:
        """Ended places first, so that a living one of the same code wins."""
        fields = ("id", "code", "path", "level", "name", "official_name", "parent_id")
        for ended in (True, False):
            places = Area.objects.filter(valid_to__isnull=not ended).order_by()
            if len(self.table) > FEW:
                yield from places.exclude(code="").values_list(*fields).iterator(BATCH)
            else:
                wanted = sorted({*self.table.codes, *self.table.parents} - {0})
                for n in range(0, len(wanted), BATCH):
                    yield from self._coded(places, wanted[n : n + BATCH]).values_list(*fields)

    @staticmethod
    def _coded(places: QuerySet[Area], numbers: list[int]) -> QuerySet[Area]:
        codes = {str(number) for number in numbers}
        return places.filter(code__in=codes | {code.ljust(12, "0") for code in codes})

    def check_parents(self) -> None:
        """Every row stands below a place of a higher level, where it stood before."""
        table, index = self.table, self.table.index
        for i, parent in enumerate(table.parents):
            level = table.level(i)
            if not parent:
                if level > Level.DISTRICT and not self.keys[i]:
                    self.problems.add(table.lines[i], "没有写上级", "a street or community needs a parent")
                continue
            at = index.get(parent)
            if at is None and parent not in self.paths:
                self.problems.add(table.lines[i], f"上级 {parent} 不在表里，也还没有导入", f"unknown parent {parent}")
            elif level_of_number(parent) >= level:
                self.problems.add(table.lines[i], f"上级 {parent} 的级别不比它高", f"parent {parent} is not of a higher level")
            elif i in self.placed and self.placed[i] and self._key_of(parent) != self.placed[i]:
                self.problems.add(table.lines[i], f"上级 {parent} 和已导入的不同", f"parent {parent} is not the one it had")

    def _key_of(self, code: int) -> int:
        return self.paths[code][0] if code in self.paths else 0

    def rename(self, result: ImportResult, on: date) -> None:
        places = Area.objects.in_bulk([self.keys[i] for i in self.renames])
        for i in self.renames:
            area, official = places[self.keys[i]], self.table.names[i]
            former = area.official_name or area.name
            name = short_name(official) if area.level == Level.COMMUNITY else official
            rename_area(area=area, name=name, official_name=official, on=on)
            result.renames.append((area.pk, former, official))
        result.renamed = len(self.renames)

    def insert(self, result: ImportResult) -> None:
        if self.new:
            insert_areas(self._new_rows(next_id()))
        result.added = self.new

    def _new_rows(self, key: int) -> Iterator[AreaRow]:
        table, keys = self.table, self.keys
        turn: dict[int, int] = defaultdict(int)
        order = sorted((i for i, known in enumerate(keys) if not known), key=table.level)
        for done, i in enumerate(order):
            code, official, level = table.codes[i], table.names[i], table.level(i)
            parent = self.paths[table.parents[i]] if table.parents[i] else None
            path = f"{parent[1]}{key}/" if parent else f"/{key}/"
            parent_key = parent[0] if parent else None
            name, plate = official, PLATES[0]
            if level == Level.COMMUNITY:
                name, plate = short_name(official), PLATES[turn[parent_key or 0] % len(PLATES)]
                turn[parent_key or 0] += 1
            else:
                self.paths[code] = (key, path, level)
            keys[i] = key
            yield key, parent_key, path, level, name, official, "", str(code), "", plate, code % 1000, None, None
            key += 1
            if done % BATCH == 0:
                self.progress(done, len(order))
        self.progress(len(order), len(order))

    def succeed(self, result: ImportResult, on: date) -> None:
        """Link what rows replace; only a known code can be replaced."""
        links: dict[int, list[int]] = defaultdict(list)
        for i, codes in self.table.replaces.items():
            for code in codes:
                old = find_code(code)
                if old is None:
                    self.problems.add(self.table.lines[i], f"原代码 {code} 不认识", f"the replaced code {code} is unknown")
                elif old.pk == self.keys[i]:
                    self.problems.add(self.table.lines[i], f"代码 {code} 不能接替自己", "a code cannot replace itself")
                else:
                    links[old.pk].append(self.keys[i])
        places = Area.objects.in_bulk({*links, *(key for keys in links.values() for key in keys)})
        known = set(Succession.objects.filter(old__in=links).values_list("old_id", "new_id"))
        for ended, news in links.items():
            fresh = [key for key in news if (ended, key) not in known]
            if fresh:
                succeed_area(old=places[ended], new=[places[key] for key in fresh], on=on)
                result.successions += [(ended, key) for key in fresh]
        result.succeeded = len(result.successions)


@transaction.atomic
def succeed_codes(old: str, new: list[str], *, on: date) -> None:
    """A code's place ends on the day and is followed by those of the new codes. Raises UserError on unknown ones."""
    found = {code: find_code(code) for code in (old, *new)}
    unknown = [code for code, area in found.items() if area is None]
    if unknown:
        raise UserError(f"不认识的代码：{'、'.join(unknown)} · unknown code: {', '.join(unknown)}")
    places = {code: area for code, area in found.items() if area}
    succeed_area(old=places[old], new=[places[code] for code in new], on=on)
