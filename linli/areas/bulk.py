"""Writing very many places at once.

`bulk_create` takes three times the processor time, which the whole country's table does not have; so rows go in
as tuples, by COPY on PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import batched

from django.db import connection

from .models import Area

COLUMNS = (
    "id", "parent_id", "path", "level", "name", "official_name", "latin", "code", "address", "plate", "sort",
    "valid_from", "valid_to",
)  # fmt: skip
_TABLE = Area._meta.db_table
_LIST = ", ".join(f'"{column}"' for column in COLUMNS)

AreaRow = tuple[int, int | None, str, int, str, str, str, str, str, str, int, None, None]


def next_id() -> int:
    """The first free key; on PostgreSQL nobody else may add places until the transaction ends."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"LOCK TABLE {_TABLE} IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute(f"SELECT greatest(last_value, coalesce((SELECT max(id) FROM {_TABLE}), 0)) FROM {_TABLE}_id_seq")  # noqa: S608
        else:
            cursor.execute(
                f"SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{_TABLE}'), 0), "  # noqa: S608
                f"coalesce((SELECT max(id) FROM {_TABLE}), 0))"
            )
        return int(cursor.fetchone()[0]) + 1


def insert_areas(rows: Iterable[AreaRow]) -> None:
    """Insert rows whose keys came from `next_id`, parents first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {_TABLE} ({_LIST}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(f"SELECT setval('{_TABLE}_id_seq', greatest((SELECT max(id) FROM {_TABLE}), 1))")  # noqa: S608
        else:
            marks = ", ".join(["%s"] * len(COLUMNS))
            for some in batched(rows, 5_000):  # Django keeps what it is given until the end
                cursor.executemany(f"INSERT INTO {_TABLE} ({_LIST}) VALUES ({marks})", some)  # noqa: S608
