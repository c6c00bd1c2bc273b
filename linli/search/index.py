"""The full-text index of each database, behind one lookup.

SQLite: an FTS5 table over the entries' own `words` (external content, `detail=none`), kept by triggers; `models.Indexed`.
PostgreSQL: a generated tsvector column with a GIN index. Both hold the words as they are, without a parser.
A migration that rebuilds the table on SQLite loses its triggers: end it with `BuildIndex()` again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.migrations.operations.base import Operation
from django.db.models.lookups import Lookup

from .rules import Variant, Word

FTS = "linli_search_fts"
_ADD = f"INSERT INTO {FTS}(rowid, words) VALUES (new.id, new.words);"  # noqa: S608
_TAKE = f"INSERT INTO {FTS}({FTS}, rowid, words) VALUES ('delete', old.id, old.words);"  # noqa: S608
_TRIGGERS = {
    "insert": f"AFTER INSERT ON {{table}} BEGIN {_ADD} END",
    "delete": f"AFTER DELETE ON {{table}} BEGIN {_TAKE} END",
    "update": f"AFTER UPDATE OF id, words ON {{table}} BEGIN {_TAKE} {_ADD} END",
}


@dataclass(frozen=True)
class Wanted:
    """Words to look for: all tags, and of each part one variant with all its words (or, `loose`, any of its words)."""

    tags: tuple[str, ...]
    parts: tuple[tuple[Variant, ...], ...]
    loose: bool = False

    def fts5(self) -> str:
        def one(word: Word) -> str:
            return f'"{word.text}"*' if word.begins else f'"{word.text}"'

        return self._join(one, " AND ", " OR ")

    def tsquery(self) -> str:
        def one(word: Word) -> str:
            return f"'{word.text}':*" if word.begins else f"'{word.text}'"

        return self._join(one, " & ", " | ")

    def _join(self, one: Any, both: str, either: str) -> str:
        inner = either if self.loose else both
        parts = ["(" + either.join("(" + inner.join(map(one, v.words)) + ")" for v in part) + ")" for part in self.parts]
        return both.join([*(one(Word(tag)) for tag in self.tags), *parts])


class WordsField(models.TextField):
    """The words of an entry, with blanks between."""


@WordsField.register_lookup
class Has(Lookup):
    """`words__has=` what `Wanted` says to this database; of an entry, or (SQLite) of its row in the index."""

    lookup_name = "has"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        return "%s", [value]

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        return f"{connection.ops.quote_name(self.lhs.alias)}.{FTS} MATCH %s", (self.rhs,)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        table = connection.ops.quote_name(self.lhs.alias)
        return f"{table}.vector @@ %s::tsquery", (self.rhs,)


class BuildIndex(Operation):
    """Migration operation: the index of SearchEntry, filled from its rows."""

    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        return None

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = to_state.apps.get_model(app_label, "SearchEntry")._meta.db_table
        for statement in statements(table, schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = from_state.apps.get_model(app_label, "SearchEntry")._meta.db_table
        if schema_editor.connection.vendor == "sqlite":
            for name in _TRIGGERS:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {FTS}_{name}")
            schema_editor.execute(f"DROP TABLE IF EXISTS {FTS}")
        else:
            schema_editor.execute(f"ALTER TABLE {table} DROP COLUMN IF EXISTS vector")

    def describe(self) -> str:
        return "Full-text index of search entries"


def statements(table: str, vendor: str) -> list[str]:
    """What makes the index anew, whatever was there."""
    if vendor == "sqlite":
        return [
            *(f"DROP TRIGGER IF EXISTS {FTS}_{name}" for name in _TRIGGERS),
            f"DROP TABLE IF EXISTS {FTS}",
            f"CREATE VIRTUAL TABLE {FTS} USING fts5(words, content='{table}', content_rowid='id', detail=none, "
            "tokenize='unicode61')",
            *(f"CREATE TRIGGER {FTS}_{name} " + body.format(table=table) for name, body in _TRIGGERS.items()),
            f"INSERT INTO {FTS}({FTS}) VALUES ('rebuild')",  # noqa: S608
        ]
    return [
        f"ALTER TABLE {table} DROP COLUMN IF EXISTS vector",
        f"ALTER TABLE {table} ADD COLUMN vector tsvector "
        "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED",
        f"CREATE INDEX {FTS}_vector ON {table} USING gin (vector) WITH (fastupdate = off)",
    ]
