"""kill -9 at every step, on a database file of its own."""

import json
import os
import subprocess
import sys

import pytest

from linli.config import instance

pytestmark = pytest.mark.slow


def test_a_worker_killed_outright_at_any_step_loses_nothing_and_repeats_at_most_one_outside_effect(tmp_path):
    script = instance.SOURCE / "linli" / "common" / "tests" / "killed_worker.py"
    environment = {k: v for k, v in os.environ.items() if k not in {"LINLI_DATABASE", "DJANGO_SETTINGS_MODULE"}}
    environment |= {"LINLI_DATA": str(tmp_path / "data"), "PYTHONPATH": str(instance.SOURCE)}
    done = subprocess.run([sys.executable, script], env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == 12
    for kind, step, found in rows:
        assert found["killed"] and found["state"] == "done", (kind, step, found)
        if kind == "inner":
            assert found["inside"] == 1, (step, found)
        else:
            repeated = step in {"after the effect", "before the mark"}
            assert found["outside"] == 1 + repeated, (step, found)
