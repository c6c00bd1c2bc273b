"""The page cache: what it keeps, for how long, and what it never keeps."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.test import override_settings

from linli.common import clock
from linli.common.models import CacheTag
from linli.common.pagecache import bump, midnight, store, tags

from .cache_kit import REFUSED, RENDERED, Site, at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("linli.common.tests.cache_kit")]


@pytest.fixture(autouse=True)
def site():
    RENDERED.clear()
    return Site()


def test_the_second_reader_gets_the_kept_page(site):
    assert site.get("/plain/").text == site.get("/plain/").text
    assert RENDERED == ["/plain/"]


CANARIES = {
    "HTTP_X_CANARY": "canary-1", "HTTP_X_FORWARDED_HOST": "canary.example", "HTTP_USER_AGENT": "canary-2", "REMOTE_ADDR": "192.0.2.99",
    "HTTP_REFERER": "https://canary.example/", "HTTP_COOKIE": "csrftoken=canary-3; other=canary-4; linli_mode=canary-5",
    "HTTP_X_ORIGINAL_URL": "/canary", "HTTP_X_REWRITE_URL": "/canary", "HTTP_X_HTTP_METHOD_OVERRIDE": "POST",
    "HTTP_X_FORWARDED_PROTO": "canary", "HTTP_X_FORWARDED_FOR": "192.0.2.99", "HTTP_ACCEPT_LANGUAGE": "en", "HTTP_RANGE": "bytes=0-3",
}  # fmt: skip


def test_nothing_that_a_visitor_sends_beside_the_key_reaches_the_kept_page(site):
    poisoned = site.get("/plain/", **CANARIES)
    clean = site.get("/plain/")
    assert poisoned.body == clean.body
    assert RENDERED == ["/plain/"]
    kept = site.everything_kept()
    assert b"canary" not in kept and b"192.0.2" not in kept


def test_a_signed_in_reader_neither_gets_nor_leaves_a_kept_page(site, settings):
    cookie = f"{settings.SESSION_COOKIE_NAME}=canary"
    site.get("/plain/")
    for _ in range(2):
        answer = site.get("/plain/", HTTP_COOKIE=cookie, HTTP_X_CANARY="canary-mine")
        assert "canary-mine" in answer.text and "etag" not in answer.headers
    assert len(RENDERED) == 3
    assert b"canary" not in site.everything_kept()
    assert "canary" not in site.get("/plain/").text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_verbs_pass(site, method):
    site.get("/plain/")
    answer = site.get("/plain/", method)
    assert "etag" not in answer.headers and (site.edge.renders, site.edge.hits) == (1, 0)


def test_credentials_in_a_header_pass(site):
    site.get("/plain/")
    site.get("/plain/", HTTP_AUTHORIZATION="Basic canary")
    assert len(RENDERED) == 2


@pytest.mark.parametrize("view", [view.__name__ for view in REFUSED])
def test_what_is_one_readers_own_is_never_kept(site, view):
    for _ in range(3):
        assert site.get(f"/{view}/").status == 200
    assert len(RENDERED) >= 3
    assert all(page.plain is None for page in site.edge.store.pages.values())


def test_an_undeclared_page_is_not_kept(site):
    site.get("/undeclared/")
    site.get("/undeclared/")
    assert len(RENDERED) == 2


def test_page_2_is_not_page_1(site):
    first, second = site.get("/plain/"), site.get("/plain/?page=2")
    assert "page=None" in first.text and "page=2" in second.text
    assert site.get("/plain/?page=2").body == second.body
    assert len(RENDERED) == 2


@pytest.mark.parametrize("query", ["q=1", "page=1&q=2", "page=1&page=2", "page=" + "1" * 65, "utm_source=x", "&", "PAGE=1"])
def test_unknown_parameters_are_answered_but_not_kept(site, query):
    site.get(f"/plain/?{query}")
    site.get(f"/plain/?{query}")
    assert len(RENDERED) == 2
    assert not site.edge.store.pages


def test_an_expiry_changes_the_page_by_itself(site, monkeypatch):
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    first = site.get("/brief/")
    now += timedelta(seconds=59)
    assert site.get("/brief/").body == first.body
    now += timedelta(seconds=2)
    assert site.get("/brief/").body != first.body


def test_midnight_is_shanghais():
    at = midnight(datetime(2026, 9, 30, 16, 30, tzinfo=clock.SHANGHAI))
    assert at.isoformat() == "2026-10-01T00:00:00+08:00"
    assert midnight(at).isoformat() == "2026-10-02T00:00:00+08:00"


def test_a_write_is_seen_within_a_second_and_only_on_its_own_pages(site, monkeypatch):
    time = [1000.0]
    monkeypatch.setattr(tags.time, "monotonic", lambda: time[0])
    other = Site()  # a second process
    for one in (site, other):
        one.get("/thing/1/"), one.get("/thing/2/")
    first, second = other.get("/thing/1/"), other.get("/thing/2/")
    monkeypatch.setattr(tags, "_watchers", [site.edge.watch])
    bump("thing:1")
    assert site.get("/thing/1/").body != first.body, "the writer's own process sees it at once"
    time[0] += 1.0
    assert other.get("/thing/1/").body != first.body
    assert other.get("/thing/2/").body == second.body


def test_a_write_that_is_rolled_back_changes_nothing(site):
    site.get("/thing/1/")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        bump("thing:1")
        _ = 1 // 0
    site.edge.watch.due = 0
    site.get("/thing/1/")
    assert RENDERED == ["/thing/1/"]


def test_a_transaction_raises_a_tag_once_but_not_by_a_savepoint_that_was_undone():
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            bump("a")
            _ = 1 // 0
        bump("a")
        bump("a", "b")
    assert dict(CacheTag.objects.values_list("tag", "version")) == {"": 2, "a": 1, "b": 1}


def test_a_write_during_the_render_is_not_lost(site, monkeypatch):
    site.get("/plain/")
    application, first = site.edge.application, []

    def slow(environ, start_response):
        answer = application(environ, start_response)
        if not first:
            first.append(1)
            bump("thing:1")
            site.get("/plain/")
        return answer

    site.edge.application = slow
    site.get("/thing/1/")
    site.edge.watch.due = 0
    site.get("/thing/1/")
    assert RENDERED.count("/thing/1/") == 2


def test_64_readers_cause_one_render_per_version(site):
    former = None
    for version in range(3):
        answers = at_once(64, lambda n: site.get("/thing/5/"))
        assert {answer.status for answer in answers} == {200}
        bodies = {answer.body for answer in answers} - {former}
        assert len(bodies) == 1 and RENDERED.count("/thing/5/") == version + 1
        former = bodies.pop()
        assert site.get("/thing/5/").body == former
        bump("thing:5")


def test_while_one_renders_the_others_get_the_former_page_for_a_moment_and_then_wait(site, monkeypatch):
    first = site.get("/thing/1/")
    application, entered, go = site.edge.application, threading.Event(), threading.Event()

    def slow(environ, start_response):
        entered.set()
        assert go.wait(10)
        return application(environ, start_response)

    site.edge.application = slow
    bump("thing:1")
    with ThreadPoolExecutor(3) as pool:
        mine = pool.submit(lambda: (site.get("/thing/1/"), connection.close())[0])
        assert entered.wait(10)
        assert site.get("/thing/1/").body == first.body
        page = next(iter(site.edge.store.pages.values()))
        page.moved -= store.GRACE
        theirs = pool.submit(lambda: (site.get("/thing/1/"), connection.close())[0])
        assert not theirs.done()
        go.set()
        assert theirs.result().body == mine.result().body != first.body
    assert RENDERED.count("/thing/1/") == 2


def test_a_page_that_moved_and_that_nobody_asks_for_goes(site):
    site.get("/thing/1/"), site.get("/thing/2/")
    bump("thing:1")
    site.get("/thing/2/")
    (moved,) = [page for page in site.edge.store.pages.values() if page.moved]
    moved.moved -= store.GRACE
    bump("thing:3")
    site.get("/thing/2/")
    assert [key.path for key in site.edge.store.pages] == ["/thing/2/"]


def test_the_looks_and_the_grace_together_leave_no_reader_behind_by_more_than_a_second():
    assert tags.EVERY + store.GRACE < 1


def test_a_page_of_nothing_is_rendered_once_for_all_who_wait(site):
    assert site.get("/moved/").headers["location"] == "/plain/"
    assert RENDERED == ["/moved/"]
    assert site.get("/nowhere/").status == 404


def test_head_says_what_get_would(site):
    head = site.get("/plain/", "HEAD")
    get = site.get("/plain/")
    assert head.body == b"" and head.headers == get.headers
    assert RENDERED == ["/plain/"]


def test_each_host_has_its_own_page_and_a_foreign_one_none(site):
    assert "testserver" in site.get("/plain/").text
    assert "localhost:8000" in site.get("/plain/", HTTP_HOST="LOCALHOST:8000").text
    assert site.get("/plain/", HTTP_HOST="canary.example").status == 400
    assert site.get("/plain/", HTTP_HOST="").status in (200, 400)
    assert {key.host for key in site.edge.store.pages} == {"testserver", "localhost:8000"}


def test_https_and_http_are_two_pages(site):
    assert "https://testserver" not in site.get("/plain/").text
    assert "https://testserver" in site.get("/plain/", **{"wsgi.url_scheme": "https"}).text
    with override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")):
        assert "https://testserver" in site.get("/plain/", HTTP_X_FORWARDED_PROTO="https").text
    assert len(site.edge.store.pages) == 2


def test_language_and_modes_are_variants_and_unknown_values_are_none(site):
    assert site.get("/plain/", HTTP_COOKIE="linli_lang=en").headers["content-language"] == "en"
    assert "elder" in site.get("/plain/", HTTP_COOKIE="linli_mode=elder; linli_size=3").text
    assert "elder" not in site.get("/plain/").text
    for cookie in ("linli_mode=x", "linli_lang=fr", "linli_lang=zh-hans", "a=b", ";;=;", "linli_size=1"):
        site.get("/plain/", HTTP_COOKIE=cookie)
    site.get("/plain/", HTTP_ACCEPT_LANGUAGE="en")
    assert len(RENDERED) == 3


def test_zipped_and_plain_have_tags_of_their_own_and_304(site):
    plain = site.get("/plain/")
    zipped = site.get("/plain/", HTTP_ACCEPT_ENCODING="br, gzip")
    assert zipped.headers["content-encoding"] == "gzip" and zipped.text == plain.text
    assert int(zipped.headers["content-length"]) == len(zipped.body) < len(plain.body)
    assert "content-encoding" not in site.get("/plain/", HTTP_ACCEPT_ENCODING="br, gzip;q=0").headers
    assert plain.headers["etag"] != zipped.headers["etag"] and not plain.headers["etag"].startswith("W/")
    for tag in (plain.headers["etag"], f'"x", W/{plain.headers["etag"]}', "*"):
        answer = site.get("/plain/", HTTP_IF_NONE_MATCH=tag)
        assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", plain.headers["etag"])
    assert site.get("/plain/", HTTP_IF_NONE_MATCH=zipped.headers["etag"]).status == 200
    assert "cookie" in plain.headers["vary"].lower() and plain.headers["cache-control"] == "no-cache"


def test_memory_is_bounded(site):
    small = Site(most_bytes=40_000)
    for n in range(30):
        small.get(f"/plain/?page={n}")
    assert small.edge.store.size <= 40_000
    assert 0 < len(small.edge.store.pages) < 30
    assert small.edge.store.size == sum(page.size for page in small.edge.store.pages.values())
    small.get("/plain/?page=29")
    assert RENDERED.count("/plain/?page=29") == 1
    small.edge.store.clear()
    assert small.edge.store.size == 0


def test_with_the_database_away_kept_pages_are_given_for_half_a_minute(site, monkeypatch):
    time = [1000.0]
    monkeypatch.setattr(tags.time, "monotonic", lambda: time[0])
    first = site.get("/plain/")

    def broken(*args, **kw):
        raise OperationalError("away")

    monkeypatch.setattr(tags, "read", broken)
    time[0] += 20
    late = site.get("/plain/")
    assert late.body == first.body and late.headers["x-linli-behind"] == "20"
    time[0] += 11
    assert "etag" not in site.get("/plain/").headers, "passed through"
    monkeypatch.undo()


def test_looking_costs_one_row_and_two_looks_a_second(site, monkeypatch, django_assert_num_queries):
    time = [1000.0]
    monkeypatch.setattr(tags.time, "monotonic", lambda: time[0])
    site.get("/plain/")
    with django_assert_num_queries(0):
        for _ in range(20):
            site.get("/plain/")
    time[0] += 0.5
    with django_assert_num_queries(1):
        for _ in range(20):
            site.get("/plain/")
    assert connection.vendor
