"""Questions whose SQL Django writes once: for the dozen rows of a page, writing it takes longer than the answer.

A question is a function of a module that gives a queryset for its arguments (plain values: keys, paths, days). Its
SQL is kept for each set of arguments; the rows are read anew at every call.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

KEPT = 512  # questions with their arguments


@dataclass(frozen=True)
class _Written:
    model: type[Model]
    sql: str
    params: tuple[Any, ...]
    names: tuple[str, ...]
    converters: tuple[tuple[int, tuple[Callable[..., Any], ...], Any], ...]


def rows(question: Callable[..., QuerySet[Any, Any]], *arguments: Hashable) -> list[tuple[Any, ...]]:
    """The rows of `question(*arguments)`, which ends with `values_list`."""
    written = _write(question, arguments, connection.vendor)
    return list(_read(written)) if written else []


def objects[M: Model](question: Callable[..., QuerySet[M]], *arguments: Hashable) -> list[M]:
    """The objects of `question(*arguments)`: whole rows of one model, nothing prefetched or joined to them."""
    written = _write(question, arguments, connection.vendor)
    if written is None:
        return []
    model = cast("type[M]", written.model)
    return [model.from_db(connection.alias, written.names, row) for row in _read(written)]


def _read(written: _Written) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(written.sql, written.params)
        found = cursor.fetchall()
    for row in found:
        values = list(row[: len(written.names)])  # an order may add columns of its own
        for place, functions, expression in written.converters:
            for function in functions:
                values[place] = function(values[place], expression, connection)
        yield tuple(values)


@lru_cache(maxsize=KEPT)
def _write(question: Callable[..., Any], arguments: tuple[Hashable, ...], _vendor: str) -> _Written | None:
    """What Django would ask; None where it sees by itself that nothing can be found."""
    asked = question(*arguments)
    compiler = asked.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    columns = [expression for expression, _sql, _alias in compiler.select]
    names = tuple(getattr(getattr(column, "target", None), "attname", "") for column in columns)
    converters = tuple((place, tuple(some), column) for place, (some, column) in compiler.get_converters(columns).items())
    return _Written(asked.model, sql, tuple(params), names, converters)
