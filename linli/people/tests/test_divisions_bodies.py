"""The offices and committees that follow from the table of divisions."""

from pathlib import Path

import pytest

from linli.areas.api import Area, Level, cell, find_code
from linli.common.errors import UserError
from linli.common.models import AuditRow
from linli.people.actions.divisions import ensure_district_body, import_divisions
from linli.people.models import Body, BodyPlace
from linli.people.rules import BodyKind
from linli.people.tests.factories import NOW, TODAY

DATA = Path(__file__).parents[2] / "areas" / "tests" / "data"
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("district", sorted(path.stem for path in DATA.glob("*.csv")))
def test_a_real_district_gets_an_office_for_each_street_and_a_committee_for_each_community(district):
    result = import_divisions(DATA / f"{district}.csv", cell_code=district, now=NOW)
    streets = Area.objects.level(Level.STREET).count()
    communities = Area.objects.level(Level.COMMUNITY).count()
    assert (Body.objects.filter(kind=BodyKind.STREET_OFFICE).count(), streets) == (streets, streets)
    assert Body.objects.filter(kind=BodyKind.RESIDENTS_COMMITTEE).count() == communities
    assert result.bodies == streets + communities
    assert cell().code == district
    assert import_divisions(DATA / f"{district}.csv", cell_code=district, now=NOW).changes == 0
    assert AuditRow.objects.filter(action="areas.import").count() == 1


def test_names_of_bodies_are_the_official_ones():
    import_divisions(DATA / "330212.csv", cell_code="330212", now=NOW)
    town = Body.objects.get(places__area=find_code("330212101"))
    assert town.official_name.endswith("镇人民政府")
    community = Area.objects.filter(level=Level.COMMUNITY, official_name__endswith="社区居委会").first()
    committee = Body.objects.get(places__area=community)
    assert (committee.name, committee.official_name) == (f"{community.name}居委会", community.official_name)


def test_places_outside_the_cell_get_no_bodies():
    import_divisions(DATA / "330102.csv", cell_code="330102", now=NOW)
    before = Body.objects.count()
    result = import_divisions(DATA / "110101.csv", now=NOW)
    assert (result.added, result.bodies, Body.objects.count()) == (189, 0, before)


def test_without_a_cell_there_are_only_places():
    assert import_divisions(DATA / "330102.csv", now=NOW).bodies == 0


@pytest.mark.parametrize(("code", "words"), [("110101", "not in the table"), ("330102001", "not a district"), ("x", "not in")])
def test_a_cell_that_the_table_does_not_hold_is_refused_and_nothing_comes_in(code, words):
    with pytest.raises(UserError, match=words):
        import_divisions(DATA / "330102.csv", cell_code=code, now=NOW)
    assert not Area.objects.exists()


def test_a_second_cell_is_refused():
    import_divisions(DATA / "330102.csv", cell_code="330102", now=NOW)
    with pytest.raises(UserError, match="another district"):
        import_divisions(DATA / "110101.csv", cell_code="110101", now=NOW)
    assert find_code("110101") is None


def test_a_renamed_committee_keeps_its_body(tmp_path):
    import_divisions(DATA / "330102.csv", cell_code="330102", now=NOW)
    area = Area.objects.level(Level.COMMUNITY).first()
    body = Body.objects.get(places__area=area)
    file = tmp_path / "new.csv"
    file.write_text(f"code,name,parent\n{area.code},新柳社区居民委员会,{area.parent.code}\n", encoding="utf-8")
    assert import_divisions(file, now=NOW).changes == 1
    body.refresh_from_db()
    assert (body.name, body.official_name) == ("新柳居委会", "新柳社区居民委员会")


def test_a_body_that_was_ended_by_hand_is_not_made_again():
    import_divisions(DATA / "330102.csv", cell_code="330102", now=NOW)
    place = BodyPlace.objects.filter(body__kind=BodyKind.RESIDENTS_COMMITTEE).first()
    Body.objects.filter(pk=place.body_id).update(valid_to=TODAY)
    assert import_divisions(DATA / "330102.csv", now=NOW).changes == 0


def test_the_districts_government_is_made_once():
    import_divisions(DATA / "330102.csv", cell_code="330102", now=NOW)
    district = cell()
    body = ensure_district_body(district, day=TODAY)
    assert body.official_name == "上城区人民政府"
    assert ensure_district_body(district, day=TODAY) == body
