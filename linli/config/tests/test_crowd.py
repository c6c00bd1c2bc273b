"""The edge in a crowd: kept pages go on, signed-in readers get the public copy with a note, every answer is counted."""

import time

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from linli.areas.tests.factories import make_cell
from linli.common import clock
from linli.common.ops import counters, metrics
from linli.common.overload import Door, Lanes
from linli.common.pagecache import Edge
from linli.common.tests.cache_kit import Site, at_once
from linli.design import busy, modes
from linli.people.tests.factories import make_person

pytestmark = pytest.mark.django_db(transaction=True)
CANARY = "金丝雀"
NOTE = "您看到的是公共版"


@pytest.fixture
def site(tmp_path, monkeypatch):
    make_cell()
    monkeypatch.setattr(metrics, "_own", counters.Counters(tmp_path, metrics._keys()))
    one = Site()
    one.door = Door(WSGIHandler(), Lanes(4, 2, 32), busy.busy)
    one.edge = Edge(one.door.application, modes.canonical, 8 << 20, door=one.door, with_note=busy.with_note)
    yield one
    one.door.lanes.end()


@pytest.fixture
def cookie(client):
    client.force_login(make_person(CANARY))
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def jam(site):
    """As after a refusal just now, with no seat left."""
    site.door.lanes.pressure.refused_at = time.monotonic()
    site.door.lanes.pressure.seats = 0
    site.door.lanes.slots = 0


def relieve(site):
    site.door.lanes.pressure.refused_at, site.door.lanes.pressure.seats, site.door.lanes.slots = float("-inf"), 32, 4


def totals():
    counts = metrics.book().own()
    by_page = {page: counts[f"page>{page}"] for page in metrics.PAGES if counts[f"page>{page}"]}
    return by_page, sum(n for key, n in counts.items() if "|" in key)


def test_a_signed_in_reader_gets_the_public_copy_with_a_note_in_his_language(site, cookie):
    assert CANARY in site.get("/", HTTP_COOKIE=cookie).text and NOTE not in site.get("/").text
    site.get("/", HTTP_COOKIE="linli_lang=en")
    jam(site)
    answer = site.get("/", HTTP_COOKIE=cookie)
    assert answer.status == 200 and NOTE in answer.text and CANARY not in answer.text
    assert answer.headers["cache-control"] == "no-store" and "etag" not in answer.headers
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert "public version" in site.get("/", HTTP_COOKIE=f"{cookie}; linli_lang=en").text
    assert NOTE.encode() not in site.everything_kept()
    relieve(site)
    assert CANARY in site.get("/", HTTP_COOKIE=cookie).text


def test_where_there_is_no_public_copy_he_is_told_at_once(site, cookie):
    jam(site)
    for method, path in (("GET", "/me/"), ("GET", "/search/?q=x"), ("POST", "/"), ("GET", "/phones/"), ("GET", "/?x=1")):
        started = time.perf_counter()
        answer = site.get(path, method, HTTP_COOKIE=cookie)
        assert answer.status == 503 and "retry-after" in answer.headers and time.perf_counter() - started < 1, path


def test_kept_pages_are_never_refused_and_a_missing_one_is_for_all_who_wait(site):
    site.get("/")
    jam(site)
    assert site.get("/").status == 200
    assert {answer.status for answer in at_once(8, lambda n: site.get("/phones/"))} == {503}
    assert not site.edge.flights
    relieve(site)
    assert {answer.status for answer in at_once(8, lambda n: site.get("/phones/"))} == {200}


def test_every_answer_is_counted_once_and_by_how_it_came_about(site, cookie):
    for path, more in (
        ("/", {}), ("/", {}), ("/", {"HTTP_IF_NONE_MATCH": "*"}), ("/", {"method": "HEAD"}), ("/", {"HTTP_COOKIE": cookie}),
        ("/nowhere/", {}), ("/places/99999/", {}), ("/search/?q=x", {}),
    ):  # fmt: skip
        site.get(path, **more)
    assert totals() == ({"hit": 3, "miss": 2, "django": 3}, 8)
    jam(site)
    site.get("/", HTTP_COOKIE=cookie)
    site.get("/me/")
    assert totals() == ({"hit": 3, "miss": 2, "django": 3, "copy": 1, "refused": 1}, 10)
    text = metrics.exposition(clock.now())
    assert 'page="hit"} 3' in text and 'linli_requests_total{route="portal:home",status="3xx"} 1' in text
    assert 'linli_requests_total{route="none",status="5xx"} 1' in text
    assert sum(int(line.rpartition(" ")[2]) for line in text.splitlines() if line.startswith("linli_answers_total")) == 10


def test_the_emergency_paths_are_whole_segments():
    assert all(path.startswith("/") and path.endswith("/") for path in settings.LINLI_EMERGENCY_PATHS)
