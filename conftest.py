"""Before any test: the project is importable and its translations are compiled."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tools import messages  # noqa: E402

messages.compile_all()


@pytest.fixture(autouse=True, scope="session")
def history_can_be_emptied_between_tests():
    """Append-only tables refuse the DELETE with which a transactional test on SQLite cleans up; lift that alone."""
    from django.db import connection

    from linli.common.append_only import tables, writable

    flush = type(connection.ops).execute_sql_flush

    def emptying(self, sql_list):
        with writable(*tables()):
            return flush(self, sql_list)

    type(connection.ops).execute_sql_flush = emptying
    yield
    type(connection.ops).execute_sql_flush = flush


@pytest.fixture
def patient():
    """Fifty threads of a test wait longer for each other than web workers would."""
    from django.db import connection

    connection.close()
    kept = connection.settings_dict["OPTIONS"].get("timeout")
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["timeout"] = 60
    yield
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["timeout"] = kept
    connection.close()
