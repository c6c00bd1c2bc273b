"""A site's first page stands as its editor arranged it; boxes of other apps keep their own content."""

import pytest
from django.test import RequestFactory

from linli.areas.tests.factories import make_cell
from linli.common import slots
from linli.people.tests.factories import NOW
from linli.portal.arranged import boxes
from linli.sites.api import site_of
from linli.studio.api import arrange, arrangement, offer_part, open_home

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(monkeypatch):
    """A site with two boxes of other apps in the main column, one beside, and one that is urgent."""
    offered = {
        "site.top": [slots.Box("x/urgent/box.html")],
        "site.main": [slots.Box("portal/notices/box.html", order=10), slots.Box("x/parts/box.html", order=40, name="blog")],
        "site.aside": [slots.Box("portal/directory/box.html", order=20), slots.Box("y/later/box.html", order=90)],
    }
    monkeypatch.setattr("linli.common.slots._providers", {name: [lambda request, site, b=found: b] for name, found in offered.items()})
    monkeypatch.setattr("linli.studio.parts._parts", {})
    return site_of(make_cell()["community_a"])


def names(site, column):
    request = RequestFactory().get("/")
    return [box.called for box in boxes(request, site, arrangement(site))[column]]


def test_without_an_arrangement_the_boxes_stand_in_their_own_order(site):
    assert names(site, "main") == ["notices", "blog"] and names(site, "aside") == ["directory", "later"]


def test_an_arrangement_moves_boxes_between_columns_and_leaves_out_what_it_does_not_name(site):
    home = open_home(site=site, now=NOW)
    links = {"title": "去哪儿", "links": [{"label": "电话", "address": "/phones/"}]}
    arrange(home=home, main=[("directory", None), ("links", links)], aside=[("blog", None), ("albums", None)])
    assert names(site, "main") == ["directory", "parts"] and names(site, "aside") == ["blog"]
    assert names(site, "top") == ["urgent"], "what is urgent cannot be arranged away"


def test_a_part_of_a_later_app_is_placed_by_its_name(site):
    offer_part("later", "以后的")
    home = open_home(site=site, now=NOW)
    arrange(home=home, main=[("slot", {"part": "later"})], aside=[])
    assert names(site, "main") == ["later"] and names(site, "aside") == []
