"""What a resident sees and presses."""

import re
from datetime import timedelta

import pytest

from linli.areas.tests.factories import make_cell
from linli.common import clock
from linli.forms.models import Filling
from linli.forms.rules.states import Audience, Channel, FillingState
from linli.people.models import Mandate
from linli.people.rules import MandateHow
from linli.people.tests.factories import TODAY

from .browsing import ALL, begin, browser, page, text, typed, url, walk
from .factories import (
    NOW,
    make_clerk,
    make_filling,
    make_form,
    make_person,
    make_residency,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def time(monkeypatch):
    class Time:
        now = NOW

    frozen = Time()
    monkeypatch.setattr(clock, "now", lambda: frozen.now)
    return frozen


@pytest.fixture
def places():
    return make_cell()


def test_somebody_without_an_account_fills_in_a_form_and_sends_it(places):
    kind, client = make_form(places["compound_a1"]), browser()
    assert "开始填" in text(client.get(url("start", kind.key)))
    address = begin(client, kind)
    check = walk(client, address, *ALL)
    assert check == page(address, "check")
    shown = text(client.get(check))
    assert "院里的空地" in shown and "回来晚了没地方停、走路被车挤" in shown
    assert client.post(check).url == address
    sent = client.get(address)
    assert "交好了" in text(sent) and Filling.objects.get().state == FillingState.SENT
    assert client.post(check).url == address and Filling.objects.count() == 1


def test_nothing_personal_stands_in_the_addresses(places):
    person = make_person("何立群", phone="+8613800001234")
    client = browser(person)
    address = begin(client, make_form(places["street"], "old-age-allowance"))
    at = client.post(client.get(address).url, typed({"name": "何立群", "id_number": "11010519491231002X", "born": "1945-12-31", "age": "81", "phone": "13800001234"})).url
    assert re.fullmatch(r"/fill/[0-9a-f-]{36}/\?page=[a-z0-9-]+", at)


def test_a_form_is_only_for_who_began_it(places):
    kind = make_form(places["compound_a1"])
    address = begin(browser(), kind)
    assert browser().get(address).status_code == 404
    assert browser(make_person()).get(address).status_code == 404
    own = make_filling(kind, make_person())
    assert browser().get(url("fill", own.pk)).status_code == 404
    assert browser(make_person()).post(url("drop", own.pk)).status_code == 404
    clerk = make_clerk(places["community_a"])
    assert browser(clerk).get(url("fill", own.pk)).status_code == 404


def test_what_is_wrong_is_named_at_its_field_and_what_was_typed_stays(places):
    client = browser()
    address = begin(client, make_form(places["street"], "old-age-allowance"))
    wrong = {"name": "周秀英", "id_number": "110105194912310021", "born": "明天", "age": "八十", "phone": "1380000"}
    response = client.post(page(address, "elder"), typed(wrong))
    said = text(response)
    assert response.status_code == 200 and "有 4 处要改" in said
    assert "手机号应是 11 位，现在是 7 位" in said and "请对着证件再看一遍" in said and "日期没看懂" in said and "整数" in said
    for value in wrong.values():
        assert f'value="{value}"' in response.content.decode()
    assert Filling.objects.get().answers == {}


def test_what_is_missing_is_named(places):
    client = browser()
    address = begin(client, make_form(places["compound_a1"]))
    assert "“家里几辆车”还没填" in text(client.post(page(address, "you"), {}))
    assert "“碰到过什么”还没选" in text(client.post(page(address, "night"), {}))


@pytest.mark.parametrize("words", ["x" * 1_000_000, "a\u202eb", "<script>alert(1)</script>", "x\x00y\x1bz"])
def test_bad_text_is_refused_or_cleaned_and_never_kept_as_it_is(places, words):
    client = browser()
    address = begin(client, make_form(places["compound_a1"]))
    walk(client, address, *ALL[:6])
    response = client.post(page(address, "ideas-2"), typed({"words": words}))
    kept = Filling.objects.get().answers.get("words")
    assert kept in (None, "xyz")
    if kept is None:
        assert response.status_code == 200 and "要改" in text(response)
        assert "<script>alert" not in response.content.decode()


def test_a_page_that_the_answers_do_not_lead_to_is_refused(places):
    client = browser()
    address = begin(client, make_form(places["street"], "old-age-allowance"))
    for ask in (client.get, client.post):
        response = ask(page(address, "elsewhere"), {"page": "elsewhere", "a-registered_where": "别处"})
        assert response.status_code == 302
        assert "不用填" in text(client.get(response.url))
    assert "registered_where" not in Filling.objects.get().answers
    assert client.get(page(address, "no-such-page")).status_code == 302


def test_a_change_from_the_check_leads_back_to_it(places):
    client = browser()
    address = begin(client, make_form(places["compound_a1"]))
    walk(client, address, *ALL)
    response = client.post(page(address, "night", back="check"), typed({"trouble": ["none"]}))
    assert response.url == page(address, "check")
    response = client.post(page(address, "ideas", back="check"), typed({"measures": ["line"], "fee_ok": True}))
    assert response.url == page(address, "ideas-2")  # two cars: the fee has to be named
    assert client.get(page(address, "check")).url == page(address, "ideas-2")


def test_rows_are_added_and_empty_ones_left_out(places):
    client = browser()
    address = begin(client, make_form(places["street"], "residence-permit"))
    client.post(page(address, "family"), typed({"with_family": True}))
    at = page(address, "family-2")
    rows = {"a-family-n": "1", "a-family-0-name": "胡一", "a-family-0-relation": "child"}
    grown = client.post(at, rows | {"more": "family"})
    assert 'name="a-family-1-name"' in grown.content.decode() and 'value="胡一"' in grown.content.decode()
    wrong = client.post(at, rows | {"a-family-n": "3", "a-family-2-name": "胡二"})
    assert "“关系”" not in text(wrong) and "还没选" in text(wrong) and "a-family-2-relation" in wrong.content.decode()
    done = client.post(at, rows | {"a-family-n": "3", "a-family-2-name": "胡二", "a-family-2-relation": "other", "a-family-2-born": "2010-1-5"})
    assert done.status_code == 302
    assert Filling.objects.get().answers["family"][1] == {"name": "胡二", "relation": "other", "born": "2010-01-05"}
    many = client.post(at, {"a-family-n": "999", "more": "family"})
    assert many.content.decode().count("-relation_0") < 60


def test_one_stops_and_goes_on_by_a_link_elsewhere(places):
    client = browser()
    address = begin(client, make_form(places["compound_a1"]))
    walk(client, address, *ALL[:2])
    assert client.post(page(address, "you-3"), {"do": "later"}).url == page(address, "later")
    said = client.post(page(address, "later"))
    link = re.search(r'value="[^"]*(/fill/in/[\w-]+/)"', said.content.decode()).group(1)
    other = browser()
    opened = other.get(link)
    assert "院里" not in text(opened) and opened["Referrer-Policy"] == "no-referrer"
    assert other.get(address).status_code == 404
    assert other.post(link).url == address
    assert other.get(address).url == page(address, "you-3")
    assert browser().get("/fill/in/nothing/").status_code == 404


def test_one_goes_on_elsewhere_in_ones_account_and_what_is_known_is_marked(places):
    person = make_person("何立群", phone="+8613800001234")
    make_residency(person, places["home"])
    kind = make_form(places["street"], "old-age-allowance", audience=Audience.RESIDENTS)
    address = begin(browser(person), kind)
    other = browser(person)
    shown = other.get(other.get(address).url)
    assert "来自您的账号，2026年5月19日" in text(shown) and 'value="13800001234"' in shown.content.decode()
    assert kind.title in text(other.get(url("mine"))) and "没填完" in text(other.get(url("mine")))
    assert "您有一份没填完" in text(other.get(url("start", kind.key)))


def test_who_may_begin_is_asked(places):
    kind = make_form(places["compound_a1"], audience=Audience.RESIDENTS)
    assert "/account/login/" in browser().post(url("start", kind.key)).url
    stranger = browser(make_person())
    assert "认证过的居民" in text(stranger.get(url("start", kind.key)))
    assert stranger.post(url("start", kind.key)).status_code == 200 and not Filling.objects.exists()
    staff = make_form(places["compound_a1"], audience=Audience.STAFF)
    assert browser().get(url("start", staff.key)).status_code == 404
    draft = make_form(places["compound_a1"], published=False)
    assert browser().get(url("start", draft.key)).status_code == 404


def test_who_acts_for_another_fills_in_his_form_and_sees_his_number_masked(places):
    mother, daughter = make_person("周秀英", phone="+8613800001234"), make_person("陆文静")
    make_residency(mother, places["home"])
    mandate = Mandate.objects.create(
        principal=mother, agent=daughter, scopes=["applications"], how=MandateHow.ONLINE, since=TODAY, until=TODAY + timedelta(days=9),
        recorded_by=mother, recorded_at=NOW,
    )  # fmt: skip
    client = browser(daughter)
    session = client.session
    session["acting_for"] = str(mandate.pk)
    session.save()
    address = begin(client, make_form(places["street"], "old-age-allowance"))
    row = Filling.objects.get()
    assert (row.person_id, row.by_id, row.mandate_id, row.channel) == (mother.pk, daughter.pk, mandate.pk, Channel.HELPER)
    shown = client.get(page(address, "elder")).content.decode()
    assert "138****1234" in shown and "13800001234" not in shown
    done = client.post(page(address, "elder"), typed({"name": "", "id_number": "11010519491231002X", "born": "1945-12-31", "age": "81", "phone": ""}))
    assert done.status_code == 302 and Filling.objects.get().answers["phone"] == "+8613800001234"
    assert browser(mother).get(address).status_code == 302
    assert "13800001234" in browser(mother).get(page(address, "elder")).content.decode()
    own = begin(browser(mother), make_form(places["street"], "residence-permit"))
    assert "13800001234" not in client.get(page(own, "who")).content.decode()
