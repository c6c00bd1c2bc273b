"""May this actor do this here, now?"""

from datetime import date
from enum import StrEnum

import pytest

from linli.areas.tests.factories import make_cell
from linli.people.permissions import P
from linli.people.policy import Actor, load_holdings, may, permissions_of, register
from linli.people.rules import MAY_APPOINT, OWN_BODY_ONLY, BodyKind, ResidencyKind, Role, may_appoint

from .factories import TODAY, actor_of, make_body, make_person, make_post, make_residency

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    return make_cell()


def test_nobody_may_do_anything_by_default(places):
    assert not any(may(Actor(), p, places["district"]) for p in P)
    assert not any(may(actor_of(make_person()), p, places["home"]) for p in P)


def test_a_clerk_may_only_in_the_places_of_her_body(places):
    clerk = make_post(body=make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"])).person
    actor = actor_of(clerk)
    assert may(actor, P.CLAIMS_DECIDE, places["home"])
    assert not may(actor, P.CLAIMS_DECIDE, places["community_b"])
    assert not may(actor, P.CLAIMS_DECIDE, places["street"])


def test_paths_are_compared_by_whole_segments():
    actor = Actor(person=make_person(), acting=None)
    assert not may(actor, P.CHART_SEE, "/1/12/")
    place = make_cell()["community_a"]
    assert not place.contains(place.path[:-1] + "2/")
    assert place.contains(place.path + "7/")


@pytest.mark.parametrize(("since", "until"), [(date(2026, 5, 20), None), (date(2020, 1, 1), TODAY)])
def test_a_term_not_begun_or_over_gives_nothing(places, since, until):
    post = make_post(body=make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"]), since=since, until=until)
    assert load_holdings(post.person, TODAY) == ()


def test_a_body_that_ended_takes_its_posts_along(places):
    body = make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"], valid_to=TODAY)
    assert load_holdings(make_post(body=body).person, TODAY) == ()


def test_while_a_post_acts_the_homes_of_the_person_give_nothing(places):
    person = make_person()
    make_residency(person, places["home"])
    make_post(person, make_body(BodyKind.PROPERTY_COMPANY, places["compound_a2"]), Role.PROPERTY_COMPANY)
    actor = actor_of(person)
    assert not may(actor, P.CHART_SEE, places["compound_a1"])
    actor.acting = None
    assert may(actor, P.CHART_SEE, places["compound_a1"]) and Role.OWNER in actor.roles


def test_a_tie_to_a_community_shows_no_doors(places):
    person = make_person()
    make_residency(person, places["community_a"], ResidencyKind.WORKS_HERE)
    actor = actor_of(person)
    assert actor.roles == {Role.UNVERIFIED, Role.MEMBER}
    assert not may(actor, P.CHART_SEE, places["compound_a1"])


def test_a_resident_who_moved_out_loses_the_compound_at_once(places):
    person = make_person()
    make_residency(person, places["home"], until=TODAY)
    assert not may(actor_of(person), P.CHART_SEE, places["compound_a1"])


def test_an_unregistered_permission_raises(places):
    class Foreign(StrEnum):
        X = "x"

    with pytest.raises(LookupError):
        may(Actor(), Foreign.X, places["home"])
    with pytest.raises(ValueError, match="another app"):
        register(Foreign, {Role.OWNER: {P.AUDIT_READ}})


def test_only_heads_appoint_and_nobody_appoints_upward():
    for acting, roles in MAY_APPOINT.items():
        for role in roles:
            assert not may_appoint(acting=acting, is_head=False, role=role, same_body=True)
            back = acting in MAY_APPOINT.get(role, frozenset()) and role != acting
            assert not back, f"{acting} and {role} appoint each other"
        assert OWN_BODY_ONLY.get(acting, frozenset()) <= roles


def test_whoever_appoints_may_appoint_by_permission_too():
    assert all(P.POSTS_APPOINT in permissions_of(role) for role in MAY_APPOINT)
    assert all(role in MAY_APPOINT for role in Role if P.POSTS_APPOINT in permissions_of(role))


def test_no_role_but_staff_near_the_people_may_see_who_lives_where():
    assert {role for role in Role if P.OCCUPANTS_SEE in permissions_of(role)} == {
        Role.RESIDENTS_COMMITTEE,
        Role.STREET_OFFICE,
    }
