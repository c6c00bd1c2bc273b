"""Tables that refuse update and delete at the database itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.migrations.operations.base import Operation

_SQLITE = "CREATE TRIGGER IF NOT EXISTS append_only_{verb}_{table} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'append-only table'); END"
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION linli_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'append-only table' USING ERRCODE = 'integrity_constraint_violation'; END $$"
)
_POSTGRES = (
    "CREATE OR REPLACE TRIGGER append_only_{verb}_{table} BEFORE {verb} ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION linli_append_only()"
)


def install(table: str, schema_editor: Any) -> None:
    """Make the table append-only."""
    sqlite = schema_editor.connection.vendor == "sqlite"
    if not sqlite:
        schema_editor.execute(_FUNCTION)
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute((_SQLITE if sqlite else _POSTGRES).format(verb=verb, table=table))


def remove(table: str, schema_editor: Any) -> None:
    """Take the triggers away again (only tests and reversed migrations)."""
    on = "" if schema_editor.connection.vendor == "sqlite" else f" ON {table}"
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS append_only_{verb}_{table}{on}")


class AppendOnly(Operation):
    """Migration operation: `AppendOnly("AuditRow")` after its CreateModel."""

    reversible = True

    def __init__(self, name: str) -> None:
        self.name = name

    def state_forwards(self, app_label: str, state: Any) -> None:
        return None

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        install(to_state.apps.get_model(app_label, self.name)._meta.db_table, schema_editor)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        remove(from_state.apps.get_model(app_label, self.name)._meta.db_table, schema_editor)

    def describe(self) -> str:
        return f"Refuse update and delete on {self.name}"


def tables() -> list[str]:
    """The append-only tables of the connected database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT DISTINCT tbl_name FROM sqlite_master WHERE type='trigger' AND name LIKE 'append_only_%'")
        else:
            cursor.execute("SELECT DISTINCT event_object_table FROM information_schema.triggers WHERE trigger_name LIKE 'append_only_%'")
        return [row[0] for row in cursor.fetchall()]


@contextmanager
def writable(*tables: str) -> Iterator[None]:
    """For tests that play the intruder or empty the database: the tables without their triggers."""
    with connection.schema_editor(atomic=False) as editor:
        for table in tables:
            remove(table, editor)
    try:
        yield
    finally:
        with connection.schema_editor(atomic=False) as editor:
            for table in tables:
                install(table, editor)
