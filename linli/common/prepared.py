"""Questions whose SQL Django writes once: for the dozen rows of a page, writing it takes longer than the answer.

A question is a function of a module that gives a queryset for its arguments (plain values: keys, paths, days). Its
SQL is kept for each set of arguments; the rows are read anew at every call. Moments are another each time: they are
given as `moments`, the question gets marks in their place (as its last arguments) and compares fields with them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

KEPT = 512  # questions with their arguments
MARKS = (datetime(9000, 1, 1, tzinfo=UTC), datetime(9000, 1, 2, tzinfo=UTC))


@dataclass(frozen=True)
class _Written:
    model: type[Model]
    sql: str
    params: tuple[Any, ...]
    holes: tuple[tuple[int, int], ...]  # which parameter is which moment
    names: tuple[str, ...]
    converters: tuple[tuple[int, tuple[Callable[..., Any], ...], Any], ...]


def rows(
    question: Callable[..., QuerySet[Any, Any]], *arguments: Hashable, moments: Sequence[datetime] = ()
) -> list[tuple[Any, ...]]:
    """The rows of `question(*arguments, *moments)`, which ends with `values_list`."""
    written = _write(question, arguments, len(moments), connection.vendor)
    return list(_read(written, moments)) if written else []


def objects[M: Model](question: Callable[..., QuerySet[M]], *arguments: Hashable) -> list[M]:
    """The objects of `question(*arguments)`: whole rows of one model, nothing prefetched or joined to them."""
    written = _write(question, arguments, 0, connection.vendor)
    if written is None:
        return []
    model = cast("type[M]", written.model)
    return [model.from_db(connection.alias, written.names, row) for row in _read(written)]


def _read(written: _Written, moments: Sequence[datetime] = ()) -> Iterator[tuple[Any, ...]]:
    params = list(written.params)
    for place, nth in written.holes:
        params[place] = connection.ops.adapt_datetimefield_value(moments[nth])
    with connection.cursor() as cursor:
        cursor.execute(written.sql, params)
        found = cursor.fetchall()
    for row in found:
        values = list(row[: len(written.names)])  # an order may add columns of its own
        for place, functions, expression in written.converters:
            for function in functions:
                values[place] = function(values[place], expression, connection)
        yield tuple(values)


@lru_cache(maxsize=KEPT)
def _write(question: Callable[..., Any], arguments: tuple[Hashable, ...], moments: int, _vendor: str) -> _Written | None:
    """What Django would ask; None where it sees by itself that nothing can be found."""
    asked = question(*arguments, *MARKS[:moments])
    compiler = asked.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    columns = [expression for expression, _sql, _alias in compiler.select]
    names = tuple(getattr(getattr(column, "target", None), "attname", "") for column in columns)
    converters = tuple((place, tuple(some), column) for place, (some, column) in compiler.get_converters(columns).items())
    return _Written(asked.model, sql, tuple(params), _holes(params, moments), names, converters)


def _holes(params: Sequence[Any], moments: int) -> tuple[tuple[int, int], ...]:
    """Where the marks stand. Raises ValueError where one is lost: the moment would be in the year 9000."""
    marks: dict[Any, int] = {connection.ops.adapt_datetimefield_value(mark): nth for nth, mark in enumerate(MARKS[:moments])}
    holes = tuple((place, marks[value]) for place, value in enumerate(params) if isinstance(value, str | datetime) and value in marks)
    if len({nth for _place, nth in holes}) != moments:
        raise ValueError("a moment is not compared with a field")
    return holes
