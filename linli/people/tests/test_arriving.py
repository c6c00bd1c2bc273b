"""Who is signed in comes with his rights by one statement, asked anew at every request."""

from datetime import timedelta

import pytest

from linli.areas.tests.factories import make_cell, make_home
from linli.people.arriving import arrive
from linli.people.models import Person, Post, Residency
from linli.people.policy import load_stays
from linli.people.rules import BodyKind, ResidencyKind, ResidencyState, Role

from .factories import TODAY, make_body, make_person, make_post, make_residency

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def town():
    return make_cell()


def test_a_person_comes_whole_with_homes_and_posts_in_one_statement(town, django_assert_num_queries):
    person = make_person("何立群")
    person.legal_name = "何立群"
    person.save()
    for n in (1, 2):
        make_residency(person, make_home(town["entrance"], f"9{n}1", 90 + n))
    make_residency(person, town["community_b"], kind=ResidencyKind.REGISTERED)
    arrive(person.pk, TODAY)
    with django_assert_num_queries(1):
        found = arrive(person.pk, TODAY)
    assert found == person and found.legal_name == "何立群"
    assert {f.attname: getattr(found, f.attname) for f in Person._meta.concrete_fields} == {
        f.attname: getattr(Person.objects.get(pk=person.pk), f.attname) for f in Person._meta.concrete_fields
    }
    assert found.arrival.stays == load_stays(person, TODAY) and not found.arrival.holds
    assert [stay.path for stay in found.arrival.stays] == [town["compound_a1"].path] * 2 + [town["community_b"].path]
    assert arrive(make_person("别人").pk, TODAY).arrival.stays == ()


def test_what_has_ended_or_waits_gives_nothing(town):
    person, home = make_person("何立群"), make_home(town["entrance"], "911", 91)
    row = make_residency(person, home)
    post = make_post(person, make_body(BodyKind.RESIDENTS_COMMITTEE, town["community_a"]), Role.RESIDENTS_COMMITTEE)
    assert arrive(person.pk, TODAY).arrival.stays and arrive(person.pk, TODAY).arrival.holds
    Post.objects.filter(pk=post.pk).update(until=TODAY)
    assert not arrive(person.pk, TODAY).arrival.holds and arrive(person.pk, TODAY - timedelta(days=1)).arrival.holds
    for change in ({"until": TODAY}, {"until": None, "state": ResidencyState.CLAIMED}, {"since": TODAY + timedelta(days=1)}):
        Residency.objects.filter(pk=row.pk).update(**{"state": ResidencyState.VERIFIED, **change})
        assert arrive(person.pk, TODAY).arrival.stays == ()


@pytest.mark.parametrize("change", [{"is_active": False}, {"closed_at": "2026-01-01T00:00Z"}])
def test_a_closed_or_barred_account_is_nobody(change, db):
    person = make_person("何立群")
    Person.objects.filter(pk=person.pk).update(**change)
    assert arrive(person.pk, TODAY) is None
