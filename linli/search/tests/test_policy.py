"""What one may not see is neither found nor counted nor hinted at."""

import pytest

from linli.areas.tests.factories import make_cell
from linli.people.api import Actor, MandateScope, P, Role
from linli.people.models import Mandate
from linli.people.rules import BodyKind
from linli.people.tests.factories import NOW, actor_of, make_body, make_person, make_post, make_residency
from linli.search import api

from . import factories
from .factories import ask, put, subjects

pytestmark = [pytest.mark.django_db, pytest.mark.database]
CANARY = "金丝雀"


@pytest.fixture
def places():
    factories.register()
    return make_cell()


@pytest.fixture
def things(places):
    """One thing of each audience, all with the same word, in compound a1 (and the members' thing in community b)."""
    owner = make_person("申请人")
    here = places["compound_a1"].path
    put("public", f"{CANARY}公告", place=here)
    put("members", f"{CANARY}成员", place=here, audience=api.Audience.MEMBERS)
    put("street", f"{CANARY}街坊", place=places["street"].path, audience=api.Audience.MEMBERS)
    put("else", f"{CANARY}隔壁", place=places["compound_b1"].path, audience=api.Audience.MEMBERS)
    put("staff", f"{CANARY}申请", place=here, audience=api.Audience.STAFF, permission=P.CLAIMS_DECIDE)
    put("staff-b", f"{CANARY}申请二", place=places["community_b"].path, audience=api.Audience.STAFF, permission=P.CLAIMS_DECIDE)
    put("own", f"{CANARY}本人", audience=api.Audience.PERSON, person=owner.pk)
    return owner


def seen(actor):
    return set(subjects(ask(CANARY, actor)))


def test_a_visitor_finds_what_is_public(things):
    assert seen(Actor()) == {"public"}


def test_a_stranger_who_signed_in_finds_no_more(things):
    assert seen(actor_of(make_person())) == {"public"}


def test_a_resident_finds_what_is_for_the_members_of_his_places(things, places):
    person = make_person()
    make_residency(person, places["home"])
    assert seen(actor_of(person)) == {"public", "members", "street"}


def test_a_committee_finds_its_own_matters_and_not_those_next_door(things, places):
    body = make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"])
    post = make_post(body=body, role=Role.RESIDENTS_COMMITTEE)
    assert seen(actor_of(post.person)) == {"public", "members", "staff"}


def test_a_post_without_the_permission_finds_no_matters(things, places):
    body = make_body(BodyKind.PROPERTY_COMPANY, places["compound_a1"])
    post = make_post(body=body, role=Role.PROPERTY_COMPANY)
    assert seen(actor_of(post.person)) == {"public", "members"}


def test_ones_own_things_are_ones_own_alone_and_nobodys_who_acts_for_another(things):
    assert seen(actor_of(things)) == {"public", "own"}
    for_other = actor_of(things)
    for_other.mandate = Mandate(principal=make_person("托"), agent=things, scopes=[MandateScope.REQUESTS])
    assert seen(for_other) == {"public"}


def test_a_place_whose_key_only_begins_alike_is_another_place(places):
    make_residency(person := make_person(), places["home"])
    put("alike", f"{CANARY}相似", place=places["compound_a1"].path.rstrip("/") + "0/", audience=api.Audience.MEMBERS)
    assert seen(actor_of(person)) == set()


def test_hidden_things_change_no_count_no_page_and_no_guess(things, places):
    for n in range(40):
        put(f"hidden-{n}", f"{CANARY}成员{n}", place=places["compound_b1"].path, audience=api.Audience.MEMBERS)
    found = ask(CANARY)
    assert (subjects(found), found.total, found.after) == (["public"], 1, None)
    question = api.read_question("金丝雀成员甲", {})
    assert api.guesses(question, actor=Actor()) in ([], [f"{CANARY}公告"])
    assert api.beginnings("金丝", actor=Actor()) == [f"{CANARY}公告"]
    assert api.beginnings("金丝雀成", actor=Actor()) == []


def test_hidden_things_take_no_place_before_the_limit(things, places):
    for n in range(60):
        put(f"newer-{n}", f"{CANARY}新{n}", place=places["compound_b1"].path, audience=api.Audience.MEMBERS, at=NOW.replace(year=2030))
    assert subjects(ask(CANARY, size=1)) == ["public"]


def test_a_filter_opens_nothing(things, places):
    filters = api.Filters(kind="note", place=places["compound_b1"].path)
    assert subjects(ask(CANARY, filters=filters)) == []


def test_a_thing_that_becomes_private_is_gone_from_the_public_at_once(things):
    put("public", f"{CANARY}公告", audience=api.Audience.PERSON, person=things.pk)
    assert seen(Actor()) == set() and "public" in seen(actor_of(things))
