"""Questions whose SQL Django writes once for all keys: a forum has more topics than `common.prepared` keeps questions.

A question is a function of whole numbers that gives a queryset and does not look at them: `Asked(_topic, 1)(7)` asks
for topic 7 with the SQL that was written for a mark in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.db import connection
from django.db.models import FETCH_ONE, Model, QuerySet
from django.db.models.query import RelatedPopulator, get_related_populators

MARK = 2_000_000_011  # fits every key and number; nobody has so many posts in one topic


@dataclass(frozen=True)
class _Written:
    sql: str
    params: tuple[Any, ...]
    holes: tuple[tuple[int, int, type[int]], ...]  # which parameter is which number, and as what the database takes it
    width: int
    converters: tuple[tuple[int, tuple[Callable[..., Any], ...], Any], ...]
    model: type[Model]
    start: int
    names: tuple[str, ...]  # of the columns of the model itself
    populators: tuple[RelatedPopulator, ...]


class Asked[M: Model]:
    """`rows(…)` of a question that ends with `values_list`, `objects(…)` of whole rows with what is joined to them."""

    def __init__(self, question: Callable[..., QuerySet[M, Any]], numbers: int) -> None:
        self.question, self.numbers = question, numbers
        self.kept: dict[str, _Written] = {}

    def rows(self, *numbers: int) -> list[tuple[Any, ...]]:
        return list(self._read(self._written(), numbers))

    def objects(self, *numbers: int) -> list[M]:
        written = self._written()
        found = []
        for row in self._read(written, numbers):
            end = written.start + len(written.names)
            one = written.model.from_db(connection.alias, written.names, row[written.start : end])
            for populator in written.populators:
                populator.populate(row, one)
            found.append(one)
        return cast("list[M]", found)

    def _read(self, written: _Written, numbers: tuple[int, ...]) -> Iterator[tuple[Any, ...]]:
        params = list(written.params)
        for place, nth, kind in written.holes:
            params[place] = kind(numbers[nth])
        with connection.cursor() as cursor:
            cursor.execute(written.sql, params)
            found = cursor.fetchall()
        for row in found:
            values = list(row[: written.width])
            for place, functions, expression in written.converters:
                for function in functions:
                    values[place] = function(values[place], expression, connection)
            yield tuple(values)

    def _written(self) -> _Written:
        found = self.kept.get(connection.vendor)
        if found is None:
            found = self.kept[connection.vendor] = self._write()
        return found

    def _write(self) -> _Written:
        marks = {MARK + nth: nth for nth in range(self.numbers)}
        asked = self.question(*marks)
        compiler = asked.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        holes = tuple(
            (place, marks[value], type(value)) for place, value in enumerate(params)
            if isinstance(value, int) and not isinstance(value, bool) and value in marks
        )  # fmt: skip
        if {nth for _place, nth, _kind in holes} != set(marks.values()):
            raise ValueError("a number of the question does not stand in its SQL")
        columns = [expression for expression, _sql, _alias in compiler.select]
        converters = tuple((place, tuple(some), column) for place, (some, column) in compiler.get_converters(columns).items())
        info, start, names = compiler.klass_info, 0, ()
        populators: tuple[RelatedPopulator, ...] = ()
        if info is not None:
            fields = info["select_fields"]
            start, names = fields[0], tuple(columns[place].target.attname for place in fields)
            populators = tuple(get_related_populators(info, compiler.select, connection.alias, FETCH_ONE))
        return _Written(sql, tuple(params), holes, len(columns), converters, asked.model, start, names, populators)
