"""`linli deadline` and `linli calendar` as a person types them."""

import pytest

from linli.config import cli
from linli.config.cli import setup

TABLE = "date,kind,reason\n2027-01-01,off,元旦\n"


@pytest.fixture(autouse=True)
def no_second_setup(monkeypatch):
    monkeypatch.setattr(setup, "django", lambda: None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("2025-09-30 1 working-day", "2025-10-09"),
        ("2026-02-13 1 working-day", "2026-02-14"),
        ("2025-09-21 10 natural-day", "2025-10-01"),
        ("2025-09-21 10 natural-day --roll", "2025-10-09"),
        ("2025-09-30 24 hour", "2025-10-01T00:00:00+08:00"),
        ("2025-09-30T17:00Z 30 minute", "2025-10-01T01:30:00+08:00"),
        ("2026-12-31 1 working-day", "2027-01-01 provisional"),
    ],
)
def test_the_command_says_the_due_date(words, said, capsys):
    assert cli.main(["deadline", *words.split()]) == 0
    assert capsys.readouterr().out == said + "\n"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    ["gestern 1 hour", "2025-02-30 1 hour", "2025-01-01 0 hour", "2025-01-01 -3 hour", "2025-01-01 1.5 hour",
     "2025-01-01 1 week", "9999-12-31 3 natural-day", "2025-01-01 99999999 working-day", "2025-01-01 ３ hour"],
)  # fmt: skip
def test_bad_input_is_one_line(words, capsys):
    assert cli.main(["deadline", *words.split()]) == 2
    error = capsys.readouterr()
    assert error.out == "" and error.err.count("\n") == 1 and error.err.startswith("linli: ")


def test_without_an_instance_the_packaged_tables_count(capsys, monkeypatch):
    from linli.config import instance

    monkeypatch.setattr(instance, "load", lambda folder=None: None)
    assert cli.main(["deadline", "2026-09-30", "3", "working-day"]) == 0
    assert capsys.readouterr().out == "2026-10-10\n"


@pytest.mark.django_db
def test_a_table_is_loaded_and_shown(tmp_path, capsys):
    file = tmp_path / "2027.csv"
    file.write_text(TABLE)
    assert cli.main(["calendar", "load", str(file)]) == 0
    assert "2027 年 1 天，已导入" in capsys.readouterr().out
    assert cli.main(["calendar", "load", str(file)]) == 0
    assert "the same as before" in capsys.readouterr().out
    assert cli.main(["calendar", "show"]) == 0
    assert "2027.csv" in capsys.readouterr().out
    assert cli.main(["deadline", "2026-12-31", "1", "working-day"]) == 0
    assert capsys.readouterr().out == "2027-01-04\n"


@pytest.mark.django_db
def test_a_wrong_file_is_one_line(tmp_path, capsys):
    file = tmp_path / "x.csv"
    file.write_text("date,kind,reason\n2027-01-01,off,a\n2027-02-30,off,a\n")
    assert cli.main(["calendar", "load", str(file)]) == 2
    error = capsys.readouterr().err
    assert "第 3 行" in error and "Line 3" in error and error.count("\n") == 1
    assert cli.main(["calendar", "load", str(tmp_path / "none.csv")]) == 2
