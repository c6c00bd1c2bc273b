"""The rules of moderation without a database: flows, tiers, levels, who may read what was carried."""

import itertools
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.common.states import UnknownTransition
from linli.forum import moderation as loaded
from linli.forum import packaged
from linli.forum.rules import Audience
from linli.forum.speech_rules import (
    APPEAL,
    APPEALABLE,
    FIGURE_FIELDS,
    LEVEL_FIELDS,
    POST,
    REPORT,
    UNDONE_BY,
    ActKind,
    Tier,
    as_data,
    first_tier,
    hits,
    level_of,
    may_appeal,
    may_carry,
    may_decide,
    next_tier,
    read_figures,
    read_levels,
)
from linli.people.rules import BodyKind, Role
from linli.people.tests.factories import NOW

TABLES = {"post": POST, "appeal": APPEAL, "report": REPORT}


@pytest.mark.parametrize("name", TABLES)
def test_the_flows_are_sound(name):
    assert loaded and TABLES[name].problems() == []


@given(st.data())
def test_whatever_happens_a_flow_stays_in_its_states_and_ends_where_it_says(data):
    table = data.draw(st.sampled_from(list(TABLES.values())))
    events = sorted({row.event for row in table.rows})
    state = table.start
    for event in data.draw(st.lists(st.sampled_from(events), max_size=15)):
        try:
            after = table.step(state, event)
        except UnknownTransition:
            assert event not in table.events(state)
            continue
        assert after in table.states and state not in table.final
        state = after


def test_an_erased_post_never_comes_back():
    assert POST.events("erased") == []


@given(st.sampled_from(list(BodyKind)), st.booleans())
def test_who_decides_first_is_never_the_body_that_acted_but_in_the_street_office(kind, in_community):
    tier = first_tier(kind, in_community=in_community)
    role = {Tier.COMMUNITY: "residents_committee", Tier.STREET: "street_office"}[tier]
    assert role != kind or kind == BodyKind.STREET_OFFICE


@pytest.mark.parametrize(
    ("acted", "in_community", "tier"),
    [
        (BodyKind.OWNERS_COMMITTEE, True, Tier.COMMUNITY),
        (BodyKind.RESIDENTS_COMMITTEE, True, Tier.STREET),
        (BodyKind.STREET_OFFICE, True, Tier.STREET),
        (BodyKind.STREET_OFFICE, False, Tier.STREET),
        ("", True, Tier.COMMUNITY),
        ("", False, Tier.STREET),
    ],
)
def test_owners_go_to_the_committee_the_committee_to_the_street_the_street_to_another_of_its_people(
    acted, in_community, tier
):
    assert first_tier(acted, in_community=in_community) == tier


@given(st.sampled_from(list(Tier)), st.sampled_from(list(Role)), st.booleans(), st.booleans())
def test_nobody_decides_on_himself_nor_outside_his_tier(tier, role, same_person, same_body):
    if may_decide(tier, role, same_person=same_person, same_body=same_body):
        assert not same_person and (not same_body or tier == Tier.STREET)
        assert (
            role
            in {
                Tier.COMMUNITY: (Role.RESIDENTS_COMMITTEE,),
                Tier.STREET: (Role.STREET_OFFICE,),
                Tier.DISTRICT: (Role.DISTRICT,),
            }[tier]
        )


def test_above_the_district_is_nobody():
    assert [next_tier(tier) for tier in Tier] == [Tier.STREET, Tier.DISTRICT, None]


def test_one_appeals_within_fifteen_days_once_against_what_stands():
    fine = {"at": NOW, "now": NOW + timedelta(days=14), "own": True, "undone": False, "appealed": False}
    assert may_appeal("hide", **fine)
    for wrong in ({"now": NOW + timedelta(days=15)}, {"own": False}, {"undone": True}, {"appealed": True}):
        assert not may_appeal("hide", **{**fine, **wrong})
    assert not may_appeal("pin", **fine)
    assert set(UNDONE_BY) >= APPEALABLE and ActKind.DISMISS not in APPEALABLE


@given(st.sampled_from(list(Audience)), st.sampled_from(list(Audience)), st.booleans())
def test_posts_are_never_carried_before_more_readers(source, target, same_place):
    if may_carry(source, target, same_place=same_place):
        assert source == target or (source == Audience.PUBLIC and target == Audience.MEMBERS)
        assert source == Audience.PUBLIC or same_place


@given(st.integers(0, 400), st.integers(0, 400), st.none() | st.integers(0, 400))
def test_more_time_more_posts_and_a_longer_peace_never_lower_a_level(days, posts, quiet):
    levels = packaged.levels()
    now = level_of(levels, days=days, posts=posts, quiet=quiet)
    later = level_of(levels, days=days + 1, posts=posts + 1, quiet=None if quiet is None else quiet + 1)
    assert 0 <= now <= later < len(levels)
    assert level_of(levels, days=days, posts=posts, quiet=0) <= now


def test_the_packaged_data_is_whole_and_every_level_gives_more_than_the_one_below():
    assert len(packaged.articles("zh-hans")) == len(packaged.articles("en")) == 10
    assert packaged.lead("en") and packaged.lead("zh-hans")
    levels = packaged.levels()
    for lower, higher in itertools.pairwise(levels):
        assert all(getattr(lower, name) <= getattr(higher, name) for name in LEVEL_FIELDS)
    assert read_levels(as_data(level) for level in levels) == levels
    assert set(as_data(packaged.figures())) == set(FIGURE_FIELDS)


@pytest.mark.parametrize(
    "wrong", [{"days": -1}, {"days": True}, {"days": "3"}, {"posts_hour": 10**9}, {"what": 1}, {"days": 1}]
)
def test_levels_that_are_none_are_refused(wrong):
    first = as_data(packaged.levels()[0])
    with pytest.raises((ValueError, TypeError)):
        read_levels([{**first, **wrong}])
    with pytest.raises((ValueError, TypeError)):
        read_figures({"wave_people": -1})


def test_a_listed_word_is_found_in_spite_of_spaces_and_wide_letters():
    assert hits("代 办 驾 照，加Ｖ Ｘ", ["代办驾照", "加vx"]) == ["代办驾照", "加vx"]
    assert hits("代驾", ["代办驾照"]) == []
