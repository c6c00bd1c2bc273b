"""The street's wall: each community's plate with what it told last."""

from datetime import timedelta

import pytest
from django.test import Client

from linli.common import clock
from linli.people.tests.factories import NOW
from linli.portal.notice_news import news_of
from linli.portal.tests.notice_kit import make_town, put_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return make_town()


def test_a_plate_has_the_newest_notice_of_its_own_and_how_many_a_week_had(town):
    a, b = town["community_a"].pk, town["community_b"].pk
    assert news_of([a, b], NOW) == {}
    put_up(
        town,
        place="community_a",
        title="上周的事",
        now=NOW - timedelta(hours=1),
        valid_until=NOW + timedelta(days=3),
    )
    put_up(town, place="community_a", title="今天的事", valid_until=NOW + timedelta(days=3))
    put_up(town, place="compound_a1", title="小区自己的事")
    found = news_of([a, b], NOW)
    assert found[a].title == "今天的事" and found[a].week == 2 and b not in found
    assert found[a].url.startswith("/notices/")
    late = NOW + timedelta(days=9)
    assert news_of([a], late) == {}


def test_the_wall_takes_as_many_queries_for_many_notices(town, django_assert_max_num_queries):
    for n in range(12):
        put_up(town, place="community_a", title=f"第{n}件事")
    with django_assert_max_num_queries(2):
        news_of([town["community_a"].pk, town["community_b"].pk], NOW)


def test_the_first_page_shows_it(town, settings):
    settings.LINLI_PAGE_CACHE = 0
    now = clock.now()
    put_up(town, place="community_a", title="路灯换好了", now=now, valid_until=now + timedelta(days=3))
    assert "路灯换好了" in Client().get("/").content.decode()
