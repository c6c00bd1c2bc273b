"""Modules that are loaded when they are first used."""

import pytest

from linli.common.later import later


def test_a_module_for_later_is_there_when_it_is_used_and_a_missing_one_is_told_at_once():
    assert later("colorsys").rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)
    with pytest.raises(ModuleNotFoundError):
        later("nothing_of_that_name")
