"""The outbox of a demo, as its reader sees it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from linli.design.tests.words import words as read_words
from linli.gateways import api
from linli.gateways.models import OutgoingMessage
from linli.gateways.rules import Kind

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 19, 8, 0, tzinfo=UTC)


@pytest.fixture
def url():
    return reverse("gateways:outbox")


def sms(n=204816, now=NOW):
    return api.send_sms(to="+8613800001234", text=f"您的验证码是 {n}。", kind=Kind.CODE, now=now)


def test_the_newest_code_can_be_read_and_no_number(client, url):
    sms()
    page = client.get(url).content.decode()
    assert "204816" in page
    assert "138****1234" in page
    assert "13800001234" not in page


def test_words_of_a_message_are_shown_as_words(client, url):
    api.send_sms(to="+8613800001234", text="<script>alert(1)</script>", kind=Kind.NOTICE, now=NOW)
    assert "<script>alert" not in client.get(url).content.decode()


def test_one_goes_back_page_by_page_and_sees_each_once(client, url):
    for n in range(45):
        sms(300000 + n, NOW + timedelta(seconds=n))
    keys = [str(pk) for pk in OutgoingMessage.objects.order_by("-id").values_list("pk", flat=True)]
    seen, address = [], url
    while address:
        context = client.get(address).context
        seen += [str(entry.key) for entry in context["entries"]]
        address = f"{url}?before={context['older']}" if context["older"] else ""
    assert seen == keys


@pytest.mark.parametrize("n", [1, 20])
def test_it_takes_one_query_however_many_there_are(client, url, n, django_assert_num_queries):
    for _ in range(n):
        sms()
    with django_assert_num_queries(1):
        client.get(url)


def test_it_says_that_it_is_empty_and_that_it_is_a_demo(client, url):
    page = client.get(url).content.decode()
    assert "还没有发过什么" in page
    assert "只有演示版有这一页" in read_words(page)


def test_a_real_instance_has_no_such_page(client, url, settings):
    settings.LINLI_DEMO = False
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("verb", ["post", "put", "delete", "patch", "trace"])
def test_it_only_reads(client, url, verb):
    assert getattr(client, verb)(url).status_code == 405


def test_a_bent_address_is_no_page(client, url):
    assert client.get(url + "?before=1").status_code == 404
