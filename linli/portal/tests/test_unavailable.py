"""When the database fails: 503 with Retry-After in the reader's language, whatever failed and wherever; where only
writing fails, reading goes on."""

import pytest
from django.contrib import messages
from django.db import (
    DatabaseError,
    DataError,
    InterfaceError,
    InternalError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
    connection,
)
from django.http import HttpResponse
from django.urls import include, path

from linli.common import audit, clock
from linli.common.middleware import on_the_side
from linli.design.tests.words import words as read_words
from linli.messaging.models import Delivery
from linli.messaging.rules import Channel
from linli.messaging.tests.factories import write
from linli.people.tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
TROUBLES = [
    OperationalError("database is locked"), OperationalError("database or disk is full"), OperationalError("disk I/O error"),
    OperationalError("connection to server failed: Connection refused"), OperationalError("server closed the connection"),
    InterfaceError("connection already closed"), DatabaseError("database disk image is malformed"), InternalError("canary"),
    DataError("canary"), ProgrammingError("no such table"), NotSupportedError("canary"),
]  # fmt: skip
_raised = []


def failing(request):
    raise _raised[0]


def talkative(request):
    """Reads, and on the side writes into the session."""
    messages.success(request, "x")
    request.session["seen"] = request.session.get("seen", 0) + 1
    return HttpResponse("what was asked for")


urlpatterns = [path("failing/", failing), path("talkative/", talkative), path("", include("linli.config.urls"))]
handler500 = "linli.design.errors.server_error"


@pytest.fixture
def reader(client):
    client.raise_request_exception = False
    client.person = make_person("何立群")
    client.force_login(client.person)
    return client


def down(execute, sql, params, many, context):
    raise OperationalError("connection refused")


def full(execute, sql, params, many, context):
    if sql.split(maxsplit=1)[0].upper() in ("INSERT", "UPDATE", "DELETE"):
        raise OperationalError("database or disk is full")
    return execute(sql, params, many, context)


@pytest.mark.parametrize("error", TROUBLES, ids=lambda error: f"{type(error).__name__}: {error}")
def test_every_trouble_of_the_database_is_a_503_in_the_readers_language(reader, error):
    _raised[:] = [error]
    for language, read, written in (("", "这一页暂时打不开", "没有保存"), ("en", "cannot be opened", "was not saved")):
        reader.cookies["linli_lang"] = language
        for method, words in (("get", read), ("post", written)):
            answer = getattr(reader, method)("/failing/")
            text = answer.content.decode()
            assert answer.status_code == 503 and answer["Retry-After"] == "30" and answer["Cache-Control"] == "no-store"
            assert words in read_words(text) and f'lang="{language or "zh-Hans"}"' in text
            assert len(answer["X-Request-Id"]) == 10 and "<b>" + answer["X-Request-Id"][:3] in text
            assert str(error) not in text


@pytest.mark.parametrize(("language", "words"), [("", "正在歇一口气"), ("en", "We are taking a breath")])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", ["/", "/me/", "/inbox/", "/account/login/", "/desk/"])
def test_a_database_that_is_down_is_told_by_every_layer(reader, method, address, language, words):
    reader.cookies["linli_lang"] = language
    with connection.execute_wrapper(down):
        answer = getattr(reader, method)(address, {"phone": "555 0100"} if method == "post" else None)
    assert answer.status_code in ((503,) if method == "get" else (503, 405)), answer.status_code
    if answer.status_code == 503:
        assert words in answer.content.decode() and answer["Retry-After"]


def test_a_fault_of_ours_stays_a_500_in_the_readers_language(reader):
    _raised[:] = [ZeroDivisionError("x")]
    reader.cookies["linli_lang"] = "en"
    answer = reader.get("/failing/")
    assert answer.status_code == 500 and 'lang="en"' in answer.content.decode() and answer["X-Request-Id"]


def test_a_full_disk_leaves_reading_alive(reader):
    with connection.execute_wrapper(full):
        assert reader.get("/talkative/").content == b"what was asked for"
        for address in ("/", "/phones/", "/find/", "/me/", "/inbox/", "/inbox/count/", "/about/"):
            assert reader.get(address).status_code == 200, address
        answer = reader.post("/talkative/")
        assert answer.status_code == 503 and "没有保存" in read_words(answer.content.decode())
    assert reader.get("/talkative/").status_code == 200 and reader.session["seen"] == 1


def test_a_letter_can_be_read_on_a_full_disk_and_stays_unread(reader):
    person = reader.person
    write(person)
    delivery = Delivery.objects.get(person=person, channel=Channel.INBOX)
    with connection.execute_wrapper(full):
        assert reader.get(f"/inbox/{delivery.pk}/").status_code == 200
    assert Delivery.objects.get(pk=delivery.pk).opened_at is None
    assert reader.get(f"/inbox/{delivery.pk}/").status_code == 200
    assert Delivery.objects.get(pk=delivery.pk).opened_at is not None


def test_what_must_leave_a_trace_is_not_shown_without_one(reader):
    """The audit is no write on the side."""
    with connection.execute_wrapper(full), pytest.raises(OperationalError):
        audit.record(actor=None, action="person.open", now=clock.now())
    with connection.execute_wrapper(full):
        assert not on_the_side(lambda: audit.record(actor=None, action="seen", now=clock.now()))
