"""Looking at a sealed fact: with a purpose, in one's own places, on the record."""

from datetime import timedelta

import pytest

from linli.areas.tests.factories import make_cell
from linli.common.errors import NotAllowed, UserError
from linli.common.models import AuditRow
from linli.people.actions.reveal import reveal
from linli.people.rules import BodyKind, ResidencyKind, ResidencyState

from .factories import NOW, TODAY, actor_of, make_body, make_person, make_post, make_residency

pytestmark = pytest.mark.django_db
PHONE = "+8613800001234"


@pytest.fixture
def world():
    places = make_cell()
    clerk = make_post(body=make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"])).person
    person = make_person("何立群", PHONE, legal_name="何立群")
    make_residency(person, places["home"])
    return places, actor_of(clerk), person


def look(actor, person, place, **more):
    return reveal(**{"actor": actor, "person": person, "field": "phone", "purpose": "claim", "place": place, "now": NOW, **more})


def test_a_clerk_sees_a_number_with_a_purpose_and_the_person_can_read_of_it(world):
    places, actor, person = world
    assert look(actor, person, places["home"], words="对门漏水，联系不上") == PHONE
    row = AuditRow.objects.get(action="reveal")
    assert (row.about, row.actor, row.detail["field"]) == (person.pk, actor.person_id, "phone")
    assert row.purpose == "对门漏水，联系不上" and PHONE not in str(row.detail)


@pytest.mark.parametrize("purpose", ["", "curious", "CLAIM", None])
def test_without_a_purpose_from_the_list_nothing_is_shown_and_nothing_recorded(world, purpose):
    places, actor, person = world
    with pytest.raises(UserError):
        look(actor, person, places["home"], purpose=purpose)
    assert not AuditRow.objects.filter(action="reveal").exists()


def test_another_purpose_must_be_put_in_words_and_words_have_an_end(world):
    places, actor, person = world
    for more in ({"purpose": "other"}, {"purpose": "other", "words": " \u202e "}, {"words": "字" * 201}):
        with pytest.raises(UserError):
            look(actor, person, places["home"], **more)


def test_nobody_looks_outside_his_places_even_by_naming_one_of_them(world):
    places, actor, person = world
    stranger = make_person("章小满", "+8613800005678")
    make_residency(stranger, places["compound_b1"], ResidencyKind.LIVES_HERE)
    for place in (places["compound_b1"], places["community_b"], places["community_a"], places["home"]):
        with pytest.raises(NotAllowed):
            look(actor, stranger, place)
    with pytest.raises(NotAllowed):
        look(actor, person, places["street"])


@pytest.mark.parametrize("state", [ResidencyState.REFUSED, ResidencyState.ENDED, ResidencyState.WITHDRAWN, ResidencyState.EXPIRED])
def test_who_no_longer_belongs_to_the_place_is_out_of_reach(world, state):
    places, actor, _person = world
    gone = make_person("夏长庚", "+8613800005678")
    make_residency(gone, places["home2"], state=state)
    with pytest.raises(NotAllowed):
        look(actor, gone, places["community_a"])


def test_a_neighbour_cannot_look(world):
    places, _actor, person = world
    neighbour = make_person("倪桂香")
    make_residency(neighbour, places["home2"])
    with pytest.raises(NotAllowed):
        look(actor_of(neighbour), person, places["home"])


def test_the_thirty_first_look_of_a_day_is_raised_once_and_midnight_in_shanghai_begins_anew(world):
    places, actor, person = world
    for _n in range(30):
        look(actor, person, places["home"])
    assert not AuditRow.objects.filter(action="reveal.many").exists()
    for _n in range(3):
        look(actor, person, places["home"])
    flag = AuditRow.objects.get(action="reveal.many")
    assert flag.actor == actor.person_id and flag.detail == {"count": 31}
    look(actor, person, places["home"], now=NOW + timedelta(days=1))
    assert AuditRow.objects.filter(action="reveal.many").count() == 1
    assert TODAY.isoformat() == "2026-05-19"
