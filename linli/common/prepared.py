"""Questions whose SQL Django writes once: for the dozen rows of a page, writing it takes longer than the answer.

A question is a function of a module that gives a queryset (a change: a queryset and what its fields become). Its
`arguments` are part of the SQL, which is kept for each set of them. Its `values` are others at every call: keys, numbers,
moments, words, a tuple of keys. It gets marks in their place (as its last arguments), which it gives to fields and does not look at. The
rows are read anew each time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import FETCH_ONE, F, Model, QuerySet
from django.db.models.query import RelatedPopulator, get_related_populators
from django.db.models.sql import DeleteQuery, UpdateQuery

KEPT = 512  # questions with their arguments
# The mark in place of the nth value: it fits the smallest field, and no constant of a question is one.
MARKS: dict[type, Callable[[int], Any]] = {
    int: lambda nth: 31_981 + nth,
    datetime: lambda nth: datetime(9000, 1, 1, tzinfo=UTC) + timedelta(days=nth),
    date: lambda nth: date(9000, 1, 1) + timedelta(days=nth),
    UUID: lambda nth: UUID(int=(1 << 128) - 1 - nth),
    str: lambda nth: f"\ue000{nth}\ue000",
    tuple: lambda nth: (31_981 + nth,),  # whole numbers for `__in`, one at least: of a question at most one
}


@dataclass(frozen=True)
class _Written:
    sql: str
    params: tuple[Any, ...]
    holes: tuple[tuple[int, int, Callable[[Any], Any]], ...]  # which parameter is which value, and as what it goes in


@dataclass(frozen=True)
class _Read(_Written):
    width: int
    converters: tuple[tuple[int, tuple[Callable[..., Any], ...], Any], ...]
    model: type[Model]
    start: int
    names: tuple[str, ...]  # of the columns of the model itself
    populators: tuple[RelatedPopulator, ...]


def rows(question: Callable[..., QuerySet[Any, Any]], *arguments: Hashable, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of `question(*arguments, *values)`, which ends with `values_list`."""
    written = _read(question, arguments, _kinds(values), connection.vendor)
    return list(_fetch(written, values)) if written else []


def objects[M: Model](question: Callable[..., QuerySet[M, Any]], *arguments: Hashable, values: Sequence[Any] = ()) -> list[M]:
    """The objects of `question(*arguments, *values)`: whole rows of one model with what is joined to them, nothing prefetched."""
    written = _read(question, arguments, _kinds(values), connection.vendor)
    found: list[Any] = []
    if written is None:
        return found
    for row in _fetch(written, values):
        one = written.model.from_db(connection.alias, written.names, row[written.start : written.start + len(written.names)])
        for populator in written.populators:
            populator.populate(row, one)
        found.append(one)
    return found


def insert[M: Model](row: M) -> M:
    """Write a new row; it has its key then."""
    model, own = type(row), row.pk is not None
    sql, fields = _insert(model, own, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields])
        if not own:
            row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias
    return row


@lru_cache(maxsize=KEPT)
def _insert(model: type[Model], own: bool, _vendor: str) -> tuple[str, list[Any]]:
    """The statement of rows with a key of their `own`, or that are given one, and the fields that it takes."""
    name, key = connection.ops.quote_name, model._meta.pk
    fields = [field for field in model._meta.local_concrete_fields if own or field is not key]
    columns, marks = ", ".join(name(str(field.column)) for field in fields), ", ".join(["%s"] * len(fields))
    given = "" if own else f" RETURNING {name(str(key.column))}"
    return f"INSERT INTO {name(model._meta.db_table)} ({columns}) VALUES ({marks}){given}", fields  # noqa: S608 - names of our own


def update(question: Callable[..., tuple[QuerySet[Any, Any], Mapping[str, Any]]], *arguments: Hashable, values: Sequence[Any] = ()) -> int:
    """Change the fields of the rows as `question(*arguments, *values)` says; how many rows there were."""
    return _run(_update(question, arguments, _kinds(values), connection.vendor), values)


def change(model: type[Model], key: int | UUID, *, step: tuple[str, ...] = (), **fields: Any) -> None:
    """Set these fields of one row, and add one to each of those in `step`."""
    update(_by_key, model, step, tuple(fields), values=(key, *fields.values()))


def _by_key(model: type[Model], step: tuple[str, ...], names: tuple[str, ...], key: Any, *values: Any) -> Any:
    return model._default_manager.filter(pk=key), {**{name: F(name) + 1 for name in step}, **dict(zip(names, values, strict=True))}


