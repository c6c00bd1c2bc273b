"""The public pages as the page cache keeps them: each is kept, none holds a person's own, each verb moves it."""

from datetime import timedelta

import pytest
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from linli.areas.api import rename_area
from linli.areas.tests.factories import make_cell
from linli.common import clock
from linli.common.pagecache import parts
from linli.common.pagecache.parts import forget
from linli.common.tests.cache_kit import Site
from linli.people.actions.account import change_name
from linli.people.actions.bodies import edit_body
from linli.people.actions.posts import appoint, dismiss
from linli.people.policy import Actor, load_holdings
from linli.people.rules import BodyKind, Role
from linli.people.tests.factories import TODAY, make_body, make_person, make_post, make_residency

pytestmark = pytest.mark.django_db(transaction=True)
CANARY = "金丝雀"


@pytest.fixture
def town():
    places = make_cell()
    places["office"] = make_body(BodyKind.STREET_OFFICE, places["street"], name="柳渡街道办", phone="555 0100")
    places["committee"] = make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"], name="青砖里居委会", phone="555 0110")
    head = make_person("沈玉兰")
    make_post(head, places["office"], Role.STREET_OFFICE, is_head=True)
    places["actor"] = Actor(person=head, holdings=(holdings := load_holdings(head, TODAY)), acting=holdings[0])
    return places


def paths(town):
    return [
        "/", "/find/", "/phones/", "/about/", "/privacy/", "/accessibility/", "/design/",
        *(reverse("portal:place", args=[town[key].pk]) for key in ("community_a", "compound_a1", "building")),
        reverse("people:body", args=[town["committee"].pk]),
    ]  # fmt: skip


def declared(resolver=None):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from declared(entry)
        elif hasattr(entry.callback, "page_cache"):
            yield entry


def test_only_public_pages_are_declared():
    found = list(declared())
    assert len(found) >= 10
    assert {getattr(entry.callback, "access", "public") for entry in found} == {"public"}


def test_every_public_page_is_kept_in_each_language_and_mode(town):
    site = Site(8 << 20)
    for path in paths(town):
        for cookie in ("", "linli_lang=en", "linli_mode=elder"):
            first, second = site.get(path, HTTP_COOKIE=cookie), site.get(path, HTTP_COOKIE=cookie)
            assert (first.status, second.status) == (200, 200)
            assert "etag" in second.headers, path
    assert site.edge.renders == site.edge.hits == 3 * len(paths(town))


def test_nothing_of_a_signed_in_person_is_ever_kept(town, client):
    person = make_person(CANARY)
    make_post(person, town["committee"], Role.RESIDENTS_COMMITTEE, title="社工")
    client.force_login(person)
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    site = Site(8 << 20)
    for path in paths(town):
        assert CANARY in site.get(path, HTTP_COOKIE=cookie).text or path.startswith("/design/"), path
    assert not site.edge.store.pages
    for path in paths(town):
        site.get(path)
        site.get(path, HTTP_COOKIE="csrftoken=" + "c" * 32)
    kept = site.everything_kept().decode()
    person_page = reverse("people:body", args=[town["committee"].pk])
    assert client.session.session_key not in kept and "c" * 32 not in kept and "csrf" not in kept
    assert all(CANARY not in site.get(path).text for path in paths(town) if path != person_page), "but as the office's clerk"
    assert "退出" not in kept and "method=\"post\"" not in kept


def test_the_forms_for_display_modes_on_a_kept_page_lead_back_to_it(town):
    site = Site()
    path = reverse("portal:place", args=[town["building"].pk])
    assert f'name="next" value="{path}"' in site.get(path).text
    answer = site.get(f"/modes/?next={path}&mode=elder")
    assert answer.headers["location"] == path
    chosen = answer.headers["set-cookie"].split(";")[0]
    assert 'data-mode="elder"' in site.get(path, HTTP_COOKIE=chosen).text
    assert 'data-mode="elder"' not in site.get(path).text


def test_each_verb_moves_the_pages_that_show_its_work(town):
    site, actor, now = Site(8 << 20), town["actor"], clock.now()
    day = clock.local_date(now)
    page = reverse("people:body", args=[town["committee"].pk])
    for path in paths(town):
        site.get(path)
    edit_body(actor=actor, body=town["committee"], phone="555 0199", address="", hours="", now=now)
    assert "0199" in site.get("/phones/").text and "0199" in site.get(page).text
    rename_area(area=town["community_a"], name="新砖里", official_name="新砖里社区居委会", on=TODAY)
    assert "新砖里" in site.get("/").text
    person = make_person("何小满")
    post = appoint(actor=actor, person=person, body=town["committee"], role=Role.RESIDENTS_COMMITTEE, title="社工", since=day, now=now)
    assert "何小满" in site.get(page).text
    change_name(person=person, name="何满满", language="", by=Actor(person=person), now=now)
    assert "何满满" in site.get(page).text
    dismiss(actor=actor, post=post, reason="调走", now=now)
    assert "何满满" not in site.get(page).text


def test_a_search_is_never_kept(town):
    site = Site()
    assert "青砖里" in site.get("/find/?q=%E9%9D%92%E7%A0%96").text
    assert not site.edge.store.pages


@pytest.fixture
def keeping(settings):
    settings.LINLI_PAGE_CACHE = 16
    forget()
    yield
    forget()


def home_of(client, cookie=""):
    client.cookies["linli_lang"] = cookie
    return client.get("/").content.decode()


def test_kept_parts_hold_nothing_of_a_person_and_are_never_late(town, client, keeping):
    canary = make_person(CANARY)
    client.force_login(canary)
    assert CANARY in home_of(client)
    assert CANARY not in repr(parts._parts) and "csrf" not in repr(parts._parts)
    client.logout()
    assert CANARY not in home_of(client)
    edit_body(actor=town["actor"], body=town["office"], phone="555 0177", address="", hours="", now=clock.now())
    assert "0177" in home_of(client), "at once, not a second later"
    assert "Communities" in home_of(client, "en") and "社区" in home_of(client)


def test_kept_parts_end_at_midnight(keeping, monkeypatch):
    now, made = clock.now(), []
    monkeypatch.setattr(clock, "now", lambda: now)
    for _ in range(2):
        parts.kept("x", lambda: str(made.append(1)))
    now += timedelta(days=1)
    parts.kept("x", lambda: str(made.append(1)))
    assert len(made) == 2


def test_the_parts_that_are_kept_are_few(keeping):
    for n in range(2 * parts.MOST):
        parts.kept(n, lambda: "x")
    assert len(parts._parts) == parts.MOST


@pytest.mark.parametrize(
    ("who", "path", "cold", "warm"),
    [
        ("nobody", "/", 9, 3), ("resident", "/", 13, 7), ("clerk", "/", 16, 10), ("nobody", "/phones/", 4, 3),
        ("nobody", "/about/", 4, 3), ("resident", "/me/", 17, 17), ("clerk", "/desk/", 23, 23),
    ],
)  # fmt: skip
def test_the_main_pages_take_few_queries(town, client, keeping, django_assert_max_num_queries, who, path, cold, warm):
    """Cold: nothing is kept yet (and each look for tags counts); warm: the second reader."""
    if who != "nobody":
        person = make_person("何立群")
        make_residency(person, town["home"])
        if who == "clerk":
            make_post(person, town["committee"], Role.RESIDENTS_COMMITTEE)
        client.force_login(person)
    with django_assert_max_num_queries(cold + 3):
        assert client.get(path).status_code == 200
    with django_assert_max_num_queries(warm):
        client.get(path)
