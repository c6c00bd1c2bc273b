"""The console command: what it says, and how it fails."""

import io

import pytest

from linli.common import clock
from linli.config import cli
from linli.config.cli import areas as areas_command
from linli.config.cli import show

LIST = "楼栋,单元,房号,楼层,面积\n1幢,1单元,101,1,88.12\n1幢,1单元,201,2,88.12\n"


@pytest.fixture
def compound(db):
    from linli.areas.api import Level, create_area

    district = create_area(parent=None, level=Level.DISTRICT, name="桂江区")
    return create_area(parent=district, level=Level.COMPOUND, name="纺机新村")


@pytest.fixture
def here(monkeypatch):
    """Commands find Django set up and an instance present, as the suite made them."""
    monkeypatch.setattr("linli.config.cli.setup.instance_django", lambda: None)


def test_columns_stand_straight_under_chinese_heads():
    lines = show.table(("姓名", "role"), [("林一帆", "x"), ("He", "业主")]).splitlines()
    assert [show.width(line.split("role")[0]) for line in lines[:1]] == [10]
    assert all(show.width(line[: line.rindex(last)]) == 10 for line, last in zip(lines[2:], ("x", "业主"), strict=True))


def test_a_bar_stays_silent_where_no_terminal_is(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr", io.StringIO())
    progress = show.Progress("import")
    progress(1, 10)
    progress("other", 10, 10)
    progress.end("done")
    assert capsys.readouterr().out.startswith("  done (")


def test_every_command_explains_itself(capsys):
    for name in cli.COMMANDS:
        with pytest.raises(SystemExit) as end:
            cli.main([name, "--help"])
        assert end.value.code == 0
    assert "24" in capsys.readouterr().out


@pytest.mark.parametrize("port", ["x", "-1", "70000"])
def test_a_port_that_is_none_is_refused(port, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(["serve", "--port", port])
    assert end.value.code == 2


def test_homes_are_shown_first_and_written_once(compound, here, tmp_path, capsys):
    from linli.areas.api import Home

    path = tmp_path / "homes.csv"
    path.write_text(LIST, encoding="utf-8")
    assert cli.main(["areas", "homes", str(path), "--compound", "纺机新村", "--dry-run"]) == 0
    assert Home.objects.count() == 0
    for _ in range(2):
        assert cli.main(["areas", "homes", str(path), "--compound", str(compound.pk)]) == 0
    assert Home.objects.count() == 2
    assert "2 unchanged" in capsys.readouterr().out


def test_an_unknown_compound_or_file_is_one_line(compound, here, tmp_path, capsys):
    path = tmp_path / "homes.csv"
    path.write_text(LIST, encoding="utf-8")
    assert cli.main(["areas", "homes", str(path), "--compound", "没有"]) == 2
    assert cli.main(["areas", "homes", str(tmp_path / "none"), "--compound", "纺机新村"]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 2


def test_two_compounds_of_one_name_are_told_apart_by_number(compound):
    from linli.areas.api import Level, create_area
    from linli.common.errors import UserError

    community = create_area(parent=compound.parent, level=Level.COMMUNITY, name="石桥头")
    other = create_area(parent=community, level=Level.COMPOUND, name=compound.name)
    with pytest.raises(UserError, match=str(other.pk)):
        areas_command.find_compound(compound.name)


@pytest.mark.django_db
def test_the_audit_log_is_verified_and_signed(here, tmp_path, capsys):
    from linli.common import audit

    audit.record(actor=None, action="test", now=clock.now())
    assert cli.main(["audit", "checkpoint", "--to", str(tmp_path)]) == 0
    assert cli.main(["audit", "verify", "--checkpoints", str(tmp_path)]) == 0
    assert "whole" in capsys.readouterr().out
