"""F1 to F5 against a real server; `make faults` does the same for longer. What must hold stands in report.Result."""

import os

import pytest

from linli.config import instance

from . import clocks, disk, kills, needs
from .conftest import without

pytestmark = [pytest.mark.faults, pytest.mark.slow]
CYCLES = int(os.environ.get("FAULT_CYCLES") or 30)


@pytest.mark.xdist_group("faults-1")
def test_f1_processes_killed_at_random_lose_nothing_and_double_nothing(small_world, tmp_path):
    result = kills.kill_nine(small_world, tmp_path, CYCLES)
    assert result.held, result
    assert result.acknowledged >= CYCLES


@pytest.mark.xdist_group("faults-2")
def test_f2_a_power_loss_loses_nothing_that_was_acknowledged(small_world, tmp_path):
    without(needs.compiler())
    result = kills.power_loss(small_world, tmp_path, CYCLES)
    assert result.held, result
    assert result.more["undone bytes"] or result.more["undone sizes"], "the power was never cut between a write and its fsync"


@pytest.mark.xdist_group("faults-2")
def test_f2_the_same_power_loss_takes_acknowledged_writes_where_the_database_does_not_wait_for_the_disk(small_world, tmp_path):
    without(needs.compiler())
    result = kills.power_loss(small_world, tmp_path, 3, synchronous="NORMAL")
    assert result.lost > 0, "the shim does not bite, so the test before proves nothing"


@pytest.mark.xdist_group("faults-1")
def test_f3_a_disk_that_fails_now_and_then_is_told_as_503_and_loses_nothing(small_world, tmp_path):
    without(needs.libfiu())
    result = disk.broken_disk(small_world, tmp_path, 3)
    assert result.held, result
    assert result.busy, "nothing ever failed"


@pytest.mark.xdist_group("faults-1")
def test_f4_a_full_disk_leaves_reading_alive_and_recovers_within_a_second(small_world, tmp_path):
    without(needs.mount(), package=False)
    result = disk.full_disk(small_world, tmp_path, 2)
    assert result.held, result


@pytest.mark.xdist_group("faults-1")
def test_f5_a_jumping_clock_stops_nothing_and_loses_nothing(small_world, tmp_path):
    without(needs.faketime())
    result = clocks.jumping_clock(small_world, tmp_path)
    assert result.held, result


def test_the_shipped_settings_wait_for_the_disk():
    text = (instance.SOURCE / "linli/config/settings/database.py").read_text()
    assert "PRAGMA synchronous=FULL" in text
