"""Static files straight from WSGI."""

import gzip
import hashlib
from pathlib import Path

import pytest
from django.test import RequestFactory

from linli.design import static_files

HERE = Path(__file__).parents[1]
HTMX = "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"


@pytest.fixture
def files():
    return static_files.Files()


def get(files, name, **headers):
    return files.answer(RequestFactory().get("/static/" + name, headers=headers), name)


def test_the_vendored_htmx_is_the_published_one():
    data = (HERE / "static/design/vendor/htmx-4.0.1.min.js").read_bytes()
    assert hashlib.sha256(data).hexdigest() == HTMX


def test_a_file_comes_zipped_to_a_browser_that_can_unzip(files):
    plain = get(files, "design/tokens.css")
    zipped = get(files, "design/tokens.css", accept_encoding="gzip, br")
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert plain["Content-Type"] == "text/css; charset=utf-8"
    assert "Accept-Encoding" in plain["Vary"]


@pytest.mark.parametrize(
    "name",
    [
        "../apps.py",
        "design/../../apps.py",
        "/etc/passwd",
        "design/%2e%2e/apps.py",
        "..\\apps.py",
        "design/",
        "",
        "design\x00",
    ],
)
def test_no_path_leads_out_of_the_folder(files, name):
    assert get(files, name).status_code == 404


def test_after_collecting_only_collected_names_are_answered(files, tmp_path):
    inside = tmp_path / "app.0123456789ab.css"
    inside.write_text("x")
    files.index = {inside.name: inside}
    assert get(files, inside.name)["Cache-Control"] == static_files.FOREVER
    assert get(files, "design/tokens.css").status_code == 404
    assert get(files, "../" + inside.name).status_code == 404


def test_names_without_a_hash_are_kept_for_minutes_only(files):
    assert get(files, "design/tokens.css")["Cache-Control"] == static_files.SHORT


def test_an_unchanged_file_is_not_sent_again(files):
    first = get(files, "design/icons.svg")
    again = get(files, "design/icons.svg", if_modified_since=first["Last-Modified"])
    assert again.status_code == 304
    assert not again.content


def test_nothing_can_be_posted_to_a_file(files):
    request = RequestFactory().post("/static/design/tokens.css")
    assert files.answer(request, "design/tokens.css").status_code == 405
