"""F8: the process that gives SMS to the gateway dies at each step. The outbox itself: linli/common/tests/test_outbox_killed."""

import json
import subprocess
import sys

import pytest

from . import world
from .server import copy

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.xdist_group("faults-1")]
HANDED_OVER = 20


def test_f8_a_sender_killed_at_any_step_loses_no_sms_and_repeats_at_most_one(small_world, tmp_path):
    folder = copy(small_world, tmp_path / "f8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.killed_sender"], cwd=world.ROOT, env=world.environment(folder),
        capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = dict(json.loads(line) for line in done.stdout.splitlines())
    assert len(found) == 7
    for step, facts in found.items():
        assert facts["killed"], step
        # Between the gateway's answer and our note nobody can know whether it left: there alone it goes twice.
        assert facts["left"] == (2 if step == "after it left" else 1), (step, found)
        assert facts["level"] >= HANDED_OVER, (step, found)
