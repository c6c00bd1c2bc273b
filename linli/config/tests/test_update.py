"""`linli update`, as it really runs: a newer release comes in, or wholly goes away again."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from linli.config import instance

from .conftest import environment

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("serve")]
NAMES = ("linli", "pyproject.toml", "manage.py", "requirements")
NO_BOOTSTRAP = "import sys, pathlib\npathlib.Path('build').mkdir(exist_ok=True)\npathlib.Path('.venv/marker').write_text(pathlib.Path('VERSION').read_text())\n"
MIGRATION = """
from django.db import migrations


def go(apps, editor):
    {body}


class Migration(migrations.Migration):
    dependencies = [("linli_common", "{after}")]
    operations = [migrations.RunPython(go)]
"""


def release(to: Path, version: str) -> Path:
    """The code as it is, as a release whose bootstrap needs no network."""
    to.mkdir()
    skip = shutil.ignore_patterns("__pycache__", "tests", "*.pyc")
    for name in NAMES:
        path = instance.SOURCE / name
        shutil.copytree(path, to / name, ignore=skip) if path.is_dir() else shutil.copy2(path, to / name)
    (to / "bootstrap.py").write_text(NO_BOOTSTRAP)
    (to / "VERSION").write_text(version)
    return to


def add_migration(code: Path, body: str) -> None:
    last = max(path.stem for path in (code / "linli/common/migrations").glob("0*.py"))
    name = f"{int(last[:4]) + 1:04}_newer"
    (code / f"linli/common/migrations/{name}.py").write_text(MIGRATION.format(body=body, after=last))


@pytest.fixture
def installed(tmp_path: Path):
    """An installed release with an environment of its own, and a real instance."""
    code, data = release(tmp_path / "code", "1"), tmp_path / "data"
    python = code / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nPYTHONPATH={code} exec {sys.executable} "$@"\n')
    python.chmod(0o755)
    (code / ".venv/marker").write_text("1")
    instance.create(instance.Instance(kind="real"), data)
    assert linli(code, data, "prepare").returncode == 0
    with closing(sqlite3.connect(data / "linli.sqlite3")) as base, base:
        base.execute("INSERT INTO linli_common_job (name, due) VALUES ('kept', '2026-01-01')")
    return code, data


def linli(code: Path, data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    settings = environment(data, LINLI_SETTLE="0", PYTHONPATH=str(code))
    command = [str(code / ".venv/bin/python"), "-m", "linli.config.cli", *words]
    return subprocess.run(command, env=settings, cwd=code, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


def state(code: Path, data: Path) -> dict[str, object]:
    """What must be as before: every file of the code and of the environment, every row."""
    files = {
        str(path.relative_to(code)): path.read_bytes()
        for path in code.rglob("*")
        if path.is_file() and not {"__pycache__", "build"} & set(path.parts) and path.suffix != ".mo"
    }
    with closing(sqlite3.connect(data / "linli.sqlite3")) as base:
        rows = {
            name: sorted(map(repr, base.execute(f"SELECT * FROM {name}")))  # noqa: S608
            for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'")
        }
    return {"files": files, "rows": rows}


def test_a_newer_release_comes_in_with_its_tables(installed, tmp_path):
    code, data = installed
    newer = release(tmp_path / "newer", "2")
    add_migration(newer, "apps.get_model('linli_common', 'Job').objects.filter(name='kept').update(name='changed')")
    (newer / "linli/new_part.py").write_text("x = 1\n")
    done = linli(code, data, "update", "--from", str(newer))
    assert done.returncode == 0, done.stdout + done.stderr
    assert (code / "VERSION").read_text() == (code / ".venv/marker").read_text() == "2"
    assert (code / "linli/new_part.py").exists()
    assert "changed" in str(state(code, data)["rows"]["linli_common_job"])
    assert not (data / "paused").exists()
    assert len(list((data / "backups").glob("linli-*"))) == 1


def test_a_release_whose_migration_fails_is_wholly_undone(installed, tmp_path):
    code, data = installed
    before = state(code, data)
    newer = release(tmp_path / "newer", "2")
    add_migration(newer, "apps.get_model('linli_common', 'Job').objects.filter(name='kept').delete()")
    add_migration(newer, "raise RuntimeError('this one fails')")
    (newer / "linli/new_part.py").write_text("x = 1\n")
    done = linli(code, data, "update", "--from", str(newer))
    assert done.returncode == 1, done.stdout
    assert "this one fails" in done.stdout
    assert "nothing is lost" in done.stdout
    after = state(code, data)
    assert after["rows"] == before["rows"]
    assert after["files"] == before["files"]
    assert not (data / "paused").exists()
    again = linli(code, data, "update", "--undo")
    assert again.returncode == 1, "nothing is left to undo"


def test_a_release_that_cannot_even_start_is_wholly_undone(installed, tmp_path):
    code, data = installed
    before = state(code, data)
    newer = release(tmp_path / "newer", "2")
    (newer / "linli/config/urls.py").write_text("raise ImportError('broken')\n")
    done = linli(code, data, "update", "--from", str(newer))
    assert done.returncode == 1, done.stdout
    assert state(code, data) == before


def test_an_update_that_was_cut_off_can_be_undone(installed, tmp_path):
    code, data = installed
    before = state(code, data)
    newer = release(tmp_path / "newer", "2")
    killer = "import os, signal; os.kill(os.getppid(), signal.SIGKILL)\n"
    (newer / "bootstrap.py").write_text(killer)
    assert linli(code, data, "update", "--from", str(newer)).returncode < 0
    assert (data / "paused").exists()
    assert (code / "VERSION").read_text() == "2"
    plan = json.loads((data / "run/update.json").read_text())
    assert plan["archive"]
    done = subprocess.run(
        [sys.executable, data / "run/update.py", data / "run/update.json", "--undo"],
        env={**os.environ, "PYTHONPATH": ""}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert state(code, data) == before
    assert not (data / "paused").exists()


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.cn")
    return subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def test_a_clone_follows_its_branch_and_goes_back_where_the_new_commit_fails(installed, tmp_path):
    code, data = installed
    origin = release(tmp_path / "origin", "1")
    (origin / ".gitignore").write_text("/.venv/\n/build/\n__pycache__/\n*.mo\n*.pyc\n")
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "one")):
        git(origin, *words)
    git(tmp_path, "clone", "-q", str(origin), "clone")
    (code / ".venv").rename(tmp_path / "clone/.venv")
    shutil.rmtree(code)
    (tmp_path / "clone").rename(code)
    first = git(code, "rev-parse", "HEAD")
    (origin / "VERSION").write_text("2")
    git(origin, "commit", "-qam", "two")
    done = linli(code, data, "update")
    assert done.returncode == 0, done.stdout + done.stderr
    second = git(code, "rev-parse", "HEAD")
    assert second != first
    before = state(code, data)["rows"]
    add_migration(origin, "raise RuntimeError('this one fails')")
    git(origin, "add", "-A")
    git(origin, "commit", "-qam", "three")
    done = linli(code, data, "update")
    assert done.returncode == 1, done.stdout
    assert git(code, "rev-parse", "HEAD") == second
    assert git(code, "rev-parse", "--abbrev-ref", "HEAD") == "main"
    assert git(code, "status", "--porcelain") == ""
    assert state(code, data)["rows"] == before


def test_what_is_no_release_is_refused_before_anything_is_touched(installed, tmp_path):
    code, data = installed
    done = linli(code, data, "update", "--from", str(tmp_path))
    assert done.returncode == 2
    assert linli(code, data, "update").returncode == 2, "no git clone"
    assert not (data / "paused").exists()
