"""The pages of places, as visitors, residents and staff see them."""

import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.areas.api import Area, Home, HomesDraft, Level, create_area, find_code, succeed_area
from linli.areas.tests.factories import make_area, make_cell, make_home
from linli.people.rules import BodyKind, ResidencyKind, ResidencyState, Role
from linli.people.tests.factories import NOW, TODAY, make_body, make_person, make_post, make_residency
from linli.portal.scene import draw
from linli.sites.api import ensure_sites

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    places = make_cell()
    places["committee"] = make_body(
        BodyKind.RESIDENTS_COMMITTEE, places["community_a"], name="青砖里居委会", phone="555 0110", hours="每天 8:30—20:30"
    )
    places["office"] = make_body(BodyKind.STREET_OFFICE, places["street"], name="柳渡街道办", phone="555 0100")
    places["group"] = make_body(BodyKind.SOCIAL_ORG, places["street"], name="护河志愿队")
    return places


@pytest.fixture
def clerk(town, client):
    person = make_person("沈玉兰")
    make_post(person, town["committee"], Role.RESIDENTS_COMMITTEE)
    client.force_login(person)
    return client


def page(client, name, *args, query=""):
    return client.get(reverse(f"portal:{name}", args=args) + query)


def text(response):
    """As a person reads it: without the marks that keep figures and measure words together."""
    return re.sub(r'<span class="nb">(.*?)</span>', r"\1", response.content.decode()).replace("\xa0", " ")


def test_before_the_first_import_the_first_page_says_what_is_missing(client):
    assert "还差一步" in text(page(client, "home"))


def test_with_one_street_the_first_page_is_the_streets(client, town):
    html = text(page(client, "home"))
    for word in ("柳渡街道", "青砖里", "银杏巷", "纺机新村", "护河志愿队", "555", "2 个社区、3 个小区、1 个群众组织"):
        assert word in html


def test_with_several_streets_the_first_page_is_the_districts(client, town):
    create_area(parent=town["district"], level=Level.STREET, name="南埠街道")
    html = text(page(client, "home"))
    assert "桂江区" in html and "南埠街道" in html and "2 个街道" in html
    assert "全部社区" in html and "青砖里" in html and "银杏巷" in html, "each street with all its communities"
    assert "青砖里" in text(page(client, "place", town["street"].pk))


def test_a_street_of_very_many_communities_hangs_them_on_several_walls(client, town, django_assert_max_num_queries):
    with CaptureQueriesContext(connection) as few:
        page(client, "streets")
    for n in range(50):
        make_area(Level.COMMUNITY, town["street"], f"第{n + 1:02}社区", sort=100 + n)
    ensure_sites(now=NOW)
    with django_assert_max_num_queries(len(few)):
        first = text(page(client, "streets"))
    second = text(page(client, "streets", query="?page=2"))
    last = text(page(client, "streets", query="?page=99"))
    assert "52 个社区" in first and "第18社区" in first and "第19社区" not in first
    assert "第19社区" in second and "第50社区" in second and "第18社区" not in second, "a few more hang on the last"
    assert "第50社区" in last and "第01社区" in text(page(client, "streets", query="?page=x'"))


@pytest.mark.parametrize("key", ["community_a", "compound_a1", "building"])
def test_every_public_place_has_its_page(client, town, key):
    html = text(page(client, "place", town[key].pk))
    assert town[key].name in html
    assert "青砖里居委会" in html


def test_the_streets_own_address_leads_to_the_first_page(client, town):
    assert page(client, "place", town["street"].pk).url == "/"


def test_entrances_homes_and_places_outside_the_cell_have_no_page(client, town):
    outside = make_area(Level.STREET, make_area(Level.DISTRICT))
    for area in (town["entrance"], town["home"], outside, outside.parent):
        assert page(client, "place", area.pk).status_code == 404
    assert page(client, "place", 99999).status_code == 404


def test_an_ended_place_names_its_successor(client, town):
    succeed_area(old=town["community_b"], new=[town["community_a"]], on=TODAY)
    html = text(page(client, "place", town["community_b"].pk))
    assert "由下面的接替" in html
    assert reverse("portal:place", args=[town["community_a"].pk]) in html
    assert reverse("portal:place", args=[town["community_b"].pk]) not in text(page(client, "home"))


