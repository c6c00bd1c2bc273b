"""The clerk who types in, the editor and the desk that reads what was sent."""

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.areas.tests.factories import make_cell
from linli.common import clock
from linli.common.models import AuditRow
from linli.forms.actions.kinds import draft_of
from linli.forms.models import Filling, FormKind, FormVersion
from linli.forms.queries import used_version
from linli.forms.rules.states import Channel
from linli.people.rules import BodyKind, Role

from .browsing import ALL, begin, browser, page, text, typed, url, walk
from .factories import (
    ALLOWANCE,
    NOW,
    VIEWS,
    actor_of,
    fill_in,
    make_body,
    make_clerk,
    make_filling,
    make_form,
    make_person,
    make_post,
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


def test_a_clerk_types_in_on_one_page_and_questions_come_up_as_the_answers_ask(places):
    station = make_body(BodyKind.SERVICE_STATION, places["community_a"])
    clerk = browser(make_post(make_person("顾晓芸"), station, Role.SERVICE_STATION).person)
    kind = make_form(places["street"], "old-age-allowance")
    assert kind.title in text(clerk.get(url("counter")))
    person = make_person(phone="+8613800001234")
    at = clerk.post(url("typing", kind.pk), {"channel": "paper", "number": "13800001234", "once": "01890000-0000-7000-8000-0000000000aa"}).url
    shown = clerk.get(at).content.decode()
    assert "138****1234" in shown and "13800001234" not in shown and "a-holder" not in shown.replace("a-holder_is_self", "")
    some = typed({key: value for key, value in ALLOWANCE.items() if key not in ("phone", "holder_is_self")} | {"holder_is_self": False})
    more = clerk.post(at, some | {"do": "refresh"})
    assert 'name="a-holder"' in more.content.decode() and "要改" not in text(more)
    lacking = clerk.post(at, some | {"do": "send"})
    assert "“卡是谁的”还没填" in text(lacking) and 'value="6222020000000001"' in lacking.content.decode()
    assert clerk.post(at, some | {"a-holder": "陆文静", "do": "send"}).url == at
    assert "编号" in text(clerk.get(at))
    row = Filling.objects.get()
    assert (row.channel, row.person, row.answers["phone"], row.answers["holder"]) == ("paper", person, "+8613800001234", "陆文静")
    assert clerk.post(at, some | {"do": "send"}).url == at and Filling.objects.count() == 1


def test_the_telephone_says_what_to_ask(places):
    clerk = browser(make_clerk(places["community_a"]))
    kind = make_form(places["compound_a1"])
    at = clerk.post(url("typing", kind.pk), {"channel": "phone", "number": "", "once": "01890000-0000-7000-8000-0000000000ab"}).url
    said = text(clerk.get(at))
    assert "家里有几辆车？没有就说没有。" in said and "读给他听：" in said
    assert "一般停在哪里" in text(clerk.post(at, {"a-cars": "1", "do": "refresh"}))


def test_only_who_types_it_in_has_it(places):
    kind = make_form(places["compound_a1"])
    mine = make_clerk(places["community_a"])
    row = make_filling(kind, by=actor_of(mine), channel=Channel.COUNTER)
    other = make_clerk(places["community_a"], name="宋佳明")
    assert browser(other).get(url("typed", row.pk)).status_code == 404
    assert browser(mine).get(url("fill", row.pk)).status_code == 404
    far = make_clerk(places["community_b"], name="别处")
    assert browser(far).get(url("typing", kind.pk)).status_code == 404


def test_paper_has_every_question_and_its_condition(places):
    kind = make_form(places["street"], "residence-permit")
    said = text(browser().get(url("paper", kind.key)))
    assert "“房子是”是“租的”，才填" in said and "房东姓名" in said and "第 1 版" in said
    assert "data:image/svg+xml" in browser().get(url("paper", kind.key)).content.decode()


def test_results_are_masked_in_the_list_and_a_look_is_on_record(places):
    kind = make_form(places["street"], "old-age-allowance")
    person = make_person(phone="+8613800001234")
    row = fill_in(make_filling(kind, person), ALLOWANCE)
    desk = browser(make_post(make_person(), kind.body, Role.RESIDENTS_COMMITTEE).person)
    listed = text(desk.get(url("results", kind.pk)))
    assert "周**" in listed and "周秀英" not in listed
    assert not AuditRow.objects.filter(action="filling.read").exists()
    assert "周秀英" in text(desk.get(url("result", row.pk)))
    assert AuditRow.objects.get(action="filling.read").about == person.pk
    other = browser(make_clerk(places["street"], name="别的单位"))
    for address in (url("results", kind.pk), url("result", row.pk), url("export", kind.pk), url("one", kind.pk), url("edit", kind.pk)):
        assert other.get(address).status_code == 404


def take(client, kind, **more):
    response = client.post(url("export", kind.pk), {"file": "csv", "purpose": "排车位", **more})
    return b"".join(response.streaming_content)


def test_the_table_is_masked_unless_asked_for_and_never_holds_a_formula(places):
    kind = make_form(places["street"], "old-age-allowance")
    person = make_person()
    fill_in(make_filling(kind, person), ALLOWANCE | {"address": "=HYPERLINK(1)"})
    desk = browser(make_post(make_person(), kind.body, Role.RESIDENTS_COMMITTEE).person)
    assert "“用来做什么”还没填" in text(desk.post(url("export", kind.pk), {"file": "csv"}))
    masked = take(desk, kind).decode()
    assert "周秀英" not in masked and "138****1234" in masked and "11010519491231002X" not in masked
    assert not AuditRow.objects.filter(action="filling.export").exists()
    clear = take(desk, kind, in_clear="on").decode()
    assert "周秀英" in clear and "'=HYPERLINK(1)" in clear
    assert AuditRow.objects.get(action="filling.export").about == person.pk
    book = zipfile.ZipFile(io.BytesIO(take(desk, kind, in_clear="on", file="xlsx")))
    assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()


def editor(places, **more):
    kind = make_form(places["compound_a1"], **more)
    return kind, browser(make_post(make_person("方建国"), kind.body, Role.RESIDENTS_COMMITTEE).person)


def draft(kind):
    return FormVersion.objects.get(kind=kind, state="draft")


def test_a_form_is_made_by_plain_forms_from_nothing_to_publishing(places):
    body = make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"])
    desk = browser(make_post(make_person("沈玉兰"), body, Role.RESIDENTS_COMMITTEE).person)
    new = {"title": "护河日报名", "key": "river-day", "place": places["community_a"].pk, "audience": "anyone", "copy": ""}
    assert "只用小写" in text(desk.post(url("new"), new | {"key": "River"}))
    edit = desk.post(url("new"), new).url
    kind = FormKind.objects.get(key="river-day")
    assert "已经有人用了" in text(desk.post(url("new"), new))
    assert "还没有步骤" in text(desk.get(url("publish", kind.pk)))
    frame = {"title_zh": "报名", "title_en": "Sign up", "revision": 0, "joint": "all"}
    assert desk.post(url("step", kind.pk), frame).status_code == 302
    ask = url("field", kind.pk) + "?add=step1"
    base = {"joint": "all", "may_correct": "on", "least": "", "most": ""}
    one = base | {"title_zh": "来不来", "kind": "choice", "options": "来 | Yes\n不来 | No", "required": "on", "revision": 1}
    assert "一行一个" in text(desk.post(ask, one | {"options": ""}))
    assert desk.post(ask, one).status_code == 302
    two = base | {"title_zh": "几个人", "kind": "integer", "least": "1", "most": "9", "required": "on", "revision": 2, "test0": "equals:q1:o1"}
    assert desk.post(ask, two).status_code == 302
    three = base | {"title_zh": "小朋友几岁", "kind": "text", "revision": 3, "test0": "at_least:q2", "number0": ""}
    assert "“不少于”要写一个数" in text(desk.post(ask, three))
    assert desk.post(ask, three | {"number0": "2"}).status_code == 302
    shown = text(desk.get(edit))
    assert "“来不来”是“来”，才问" in shown and "“几个人”不少于 2，才问" in shown
    assert "不在前面" in text(desk.post(edit, {"do": "field-up", "key": "q2", "revision": 4}, follow=True))
    assert "为什么" in text(desk.post(url("publish", kind.pk), {"revision": 4}))
    assert desk.post(url("publish", kind.pk), {"revision": 4, "why": "报名用"}).status_code == 302
    client = browser()
    address = begin(client, kind)
    assert walk(client, address, {"q1": "o1"}, {"q2": "3"}, {"q3": "五岁"}) == page(address, "check")


def test_the_second_editor_is_told_and_keeps_what_he_typed(places):
    kind, one = editor(places)
    one.post(url("edit", kind.pk))
    other = browser(make_post(make_person("宋佳明"), kind.body, Role.RESIDENTS_COMMITTEE).person)
    stale = draft(kind).revision
    assert other.post(url("edit", kind.pk), {"do": "step-down", "key": "you", "revision": stale}).status_code == 302
    moved = draft(kind).text
    said = one.post(url("step", kind.pk) + "?step=night", {"title_zh": "夜里", "joint": "all", "revision": stale})
    assert "宋佳明刚改过" in text(said) and 'value="夜里"' in said.content.decode()
    assert draft(kind).text == moved


def test_an_option_keeps_its_value_while_its_words_stay(places):
    kind, desk = editor(places)
    desk.post(url("edit", kind.pk))
    before = draft(kind).definition.find("parks")
    shown = desk.get(url("field", kind.pk) + "?field=parks")
    assert "自己的车位 | an own place" in shown.content.decode()
    lines = "租的车位 | rented\n自己的车位\n桥下"
    data = {"title_zh": "停哪", "kind": "choice", "options": lines, "required": "on", "joint": "all", "test0": "at_least:cars", "number0": "1", "revision": 0, "may_correct": "on"}
    assert desk.post(url("field", kind.pk) + "?field=parks", data).status_code == 302
    after = draft(kind).definition.find("parks")
    assert [option.value for option in after.options] == ["rent", "own", "o1"] and after.shown_if == before.shown_if


def test_a_condition_that_the_lists_cannot_say_is_kept(places):
    kind, desk = editor(places)
    desk.post(url("edit", kind.pk))
    where = draft(kind).definition.find("where")
    at = url("field", kind.pk) + "?field=where"
    assert "照原来的条件" in text(desk.get(at))
    data = {"title_zh": "哪里堵", "kind": "text", "joint": "keep", "revision": 0, "may_correct": "on", "most": "60"}
    assert desk.post(at, data).status_code == 302
    assert draft(kind).definition.find("where").shown_if == where.shown_if


def test_a_definition_goes_out_and_comes_in_again_and_faults_are_named(places):
    kind, desk = editor(places)
    out = desk.get(url("definition", kind.pk)).content.decode()
    other = make_form(places["compound_a1"], "old-age-allowance", kind.body)
    wrong = desk.post(url("import", other.pk), {"text": out.replace('"string"', '"text"', 1), "revision": 0})
    assert "哪里不对" in text(wrong) and "只能是 string、integer" in text(wrong)
    assert desk.post(url("import", other.pk), {"text": out, "revision": 0}).status_code == 302
    assert draft(other).definition == used_version(kind).definition
    for words in ("", "{", "[" * 50_000, "\u202e"):
        assert desk.post(url("import", other.pk), {"text": words, "revision": 1}).status_code == 200


@pytest.mark.parametrize(("shape", "words"), [("web", "第 1 步，共 3 步"), ("counter", "家里几辆车"), ("phone", "家里有几辆车？"), ("paper", "签名")])
def test_the_editor_shows_all_four_renderings(places, shape, words):
    kind, desk = editor(places)
    assert words in text(desk.get(url("preview", kind.pk) + f"?as={shape}"))
    assert not Filling.objects.exists()


def test_a_withdrawn_form_is_closed_and_a_draft_can_be_thrown_away(places):
    kind, desk = editor(places)
    desk.post(url("edit", kind.pk))
    assert desk.post(url("discard", kind.pk)).status_code == 302 and not FormVersion.objects.filter(state="draft").exists()
    client = browser()
    address = begin(client, kind)
    check = walk(client, address, *ALL)
    assert "为什么" in text(desk.post(url("withdraw", kind.pk), {"why": " "}))
    assert desk.post(url("withdraw", kind.pk), {"why": "谈完了"}).status_code == 302
    assert client.get(url("start", kind.key)).status_code == 404
    assert "已经停用：谈完了" in text(client.post(check, follow=True))


def queries(client, address):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_lists_take_the_same_number_of_queries_however_long_they_are(places):
    kind, desk = editor(places)
    person = make_person()
    fill_in(make_filling(kind, person), VIEWS)
    mine = browser(person)
    addresses = [(desk, url("desk")), (desk, url("results", kind.pk)), (desk, url("counter")), (mine, url("mine"))]
    for client, address in addresses:
        client.get(address)
    before = [queries(client, address) for client, address in addresses]
    for _n in range(9):
        fill_in(make_filling(make_form(places["compound_a1"], body=kind.body), person), VIEWS)
        fill_in(make_filling(kind, person), VIEWS)
    assert [queries(client, address) for client, address in addresses] == before


def test_drafts_are_not_made_by_looking(places):
    kind, desk = editor(places)
    for name in ("edit", "publish", "one", "import", "preview"):
        desk.get(url(name, kind.pk))
    assert FormVersion.objects.count() == 1
    draft_of(kind=kind, by=None, now=NOW)
    assert FormVersion.objects.count() == 2
