"""Display modes: cookies, their door, and the safe way back."""

import pytest
from django.test import RequestFactory

from linli.design import modes, views
from linli.design.middleware import ModesMiddleware


def set_modes(query):
    return views.set_modes(RequestFactory().get("/modes/", query))


def test_elder_mode_is_one_press_and_is_remembered():
    response = set_modes({"mode": "elder", "next": "/places/1/"})
    assert response["Location"] == "/places/1/"
    cookie = response.cookies["linli_mode"]
    assert cookie.value == "elder"
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and int(cookie["max-age"]) == modes.YEAR


def test_off_takes_a_choice_back():
    assert set_modes({"mode": "off"}).cookies["linli_mode"]["max-age"] == 0


@pytest.mark.parametrize(
    ("key", "value"), [("mode", "young"), ("size", "99"), ("theme", "<script>"), ("lang", "xx")]
)
def test_unknown_choices_are_not_kept(key, value):
    assert all(not cookie.value for cookie in set_modes({key: value}).cookies.values())


@pytest.mark.parametrize(
    "away",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
        "/\t/evil.example", "/\n/evil.example", "///evil.example", "http:evil.example", "evil", "", " //evil.example",
        "/%0d%0aSet-Cookie:x".replace("%0d%0a", "\r\n"),
    ],
)  # fmt: skip
def test_the_way_back_never_leads_to_another_site(away):
    assert set_modes({"next": away, "mode": "elder"})["Location"] == "/"


def test_the_way_back_keeps_its_query():
    assert set_modes({"next": "/find/?q=%E7%BA%BA&page=2"})["Location"] == "/find/?q=%E7%BA%BA&page=2"


def page(cookies="", accept=""):
    from django.http import HttpResponse
    from django.utils import translation

    request = RequestFactory().get("/", headers={"cookie": cookies, "accept-language": accept})
    response = ModesMiddleware(lambda r: HttpResponse(translation.get_language()))(request)
    return request, response


def test_the_browsers_language_is_not_asked():
    _, response = page(accept="en-GB,en")
    assert response.content == b"zh-hans"
    assert response["Content-Language"] == "zh-Hans"


def test_english_is_chosen_by_cookie():
    _, response = page("linli_lang=en")
    assert response.content == b"en"
    assert response["Content-Language"] == "en"
    assert "Cookie" in response["Vary"]


def test_a_spoiled_cookie_counts_as_none():
    request, response = page('linli_lang=../../x; linli_mode="><script>; linli_size=3')
    assert request.modes == modes.Modes(size="3")
    assert response.content == b"zh-hans"


def test_text_size_goes_round():
    assert [modes.Modes(size=size).next_size for size in ("", "2", "3")] == ["2", "3", "1"]
    assert set_modes({"size": "1"}).cookies["linli_size"]["max-age"] == 0
