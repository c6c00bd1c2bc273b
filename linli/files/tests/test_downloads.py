"""Every download is asked for; nothing of an upload ever runs."""

import uuid

import pytest

from linli.files import api, storage
from linli.people.tests.factories import NOW, actor_of, make_person

from . import factories
from .factories import KIND, PDF, picture, uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(monkeypatch, tmp_path):
    monkeypatch.setattr(storage, "root", lambda: tmp_path / "files")
    factories.register()


@pytest.fixture
def person():
    return make_person()


def store(content, person, name="合同.pdf"):
    factories.VIEWERS["1"] = {person.pk}
    return api.store_upload(uploaded(content, name), owner=(KIND, "1"), by=actor_of(person), purpose="test", now=NOW)


def body(response):
    return b"".join(response.streaming_content)


def test_the_one_who_may_sees_it_and_nobody_else(client, person):
    file = store(PDF, person)
    url = f"/files/{file.pk}/file"
    assert client.get(url).status_code == 404
    client.force_login(make_person("陌生人"))
    assert client.get(url).status_code == 404
    client.force_login(person)
    response = client.get(url)
    assert response.status_code == 200 and body(response) == PDF
    factories.VIEWERS["1"] = set()
    assert client.get(url).status_code == 404  # asked anew each time


def test_what_does_not_exist_answers_like_what_is_hidden(client, person):
    file = store(PDF, person)
    hidden = client.get(f"/files/{file.pk}/file")
    client.force_login(person)
    for url in (f"/files/{uuid.uuid4()}/file", f"/files/{file.pk}/large", "/files/x/file", f"/files/{file.pk}/..%2f..%2fsecrets"):
        assert client.get(url).status_code == 404
    assert hidden.status_code == 404


def test_a_document_is_only_ever_saved_never_shown_or_run(client, person):
    file = store(PDF, person, name='租赁"合同\r\nX: y.html')
    client.force_login(person)
    response = client.get(f"/files/{file.pk}/file")
    assert response["Content-Disposition"].startswith("attachment;") and "\n" not in response["Content-Disposition"]
    assert response["Content-Type"] == "application/pdf" and response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "private" in response["Cache-Control"] and "X" not in response.headers


def test_a_public_picture_is_kept_by_caches_and_a_private_one_is_not(client, person):
    file = store(picture(60, 40), person, name="a.jpg")
    client.force_login(person)
    assert "private" in client.get(f"/files/{file.pk}/small")["Cache-Control"]
    factories.register(public=True)
    factories.VIEWERS["1"] = {"*"}
    response = client.get(f"/files/{file.pk}/small")
    assert response["Cache-Control"].startswith("public") or "public" in response["Cache-Control"]
    assert response["Content-Type"] == "image/webp" and response["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-9", 206, slice(0, 10)), ("bytes=10-", 206, slice(10, None)), ("bytes=-5", 206, slice(-5, None)),
        ("bytes=0-999999", 206, slice(0, None)), ("bytes=99999-", 416, None), ("bytes=5-2", 416, None),
        ("bytes=0-1,3-4", 200, slice(0, None)), ("lines=1-2", 200, slice(0, None)), ("bytes=-", 200, slice(0, None)),
    ],
)  # fmt: skip
def test_parts_of_a_file_can_be_asked_for(client, person, asked, status, part):
    file = store(PDF, person)
    client.force_login(person)
    response = client.get(f"/files/{file.pk}/file", headers={"range": asked})
    assert response.status_code == status
    if part is not None:
        got = body(response)
        assert got == PDF[part] and response["Content-Length"] == str(len(got))


def test_what_the_browser_has_already_is_not_sent_again_but_still_asked_for(client, person):
    file = store(PDF, person)
    client.force_login(person)
    etag = client.get(f"/files/{file.pk}/file")["ETag"]
    assert client.get(f"/files/{file.pk}/file", headers={"if-none-match": etag}).status_code == 304
    factories.VIEWERS["1"] = set()
    assert client.get(f"/files/{file.pk}/file", headers={"if-none-match": etag}).status_code == 404


def test_a_head_has_the_length_and_no_body_and_other_verbs_do_nothing(client, person):
    file = store(PDF, person)
    client.force_login(person)
    response = client.head(f"/files/{file.pk}/file")
    assert response["Content-Length"] == str(len(PDF)) and body(response) == b""
    assert client.post(f"/files/{file.pk}/file").status_code == 405


def test_lost_bytes_are_a_404_and_no_error(client, person):
    file = store(PDF, person)
    client.force_login(person)
    storage.remove(file.folder)
    assert client.get(f"/files/{file.pk}/file").status_code == 404
