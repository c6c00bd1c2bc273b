"""The state table itself, and walks of it."""

from __future__ import annotations

from linli.casework.rules.states import CASE, LIVE, CaseState
from linli.casework.themes import themes


def test_the_table_is_sound_and_only_the_archive_has_no_exit():
    assert CASE.problems() == []
    assert CASE.final == {CaseState.ARCHIVED}


def test_from_every_state_the_archive_can_be_reached():
    assert all(CaseState.ARCHIVED in CASE.reachable(state) for state in CASE.states)


def test_a_second_return_leaves_only_the_adjudication():
    assert set(CASE.events(CaseState.RETURNING)) >= {"approve_return", "reject_return", "adjudicate", "withdraw"}
    assert "return" not in CASE.events(CaseState.SIGNED)


def test_every_live_state_is_one_of_the_table():
    assert set(LIVE) < set(CASE.states)


def test_every_theme_names_what_exists():
    assert len(themes()) >= 15 and "other" in themes()