def delete(question: Callable[..., QuerySet[Any, Any]], *arguments: Hashable, values: Sequence[Any] = ()) -> int:
    """Delete the rows, to which nothing points; how many there were."""
    return _run(_delete(question, arguments, _kinds(values), connection.vendor), values)


def adapt(value: Any) -> Any:
    """A value as this database takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def _run(written: _Written, values: Sequence[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(*_filled(written, values))
        return cursor.rowcount


def _fetch(written: _Read, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(*_filled(written, values))
        found = cursor.fetchall()
    for row in found:
        row = row[: written.width]  # an order may add columns of its own
        if not written.converters:
            yield row
            continue
        columns = list(row)
        for place, functions, expression in written.converters:
            for function in functions:
                columns[place] = function(columns[place], expression, connection)
        yield tuple(columns)


def _filled(written: _Written, values: Sequence[Any]) -> tuple[str, list[Any]]:
    params, several = list(written.params), None
    for place, nth, taken in written.holes:
        value = values[nth]
        if isinstance(value, tuple):
            several = place, [taken(key) for key in value]
        else:
            params[place] = taken(value)
    if several is None:
        return written.sql, params
    place, keys = several
    params[place : place + 1] = keys
    parts = written.sql.split("%s")
    marks = ", ".join(["%s"] * len(keys))
    return f"{'%s'.join(parts[: place + 1])}{marks}{'%s'.join(parts[place + 1 :])}", params


def _kinds(values: Sequence[Any]) -> tuple[type, ...]:
    return tuple(next(kind for kind in MARKS if isinstance(value, kind)) for value in values)


@lru_cache(maxsize=KEPT)
def _read(question: Callable[..., Any], arguments: tuple[Hashable, ...], kinds: tuple[type, ...], _vendor: str) -> _Read | None:
    """What Django would ask; None where it sees by itself that nothing can be found."""
    asked = question(*arguments, *_marks(kinds))
    compiler = asked.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    columns = [expression for expression, _sql, _alias in compiler.select]
    converters = tuple((place, tuple(some), column) for place, (some, column) in compiler.get_converters(columns).items())
    info, start, names = compiler.klass_info, 0, ()
    populators: tuple[RelatedPopulator, ...] = ()
    if info is not None:
        fields = info["select_fields"]
        start, names = fields[0], tuple(columns[place].target.attname for place in fields)
        populators = tuple(get_related_populators(info, compiler.select, connection.alias, FETCH_ONE))
    holes = _holes(params, kinds)
    return _Read(sql, tuple(params), holes, len(columns), converters, asked.model, start, names, populators)


@lru_cache(maxsize=KEPT)
def _update(question: Callable[..., Any], arguments: tuple[Hashable, ...], kinds: tuple[type, ...], _vendor: str) -> _Written:
    asked, changes = question(*arguments, *_marks(kinds))
    query = asked.query.chain(UpdateQuery)
    query.add_update_values(changes)
    return _as_written(query, kinds)


@lru_cache(maxsize=KEPT)
def _delete(question: Callable[..., Any], arguments: tuple[Hashable, ...], kinds: tuple[type, ...], _vendor: str) -> _Written:
    return _as_written(question(*arguments, *_marks(kinds)).query.chain(DeleteQuery), kinds)


def _as_written(query: Any, kinds: tuple[type, ...]) -> _Written:
    sql, params = query.get_compiler(connection=connection).as_sql()
    return _Written(sql, tuple(params), _holes(params, kinds))


def _marks(kinds: tuple[type, ...]) -> list[Any]:
    return [MARKS[kind](nth) for nth, kind in enumerate(kinds)]


def _holes(params: Sequence[Any], kinds: tuple[type, ...]) -> tuple[tuple[int, int, Callable[[Any], Any]], ...]:
    """Where the marks stand. Raises ValueError where one is lost: the database would be asked for the mark."""
    marks = {mark[0] if isinstance(mark, tuple) else adapt(mark): nth for nth, mark in enumerate(_marks(kinds))}
    holes = tuple(
        (place, marks[value], type(value) if isinstance(value, int) else adapt)  # PostgreSQL is told how large a number is
        for place, value in enumerate(params) if isinstance(value, int | str | date | UUID) and value in marks
    )  # fmt: skip
    if {nth for _place, nth, _taken in holes} != set(range(len(kinds))):
        raise ValueError("a value of the question does not stand in its SQL")
    return holes