@pytest.mark.parametrize(("key", "queries"), [("community_a", 16), ("compound_a1", 16), ("building", 16)])
def test_a_page_takes_as_many_queries_however_large_the_place(client, town, key, queries, django_assert_max_num_queries):
    for n in range(2, 8):
        for door in range(1, 5):
            make_home(town["entrance"], f"{n + 10}{door:02}", n + 10, door)
    for n in range(5):
        make_area(Level.BUILDING, town["compound_a1"], f"{n + 20} 幢")
        make_area(Level.COMPOUND, town["community_a"])
    with django_assert_max_num_queries(queries):
        page(client, "place", town[key].pk)


def test_places_are_found_by_name(client, town):
    html = text(page(client, "find", query="?q=纺机新村3幢"))
    assert reverse("portal:place", args=[town["building"].pk]) in html
    assert "没找到" in text(page(client, "find", query="?q=没有的路"))
    assert "没找到" not in text(page(client, "find"))
    assert page(client, "find", query="?q=<script>alert(1)</script>").status_code == 200


def test_phones_are_listed_by_kind(client, town):
    html = text(page(client, "phones"))
    assert "青砖里居委会" in html and "柳渡街道办" in html and "护河志愿队" not in html


@pytest.mark.parametrize("name", ["about", "privacy", "accessibility"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_of_the_footer_name_who_answers(client, town, name, language):
    client.cookies["linli_lang"] = language
    assert "柳渡街道办" in text(page(client, name))


@pytest.mark.parametrize("name", ["home", "find", "phones", "about", "privacy", "accessibility"])
def test_pages_are_only_read(client, town, name):
    assert client.post(reverse(f"portal:{name}")).status_code == 405


# The building chart


def test_a_visitor_of_the_chart_is_sent_to_sign_in_and_a_stranger_finds_nothing(client, town):
    response = page(client, "chart", town["building"].pk)
    assert response.status_code == 302
    client.force_login(make_person())
    assert page(client, "chart", town["building"].pk).status_code == 404


def test_a_resident_sees_doors_and_floor_areas_but_not_who_lives_there(client, town):
    person = make_person("何立群")
    make_residency(person, town["home"])
    make_residency(make_person("邓小梅", legal_name="邓小梅"), town["home2"], ResidencyKind.TENANT)
    client.force_login(person)
    html = text(page(client, "chart", town["building"].pk, query=f"?home={town['home2'].pk}"))
    assert "67.48 ㎡" in html and "88.120 ㎡" in html
    assert "邓" not in html and "认证了" not in html


def test_a_resident_of_another_compound_does_not_see_the_chart(client, town):
    person = make_person()
    make_residency(person, make_home(make_area(Level.BUILDING, town["compound_b1"]), "101"))
    client.force_login(person)
    assert page(client, "chart", town["building"].pk).status_code == 404


def test_the_committee_sees_masked_names_and_states(clerk, town):
    make_residency(make_person("邓小梅", legal_name="邓小梅"), town["home"], ResidencyKind.OWNER)
    make_residency(make_person("邓一", legal_name="邓一"), town["home"], ResidencyKind.FAMILY)
    make_residency(make_person(), town["home2"], state=ResidencyState.CLAIMED)
    html = text(page(clerk, "chart", town["building"].pk, query=f"?home={town['home'].pk}"))
    assert "邓*等 2 人" in html and "认证了 2 人" in html and "1 份申请" in html
    assert "邓小梅" not in html
    assert "已认证 1" in html and "等核实 1" in html


def test_the_chart_of_a_tower_takes_no_more_queries_than_that_of_a_cottage(clerk, town, django_assert_num_queries):
    page(clerk, "chart", town["building"].pk)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as small:
        page(clerk, "chart", town["building"].pk)
    other = make_area(Level.ENTRANCE, town["building"], "2 单元")
    for floor in range(1, 34):
        for door in (1, 2, 3, 4):
            make_home(other, f"{floor}{door:02}", floor, door)
    with django_assert_num_queries(len(small)):
        assert "3304" in text(page(clerk, "chart", town["building"].pk))


@pytest.mark.parametrize("query", ["?home=x", "?home=999999", "?home=-1", "?home=²"])
def test_a_home_of_another_building_is_not_found_in_the_chart(clerk, town, query):
    assert page(clerk, "chart", town["building"].pk, query=query).status_code == 404


def test_only_a_building_has_a_chart(clerk, town):
    assert page(clerk, "chart", town["compound_a1"].pk).status_code == 404


# The homes import

LIST = "楼栋,单元,房号,建筑面积\n1,1,101,67.48\n1,1,102,88.1\n1,1,店面,12\n"


def upload(client, compound, content=LIST, name="房屋.csv"):
    file = io.BytesIO(content.encode("gb18030"))
    file.name = name
    return client.post(reverse("portal:homes", args=[compound.pk]), {"file": file})


def test_a_clerk_uploads_looks_leaves_a_wrong_row_out_and_imports(clerk, town):
    compound = town["compound_a2"]
    assert "表里要有什么" in text(page(clerk, "homes", compound.pk))
    url = upload(clerk, compound).url
    html = text(clerk.get(url))
    assert "第 4 行" in html and "看不出楼层" in html and "67.480 ㎡" in html
    assert not compound.children.exists()
    fields = {"building": 0, "entrance": 1, "room": 2, "floor_area": 3}
    assert "什么也没有导入" in text(clerk.post(url, fields))
    assert not compound.children.exists()
    done = clerk.post(url, {**fields, "skip": "4"})
    assert done.url == reverse("portal:place", args=[compound.pk])
    assert Home.objects.filter(area__path__under=compound.path).count() == 2
    assert not HomesDraft.objects.exists()


def test_columns_with_other_names_are_matched_by_hand(clerk, town):
    url = upload(clerk, town["compound_a2"], "甲,乙\n1,101\n").url
    assert "至少要有" in text(clerk.get(url))
    assert "看懂的前 1 户" in text(clerk.get(url + "?building=0&room=1"))


@pytest.mark.parametrize("content", ["", "楼栋,房号\n", "%PDF-1.4"])
def test_a_useless_file_is_refused_at_its_field(clerk, town, content):
    assert "form" not in (upload(clerk, town["compound_a2"], content).headers.get("Location") or "")
    assert not HomesDraft.objects.exists()


def test_another_committee_cannot_import_and_nobody_opens_anothers_draft(clerk, town, client):
    assert page(clerk, "homes", town["compound_b1"].pk).status_code == 404
    assert upload(clerk, town["compound_b1"]).status_code == 404
    url = upload(clerk, town["compound_a2"]).url
    other = make_person("周海宁")
    make_post(other, town["committee"], Role.RESIDENTS_COMMITTEE)
    client.force_login(other)
    assert client.get(url).status_code == 404
    assert client.post(url, {"building": 0, "room": 2}).status_code == 404


def test_a_resident_cannot_import(client, town):
    person = make_person()
    make_residency(person, town["home"])
    client.force_login(person)
    assert page(client, "homes", town["compound_a1"].pk).status_code == 404


# The picture


def test_the_picture_is_the_same_every_time_and_shows_the_floors(town):
    from linli.areas.api import houses

    known = houses(town["compound_a1"])
    first, second = draw(known, 7), draw(known, 7)
    assert first.paths() == second.paths()
    assert len(first.bright) + len(first.dim) + len(first.doors) >= 2
    assert draw([], 7) is None


def test_a_place_without_houses_shows_its_plate_alone(client, town):
    html = text(page(client, "place", town["compound_b1"].pk))
    assert 'class="art scene"' not in html and "还没有登记楼" in html


def test_codes_and_latin_names_do_not_disturb(client, town):
    Area.objects.filter(pk=town["community_a"].pk).update(latin="QINGZHUANLI")
    assert 'lang="zh-Latn">QINGZHUANLI' in text(page(client, "place", find_code("990102001001").pk))
