"""Sites come with their places, keep their addresses, and lead home whoever chose one."""

import pytest
from django.urls import reverse

from linli.areas.api import Area, Level, create_area, create_areas
from linli.areas.tests.factories import make_cell
from linli.common.errors import UserError
from linli.people.rules import BodyKind
from linli.people.tests.factories import NOW, TODAY, make_body
from linli.sites.api import (
    FrontDoor,
    SiteKind,
    ensure_sites,
    find_site,
    group_sites,
    move_site,
    nearest_site,
    open_group_site,
    set_host,
    site_of,
    sites_of_level,
)
from linli.sites.models import Site
from linli.sites.rules import free_slug, plain_slug

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return make_cell()


def test_a_place_has_its_site_from_the_same_transaction_on(town):
    slugs = set(Site.objects.values_list("slug", flat=True))
    assert slugs == {
        "liudujiedao",
        "qingzhuanli",
        "yinxingxiang",
        "fangjixincun",
        "yinxingyuan",
        "xiangkouxiaoqu",
    }
    assert Site.objects.count() == 6, "districts, buildings and homes have none"


def test_places_outside_the_cell_have_no_site(town):
    other = create_area(parent=None, level=Level.DISTRICT, name="别的区")
    create_area(parent=other, level=Level.STREET, name="别的街道")
    assert Site.objects.count() == 6


def test_two_places_of_one_name_get_two_addresses(town):
    twin = create_area(parent=town["community_b"], level=Level.COMPOUND, name="纺机新村")
    assert site_of(twin).slug == "fangjixincun-2"


def test_two_hundred_communities_take_a_handful_of_statements(town, django_assert_max_num_queries):
    Site.objects.all().delete()
    create_areas(
        [Area(parent=town["street"], level=Level.COMMUNITY, name=f"第{n}社区", sort=n) for n in range(200)]
    )
    Site.objects.all().delete()
    with django_assert_max_num_queries(16):
        assert ensure_sites(now=NOW) == 206
    assert ensure_sites(now=NOW) == 0


def test_a_former_address_leads_to_the_present_one(town, client):
    site = site_of(town["compound_a1"])
    move_site(site=site, slug="fangji")
    answer = client.get("/s/fangjixincun/mine/?a=1")
    assert answer.status_code == 301 and answer["Location"] == "/s/fangji/mine/?a=1"
    assert client.get("/s/nowhere/mine/").status_code == 404
    assert client.post("/s/fangjixincun/mine/").status_code == 404
    move_site(site=site, slug="fangjixincun")
    assert (
        client.get("/s/fangji/mine/").status_code == 301
        and client.get("/s/fangjixincun/mine/").status_code == 200
    )


@pytest.mark.parametrize("slug", ["", "大写", "A-b", "a--b", "-a", "x" * 41, "yinxingyuan"])
def test_an_address_that_is_not_one_or_taken_is_refused(town, slug):
    with pytest.raises(UserError) as refused:
        move_site(site=site_of(town["compound_a1"]), slug=slug)
    assert refused.value.field == "slug"


def test_the_nearest_site_of_a_home_is_its_compounds(town):
    assert nearest_site(town["home"]).place == town["compound_a1"]
    assert nearest_site(town["district"]) is None


def test_groups_have_sites_where_they_stand(town):
    body = make_body(BodyKind.SOCIAL_ORG, town["community_a"], name="缝纫小组")
    site = open_group_site(body=body, place=town["community_a"], kind=SiteKind.CLUB, lead="周六下午", now=NOW)
    assert (site.slug, site.name, site.url) == ("fengrenxiaozu", "缝纫小组", "/s/fengrenxiaozu/")
    assert group_sites(town["street"], TODAY) == [site] and group_sites(town["community_b"], TODAY) == []
    assert [s.place.name for s in sites_of_level(town["street"], Level.COMMUNITY, TODAY)] == [
        "青砖里",
        "银杏巷",
    ]


def test_a_closed_site_is_gone(town):
    Site.objects.filter(slug="yinxingyuan").update(closed_on=TODAY)
    assert find_site("yinxingyuan", TODAY) is None


def test_a_host_of_its_own_must_be_one_of_the_instances_hosts(town):
    site = site_of(town["compound_a1"])
    with pytest.raises(UserError) as refused:
        set_host(site=site, host="fangji.example", allowed=["linli.example"])
    assert refused.value.field == "host"
    assert set_host(site=site, host="Fangji.example.", allowed=["fangji.example"]).host == "fangji.example"
    with pytest.raises(UserError):
        set_host(site=site_of(town["compound_a2"]), host="fangji.example", allowed=["fangji.example"])


def door(path="/", method="GET", host="linli.example", cookie=""):
    """What the application behind the front door was asked for, or the status of the door's own answer."""
    seen = []

    def inner(wsgi, start_response):
        seen.append(wsgi["PATH_INFO"])
        return []

    wsgi = {"PATH_INFO": path, "REQUEST_METHOD": method, "HTTP_HOST": host, "HTTP_COOKIE": cookie}
    FrontDoor(inner)(wsgi, lambda status, headers: seen.append((status, dict(headers)["Location"])))
    return seen[0]


def test_whoever_chose_his_community_comes_to_it(town):
    assert door() == "/"
    assert door(cookie="linli_place=fangjixincun") == ("302 Found", "/s/fangjixincun/")
    assert door(cookie="linli_place=//evil.example") == "/"
    assert door("/find/", cookie="linli_place=fangjixincun") == "/find/"
    assert door(method="POST", cookie="linli_place=fangjixincun") == "/"


def test_a_host_with_a_site_shows_it_at_once(town, settings):
    settings.LINLI_PAGE_CACHE = 0
    set_host(site=site_of(town["compound_a1"]), host="fangji.example", allowed=["fangji.example"])
    assert door(host="Fangji.example:8443") == "/s/fangjixincun/"
    assert door(host="linli.example") == "/"


def test_choosing_is_remembered_and_forgotten_without_signing_in(town, client):
    address = reverse("sites:mine", args=["qingzhuanli"])
    answer = client.post(address)
    assert answer["Location"] == "/s/qingzhuanli/" and client.cookies["linli_place"].value == "qingzhuanli"
    assert client.cookies["linli_place"]["httponly"]
    assert "不记了" in client.get(address).content.decode()
    client.post(address, {"forget": "1"})
    assert client.cookies["linli_place"].value == ""


def test_addresses_are_plain():
    assert plain_slug("YUNHE WAN 1") == "yunhe-wan-1"
    assert plain_slug("　") == "site"
    assert free_slug("a", {"a", "a-2"}) == "a-3"
