"""`linli update` and `linli restore` by command, where the rows lie in PostgreSQL."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from linli.config import instance
from tools import postgres

from .conftest import environment
from .test_update import add_migration, release

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("serve")]


@pytest.fixture(scope="module")
def cluster():
    try:
        with postgres.cluster() as address:
            yield address
    except postgres.NoPostgres as missing:
        pytest.skip(str(missing))


@pytest.fixture
def database(cluster, request):
    """Gives a new database's address for a word."""

    def make(word: str) -> str:
        name = f"{word}_{abs(hash(request.node.name)) % 10**6}"
        with psycopg.connect(cluster, autocommit=True) as base:
            base.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        front, mark, query = cluster.partition("?")
        return f"{front.rpartition('/')[0]}/{name}{mark}{query}"

    return make


def linli(code: Path, data: Path, address: str, *words: str) -> subprocess.CompletedProcess[str]:
    settings = environment(data, LINLI_SETTLE="0", PYTHONPATH=str(code), LINLI_DATABASE=address)
    command = [str(code / ".venv/bin/python"), "-m", "linli.config.cli", *words]
    return subprocess.run(command, env=settings, cwd=code, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


def rows(address: str) -> dict[str, list[str]]:
    with psycopg.connect(address) as base:
        names = [name for (name,) in base.execute("SELECT tablename FROM pg_tables WHERE schemaname='public'")]
        return {
            name: sorted(map(repr, base.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(name))).fetchall()))
            for name in names
        }


@pytest.fixture
def installed(tmp_path, database):
    code, data, address = release(tmp_path / "code", "1"), tmp_path / "data", database("linli")
    python = code / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nPYTHONPATH={code} exec {sys.executable} "$@"\n')
    python.chmod(0o755)
    instance.create(instance.Instance(kind="real"), data)
    done = linli(code, data, address, "prepare")
    assert done.returncode == 0, done.stdout + done.stderr
    with psycopg.connect(address) as base:
        base.execute("INSERT INTO linli_common_job (name, due) VALUES ('kept', '2026-01-01')")
    return code, data, address


def test_a_release_comes_in_and_one_that_fails_is_wholly_undone(installed, tmp_path):
    code, data, address = installed
    newer = release(tmp_path / "newer", "2")
    add_migration(newer, "apps.get_model('linli_common', 'Job').objects.filter(name='kept').update(name='changed')")
    done = linli(code, data, address, "update", "--from", str(newer))
    assert done.returncode == 0, done.stdout + done.stderr
    before = rows(address)
    assert any("changed" in row for row in before["linli_common_job"])
    broken = release(tmp_path / "broken", "3")
    shutil.copytree(newer / "linli/common/migrations", broken / "linli/common/migrations", dirs_exist_ok=True)
    add_migration(broken, "apps.get_model('linli_common', 'Job').objects.all().delete()")
    add_migration(broken, "raise RuntimeError('this one fails')")
    done = linli(code, data, address, "update", "--from", str(broken))
    assert done.returncode == 1, done.stdout
    assert "this one fails" in done.stdout
    assert rows(address) == before
    assert (code / "VERSION").read_text() == "2"
    assert not (data / "paused").exists()


def test_a_backup_is_restored_into_an_empty_database(installed, tmp_path, database):
    code, data, address = installed
    done = linli(code, data, address, "backup", "--with-secrets")
    assert done.returncode == 0, done.stdout + done.stderr
    archive = next((data / "backups").glob("linli-*"))
    before, elsewhere = rows(address), database("other")
    done = linli(code, tmp_path / "again", elsewhere, "restore", str(archive))
    assert done.returncode == 0, done.stdout + done.stderr
    assert rows(elsewhere) == before
    again = linli(code, tmp_path / "third", elsewhere, "restore", str(archive))
    assert again.returncode != 0, "a database that is not empty is left alone"
    assert rows(elsewhere) == before
