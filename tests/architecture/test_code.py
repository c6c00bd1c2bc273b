"""One door to the time, no raw SQL, no model signals, no admin."""

import subprocess
import sys
from pathlib import Path

import pytest

from tools.checks import code, layers, tree
from tools.checks.tree import expect_none


def test_only_the_clock_reads_the_time():
    expect_none(code.time_readers())


def test_text_is_marked_safe_only_where_somebody_reviewed_it():
    expect_none(code.safe_marks())


def test_queries_are_written_with_the_orm():
    expect_none(code.raw_sql())


def test_there_are_no_model_signals_and_no_admin(settings):
    expect_none(code.signals_and_admin())
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


def test_foreign_keys_point_only_downward():
    expect_none(layers.upward_keys())


def test_every_app_has_its_row_and_its_label():
    expect_none(layers.wrong_labels())


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    from django.core.management import call_command

    try:
        call_command("makemigrations", "--check", "--dry-run", *_labels(), verbosity=1)
    except SystemExit:
        pytest.fail(capsys.readouterr().out)


def _labels() -> list[str]:
    return [f"linli_{name}" for name in tree.app_names()]


def _tool(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name(name)
    return subprocess.run([program, *arguments], cwd=tree.ROOT, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_imports_follow_the_layers_the_rooms_and_the_doors():
    done = _tool("lint-imports", "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_ruff_has_nothing_to_say():
    done = _tool("ruff", "check", ".")
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_rules_actions_and_doors_are_strictly_typed():
    rooms = [
        tree.name(path)
        for path in tree.ours(".py")
        if path.name in {"rules.py", "api.py", "actions.py"} or path.parent.name in {"actions", "rules"}
    ]
    done = _tool("mypy", "--no-error-summary", *rooms)
    assert done.returncode == 0, done.stdout + done.stderr
