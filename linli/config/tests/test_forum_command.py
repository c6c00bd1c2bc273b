"""`linli forum repair` says what it found, and its exit code whether anything had drifted."""

from argparse import Namespace

import pytest

from linli.config.cli import forum

pytestmark = pytest.mark.django_db


def test_a_forum_in_order_is_said_to_be(capsys):
    assert forum.repair(Namespace(dry_run=False)) == 0
    assert "计数都对" in capsys.readouterr().out
