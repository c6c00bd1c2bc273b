"""The world of the faults, built once for all workers, and what is missing on this machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from . import needs, world


@pytest.fixture(scope="session")
def small_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Never written to: each fault breaks a copy."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    return world.build(shared / "faults-world")


def without(reason: str, *, package: bool = True) -> None:
    """Skip and say why; on CI, where a package could have been installed, fail."""
    if reason and package and not needs.may_be_left_out():
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
