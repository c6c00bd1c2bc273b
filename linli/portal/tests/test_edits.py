"""The register is put right, and a compound follows its community's successor."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from linli.areas.api import Area, Home, Level, create_area, find_code, succeed_area
from linli.areas.models import AreaName
from linli.areas.tests.factories import make_cell
from linli.common.models import AuditRow
from linli.people.policy import load_stays
from linli.people.rules import BodyKind, Role
from linli.people.tests.factories import TODAY, make_body, make_person, make_post, make_residency

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_factor(settings):
    settings.LINLI_STAFF_SECOND_FACTOR = False


@pytest.fixture
def places():
    return make_cell()


def staff(kind, role, place):
    client = Client()
    client.force_login(make_post(make_person(), make_body(kind, place), role, is_head=True).person)
    return client


@pytest.fixture
def committee(places):
    return staff(BodyKind.RESIDENTS_COMMITTEE, Role.RESIDENTS_COMMITTEE, places["community_a"])


@pytest.fixture
def street(places):
    return staff(BodyKind.STREET_OFFICE, Role.STREET_OFFICE, places["street"])


def form(**more):
    return {"name": "纺机新村", "official_name": "", "latin": "", "address": "", "plate": "lan", **more}


def edit(client, place, **more):
    return client.post(reverse("portal:place_edit", args=[place.pk]), form(**more))


def test_name_and_address_of_a_compound_change_and_the_former_name_is_kept(places, committee):
    place = places["compound_a1"]
    assert "归哪个社区" not in committee.get(reverse("portal:place_edit", args=[place.pk])).text
    assert edit(committee, place, name="纺机大院", address="柳渡路 18 号").status_code == 302
    place.refresh_from_db()
    assert (place.name, place.address) == ("纺机大院", "柳渡路 18 号")
    assert AreaName.objects.get(area=place).name == "纺机新村"
    assert set(AuditRow.objects.get(action="place.edit").detail["fields"]) == {"name", "address"}
    assert "这里已经有" in edit(committee, place, name="银杏苑").text


def test_one_home_is_put_right_to_the_thousandth_of_a_square_metre(places, committee):
    url = reverse("portal:home_edit", args=[places["home"].pk])
    data = {"name": "102", "floor": "1", "column": "2", "floor_area": "88.125", "use": "dwelling"}
    for wrong, says in ((
        {"floor": "0"}, "没有 0 层"), ({"name": "201"}, "这里已经有"), ({"floor_area": "88.1254"}, "三位小数"),
    ):  # fmt: skip
        assert says in committee.post(url, {**data, **wrong}).text
    assert committee.post(url, data).status_code == 302
    home = Home.objects.select_related("area").get(pk=places["home"].pk)
    assert (home.area.name, home.floor_area, home.column) == ("102", 88_125, 2)


def test_after_a_succession_the_street_moves_a_compound_and_all_below_follows(places, street, committee):
    heir = create_area(parent=places["street"], level=Level.COMMUNITY, name="纺机", code="990102001009")
    succeed_area(old=places["community_a"], new=[heir], on=date(2026, 1, 1))
    neighbour = make_residency(make_person(), places["home"]).person
    place = places["compound_a1"]
    assert edit(street, place, community=str(heir.pk)).status_code == 302
    home = Area.objects.get(pk=places["home"].pk)
    assert home.path == f"{heir.path}{place.pk}/{places['building'].pk}/{places['entrance'].pk}/{home.pk}/"
    assert Area.objects.get(pk=place.pk).parent == heir and find_code("990102001001") == places["community_a"]
    assert load_stays(neighbour, TODAY)[0].path == f"{heir.path}{place.pk}/"
    assert AuditRow.objects.get(action="place.move").detail == {"from": places["community_a"].pk, "to": heir.pk}
    assert not Area.objects.filter(path__under=f"{places['community_a'].path}{place.pk}/").exists()
    assert committee.get(reverse("portal:place_edit", args=[place.pk])).status_code == 404


def test_a_committee_gives_no_compound_away_and_takes_none(places, committee):
    edit(committee, places["compound_a1"], community=str(places["community_b"].pk))
    places["compound_a1"].refresh_from_db()
    assert places["compound_a1"].parent_id == places["community_a"].pk
    assert edit(committee, places["compound_b1"]).status_code == 404
    neighbour = Client()
    neighbour.force_login(make_residency(make_person(), places["home"]).person)
    assert edit(neighbour, places["compound_a1"]).status_code == 404
