"""Conditional polling of live counters."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from linli.common import polling
from linli.common.models import CacheTag

pytestmark = pytest.mark.django_db


def ask(name, etag="", status=200, varies=""):
    request = RequestFactory().get("/count/", headers={"If-None-Match": etag} if etag else {})
    return polling.conditional(request, name, lambda: HttpResponse("3", status=status), varies=varies)


def test_who_has_the_version_hears_that_nothing_changed(django_assert_num_queries):
    first = ask("inbox:a")
    with django_assert_num_queries(1):
        again = ask("inbox:a", first["ETag"])
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again["ETag"] == first["ETag"] and again["Cache-Control"] == "private, no-cache" and again["Vary"] == "Cookie"


def test_a_change_is_heard_by_whom_it_concerns_alone():
    mine, other = ask("inbox:a"), ask("inbox:b")
    polling.touch("inbox:a")
    assert ask("inbox:a", mine["ETag"]).status_code == 200
    assert ask("inbox:b", other["ETag"]).status_code == 304


def test_the_next_person_at_the_same_browser_gets_his_own():
    assert ask("inbox:b", ask("inbox:a")["ETag"]).status_code == 200
    assert ask("inbox:a", ask("inbox:a")["ETag"], varies="post-2").status_code == 200


def test_a_failure_is_not_tagged():
    assert "ETag" not in ask("inbox:a", status=503)


def test_kept_pages_take_no_notice():
    polling.touch("inbox:a")
    polling.touch("inbox:a")
    assert list(CacheTag.objects.values_list("tag", "version")) == [("live:inbox:a", 2)]
    assert polling.version("inbox:a") == 2
