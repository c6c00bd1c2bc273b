"""The page of results, and what becomes findable by itself."""

import re
from html import unescape

import pytest

from linli.areas.api import Area, create_area, rename_area, succeed_area
from linli.areas.tests.factories import make_cell
from linli.common import clock
from linli.people.rules import BodyKind
from linli.people.tests.factories import LONG_AGO, make_body
from linli.search import api
from linli.search.models import SearchEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    return make_cell()


def page(client, **query):
    return client.get("/search/", query)


def titles(client, q, **more):
    response = page(client, q=q, **more)
    found = re.findall('<a class="t" href="[^"]*">(.*?)</a>', response.context.get("results", ""))
    return [unescape(re.sub("</?mark>", "", title)) for title in found]


def test_a_place_is_found_as_soon_as_it_is_there(client, places):
    assert titles(client, "纺机新村") == ["纺机新村", "纺机新村 3 幢"]
    assert titles(client, "纺机新村3幢") == ["纺机新村 3 幢"]
    assert titles(client, "青砖里社区")[0] == "青砖里社区"
    create_area(parent=places["community_b"], level=6, name="河畔花园")
    assert titles(client, "河畔") == ["河畔花园"]


def test_homes_and_entrances_are_never_findable(places):
    assert set(SearchEntry.objects.values_list("subject", flat=True)) == {
        str(pk) for pk in Area.objects.filter(level__lte=7).values_list("pk", flat=True)
    }


def test_a_renamed_place_is_found_by_its_new_name_with_all_below_it(client, places):
    rename_area(area=places["compound_a1"], name="新机花园", official_name="", on=clock.local_date(clock.now()))
    assert titles(client, "纺机新村") == []
    assert titles(client, "新机花园 3 幢") == ["新机花园 3 幢"]


def test_an_ended_place_is_no_longer_found(client, places):
    succeed_area(old=places["compound_b1"], new=[places["compound_a1"]], on=LONG_AGO)
    assert titles(client, "巷口小区") == []


def test_a_body_is_found_by_its_synonym(client, places):
    make_body(BodyKind.OWNERS_COMMITTEE, places["compound_a1"], name="纺机新村业委会")
    api.rebuild()
    assert titles(client, "业主委员会") == ["纺机新村业委会"]
    assert "也找了“业委会”" in page(client, q="业主委员会").content.decode()


def test_filters_by_kind_and_place_narrow_what_is_found(client, places):
    make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"], name="青砖里居委会")
    api.rebuild()
    assert set(titles(client, "青砖里", kind="body")) == {"青砖里居委会"}
    assert titles(client, "小区", place=places["community_a"].pk) == []
    assert titles(client, "小区", place=places["community_b"].pk) == ["巷口小区"]
    assert titles(client, "小区", place="nonsense", kind="'", time="x", after="-1") == ["巷口小区"]


def test_nothing_found_guesses_what_was_meant(client, places):
    text = page(client, q="纺织新村").content.decode()
    assert "您是不是要找" in text and "纺机新村" in text
    assert "没找到“纺织新村”" in text


def test_hits_are_marked_and_typed_markup_stays_text(client, places):
    create_area(parent=places["community_b"], level=6, name="<b>苑")
    text = page(client, q="<b>苑").content.decode()
    assert "<mark>&lt;b&gt;苑</mark>" in text and "<b>苑" not in text


@pytest.mark.parametrize("typed", ["停" * 61, "停" * 10_000, "？！"])
def test_a_bad_question_is_answered_at_its_field(client, places, typed):
    response = page(client, q=typed)
    assert response.status_code == 400 and len(response.content) < 40_000
    assert 'aria-invalid="true"' in response.content.decode()


def test_without_a_question_there_is_only_the_form(client, places):
    response = page(client)
    assert response.status_code == 200 and "没找到" not in response.content.decode()


def test_a_rebuild_of_what_is_fresh_changes_nothing(places):
    make_body(BodyKind.OWNERS_COMMITTEE, places["compound_a1"], name="纺机新村业委会")
    assert api.findings() == {"body": 1}
    api.rebuild()
    assert api.findings() == {} and not any(api.rebuild().values())
    SearchEntry.objects.filter(kind="place").first().delete()
    assert api.findings() == {"place": 1}
