"""Questions whose SQL Django writes once for all values: there are more people and topics than `common.prepared` keeps
questions.

A question is a function of values of known types that gives a queryset and does not look at them:
`Asked(_topic, int)` asks for topic 7 with the SQL that was written for a mark in its place; one of the values may be a
tuple of keys, however many.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.db.models import FETCH_ONE, Model, QuerySet, UUIDField
from django.db.models.query import RelatedPopulator, get_related_populators

MARK = 2_000_000_011  # fits every key and number; nobody has so many posts in one topic
_uuid = UUIDField()

# Of each type: the nth mark, and how the database takes a value.
_MARKS: dict[type, Callable[[int], Any]] = {
    int: lambda nth: MARK + nth,
    str: lambda nth: f"mark {MARK + nth}",
    UUID: lambda nth: UUID(int=MARK + nth),
    date: lambda nth: date(9000, 1, 1) + timedelta(days=nth),
    datetime: lambda nth: datetime(9000, 1, 1, tzinfo=UTC) + timedelta(days=nth),
    tuple: lambda nth: (MARK + nth,),  # of keys, for `__in`: at least one
}
_TAKEN: dict[type, Callable[[Any], Any]] = {
    int: lambda value: value,
    str: lambda value: value,
    UUID: lambda value: _uuid.get_db_prep_value(value, connection),
    date: lambda value: connection.ops.adapt_datefield_value(value),
    datetime: lambda value: connection.ops.adapt_datetimefield_value(value),
    tuple: lambda value: value,
}


@dataclass(frozen=True)
class _Written:
    sql: str
    params: tuple[Any, ...]
    holes: tuple[tuple[int, int, type], ...]  # which parameter is which value, and the type in which the database takes it
    width: int
    converters: tuple[tuple[int, tuple[Callable[..., Any], ...], Any], ...]
    model: type[Model]
    start: int
    names: tuple[str, ...]  # of the columns of the model itself
    populators: tuple[RelatedPopulator, ...]


class Asked[M: Model]:
    """`rows(…)` of a question that ends with `values_list`, `objects(…)` of whole rows with what is joined to them."""

    def __init__(self, question: Callable[..., QuerySet[M, Any]], *types: type) -> None:
        self.question, self.types = question, types
        self.kept: dict[str, _Written] = {}

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        return list(self._read(self._written(), values))

    def objects(self, *values: Any) -> list[M]:
        written = self._written()
        found = []
        for row in self._read(written, values):
            end = written.start + len(written.names)
            one = written.model.from_db(connection.alias, written.names, row[written.start : end])
            for populator in written.populators:
                populator.populate(row, one)
            found.append(one)
        return cast("list[M]", found)

    def _read(self, written: _Written, values: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        params, taken = list(written.params), [_TAKEN[kind](value) for kind, value in zip(self.types, values, strict=True)]
        sql, many = written.sql, None
        for place, nth, kind in written.holes:
            if self.types[nth] is tuple:
                many = place, [kind(key) for key in taken[nth]]
            else:
                params[place] = taken[nth] if kind is type(taken[nth]) else kind(taken[nth])
        if many is not None:
            place, keys = many
            parts = sql.split("%s")
            sql = "%s".join(parts[: place + 1]) + ", ".join(["%s"] * len(keys)) + "%s".join(parts[place + 1 :])
            params[place : place + 1] = keys
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            found = cursor.fetchall()
        if not written.converters:
            yield from (row[: written.width] for row in found)
            return
        for row in found:
            values_of = list(row[: written.width])
            for place, functions, expression in written.converters:
                for function in functions:
                    values_of[place] = function(values_of[place], expression, connection)
            yield tuple(values_of)

    def _written(self) -> _Written:
        found = self.kept.get(connection.vendor)
        if found is None:
            found = self.kept[connection.vendor] = self._write()
        return found

    def _write(self) -> _Written:
        marks = [_MARKS[kind](nth) for nth, kind in enumerate(self.types)]
        asked = self.question(*marks)
        compiler = asked.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        taken = (_TAKEN[kind](mark) for kind, mark in zip(self.types, marks, strict=True))
        places = {mark[0] if isinstance(mark, tuple) else mark: nth for nth, mark in enumerate(taken)}
        holes = tuple(
            (place, places[value], type(value)) for place, value in enumerate(params)
            if isinstance(value, Hashable) and not isinstance(value, bool) and value in places
        )  # fmt: skip
        if {nth for _place, nth, _kind in holes} != set(range(len(marks))):
            raise ValueError("a value of the question does not stand in its SQL")
        columns = [expression for expression, _sql, _alias in compiler.select]
        converters = tuple((place, tuple(some), column) for place, (some, column) in compiler.get_converters(columns).items())
        info, start, names = compiler.klass_info, 0, ()
        populators: tuple[RelatedPopulator, ...] = ()
        if info is not None:
            fields = info["select_fields"]
            start, names = fields[0], tuple(columns[place].target.attname for place in fields)
            populators = tuple(get_related_populators(info, compiler.select, connection.alias, FETCH_ONE))
        return _Written(sql, tuple(params), holes, len(columns), converters, asked.model, start, names, populators)
