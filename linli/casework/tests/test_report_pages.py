"""What residents see and press: the report, the receipt, the page of a case."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from linli.casework.models import Case, Spot
from linli.casework.rules.words import Visibility
from linli.common import clock
from linli.common.ids import uuid7
from linli.common.pagecache.parts import forget
from linli.files.models import File
from linli.people.account_rules import BUDGETS, Budget, Try
from linli.people.rules import BodyKind

from .town import NOW, make_town, put, submit

pytestmark = pytest.mark.django_db
PC, RC = BodyKind.PROPERTY_COMPANY, BodyKind.RESIDENTS_COMMITTEE
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def time(monkeypatch, settings):
    class Time:
        now = NOW

    frozen = Time()
    monkeypatch.setattr(clock, "now", lambda: frozen.now)
    settings.LINLI_STAFF_SECOND_FACTOR = False
    forget()
    return frozen


@pytest.fixture
def town():
    return make_town()


def url(name, *args):
    return reverse(f"casework:{name}", args=args)


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()).replace("\u00a0", " "))


def form_of(town, **more):
    return {
        "key": str(uuid7()), "theme": "light", "text": "第三盏灯不亮", "where": str(town.place.pk), "secrecy": "named", "phone": "13800001234", **more,
    }  # fmt: skip


def picture(name="灯.png"):
    return SimpleUploadedFile(name, PNG, "image/png")


def test_anybody_reports_with_a_photo_and_follows_by_the_code(town, client):
    page = text(client.get(url("report", town.slug)))
    assert "纺机新村公共地方" in page and "3 幢" in page and "路灯、楼道灯" in page
    said = client.post(url("report", town.slug), {**form_of(town), "attached": [picture()]}, follow=True)
    case = Case.objects.get()
    assert case.code_said in text(said) and "最晚 5月26日 答复" in text(said) and case.pictures.count() == 1
    client.cookies.clear()
    assert client.get(url("followed", case.pk)).status_code == 302
    shown = client.post(url("follow"), {"code": case.code_said}, follow=True)
    assert "青砖里居委会收到了" in text(shown) and "第三盏灯不亮" in text(shown) and "555 0132" in text(shown)
    small = url("picture", case.pk, case.pictures.get().file_id, "small")
    assert client.get(small).status_code == 200
    client.cookies.clear()
    assert client.get(small).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("text", "字" * 3001, "最多 3000 个字"), ("text", "\u202e反的", "看不见的符号"), ("where", "", "“在哪里”还没选"), ("where", "999999", "选"),
        ("phone", "1380000", "11 位"), ("theme", "nothing", "选"), ("secrecy", "", "还没选"), ("passphrase", "短", "至少 6 个字"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(town, client, field, value, says):
    data = form_of(town, wish="修好它", **{field: value}) if field != "passphrase" else form_of(town, wish="修好它", secrecy="anonymous", passphrase=value)
    answer = client.post(url("report", town.slug), {**data, "attached": [picture()]})
    page = answer.content.decode()
    assert answer.status_code == 200 and says in text(answer) and 'id="errors"' in page and not Case.objects.exists()
    assert "修好它" in page and "灯.png" in page, "pictures too"


def test_more_than_six_pictures_are_too_many_and_a_retry_keeps_each_once(town, client):
    data = form_of(town, where="")
    for _ in range(2):
        client.post(url("report", town.slug), {**data, "attached": [picture("a.png"), picture("b.png")]})
    assert File.objects.filter(owner_id=data["key"]).count() == 2
    answer = client.post(url("report", town.slug), {**data, "attached": [picture(f"{n}.png") for n in range(7)]})
    assert "最多 6 张，现在选了 7 张" in text(answer)


def test_a_spot_knows_where_one_is(town, client):
    spot = Spot.objects.create(code="12345678", place=town.place, name="北门 3 号灯", where="门卫旁", theme="light", latitude=31_000_000, longitude=121_000_000)
    page = client.get(url("spot", spot.code), follow=True)
    assert "北门 3 号灯" in text(page) and 'name="where"' not in page.content.decode()
    data = form_of(town, spot=spot.code)
    del data["where"]
    client.post(url("report", town.slug), data)
    case = Case.objects.get()
    assert case.spot == spot and case.latitude == 31_000_000 and case.place == town.place
    Spot.objects.update(retired_at=NOW)
    assert client.get(url("spot", spot.code)).status_code == 404


def test_neighbours_reports_are_offered_once_and_secret_ones_only_counted(town, client):
    first = put(submit(town), visibility=Visibility.PUBLIC, public_title="北门灯不亮", public_text="不亮")
    submit(town, text="我家门口 302 灯坏")
    data = form_of(town)
    page = client.post(url("report", town.slug), data)
    assert "北门灯不亮" in text(page) and "另有 1 件不公开的" in text(page) and "302" not in text(page) and Case.objects.count() == 2
    assert 'name="alike_seen" value="1"' in page.content.decode()
    client.post(url("report", town.slug), {**data, "group_with": str(first.pk)})
    assert Case.objects.get(key=data["key"]).group.lead == first
    other = form_of(town, alike_seen="1")
    client.post(url("report", town.slug), other)
    assert Case.objects.get(key=other["key"]).group is None


def test_a_case_that_is_not_public_cannot_be_joined_by_guessing_its_key(town, client):
    hidden = submit(town)
    data = form_of(town, group_with=str(hidden.pk))
    client.post(url("report", town.slug), data)
    assert Case.objects.get(key=data["key"]).group is None


def test_ten_thousand_guesses_find_nothing_and_are_stopped(town, client, monkeypatch):
    case = submit(town)
    monkeypatch.setitem(BUDGETS, Try.CASE_FROM, (Budget(5),))
    wrong = case.code[:-1] + str((int(case.code[-1]) + 1) % 10)
    answers = [text(client.post(url("follow"), {"code": wrong})) for _ in range(7)]
    assert "没有这个查询码，或者口令不对" in answers[0] and "次数太多" in answers[6]
    assert "次数太多" in text(client.post(url("follow"), {"code": case.code})), "the right one neither, for now"


def test_a_wrong_passphrase_is_told_as_a_wrong_code(town, client):
    case = submit(town, secrecy="anonymous", passphrase="三只小猫在树上")
    told = [text(client.post(url("follow"), {"code": code, "passphrase": "四只"})) for code in (case.code, "123456789012345")]
    strip = [re.sub(r"\d{5,}", "", one) for one in told]
    assert strip[0] == strip[1] and "口令不对" in strip[0]
    assert client.post(url("follow"), {"code": case.code, "passphrase": "三只小猫在树上"}).status_code == 302


def test_who_has_no_account_reports_so_often_and_no_more(town, client, monkeypatch):
    monkeypatch.setitem(BUDGETS, Try.REPORT_FROM, (Budget(1),))
    client.post(url("report", town.slug), form_of(town, alike_seen="1"))
    answer = client.post(url("report", town.slug), form_of(town, alike_seen="1"))
    assert "写的还在" in text(answer) and "第三盏灯不亮" in answer.content.decode() and Case.objects.count() == 1
    client.force_login(town.neighbour().person)
    client.post(url("report", town.slug), form_of(town, alike_seen="1"))
    assert Case.objects.count() == 2


def test_one_sees_ones_own_and_the_secret_ones_and_nobody_else_does(town, client):
    he = town.neighbour()
    named, secret = submit(town, he, text="灯坏了"), submit(town, he, text="物业态度差", secrecy="confidential")
    client.force_login(he.person)
    page = text(client.get(url("mine")))
    assert "灯坏了" in page and "物业态度差" in page and "保密" in page
    assert client.get(url("followed", secret.pk)).status_code == 200
    client.force_login(town.neighbour().person)
    assert "灯坏了" not in text(client.get(url("mine")))
    assert client.get(url("followed", named.pk)).status_code == 302


def test_each_act_has_its_page_and_comes_back_with_what_was_typed(town, client, time):
    he = town.neighbour()
    client.force_login(he.person)
    case = put(submit(town, he), state="call_back", answered_at=NOW)
    assert "答复了，请您看看办好了没有" in text(client.get(url("followed", case.pk)))
    bad = client.post(url("rate", case.pk), {"said": "灯罩没装"})
    assert "“解决了吗？”还没选" in text(bad) and "灯罩没装" in bad.content.decode()
    said = client.post(url("rate", case.pk), {"outcome": "no", "stars": "2", "said": "灯罩没装"}, follow=True)
    assert "记下了" in text(said) and "没办好，要求重办" in text(said)
    assert "重新办了" in text(client.post(url("reopen", case.pk), {"text": "灯罩没装"}, follow=True))
    again = text(client.get(url("followed", case.pk)))
    assert ("要求重办，换一个期限" in again and "第 1 次改期" not in again) or "答应您的日期" in again
    late = client.post(url("rate", case.pk), {"outcome": "yes", "stars": "5"}, follow=True)
    assert "现在不能这样做了" in text(late)
    photo = client.post(url("add", case.pk), {"text": "现在的样子", "attached": [picture()]}, follow=True)
    assert "补充了" in text(photo) and case.pictures.count() == 1
    assert "撤回了" in text(client.post(url("withdraw", case.pk), {"text": ""}, follow=True))


def test_a_clerk_enters_for_who_calls(town, client):
    client.force_login(town.heads[RC])
    page = client.get(url("report", town.slug))
    assert "替来电或来窗口的人登记" in text(page)
    data = form_of(town, name="张阿婆", channel="phone")
    assert "先问过本人同意" in text(client.post(url("report", town.slug), data))
    client.post(url("report", town.slug), {**data, "consent": "on"})
    assert Case.objects.get().identity.name == "张阿婆"
    client.force_login(town.heads[PC])
    assert "先换回自己" in text(client.get(url("report", town.slug)))


def test_a_post_of_the_forum_begins_a_report(town, client):
    page = client.get(url("report", town.slug) + "?from=/posts/1/").content.decode()
    assert 'name="from_post" value="/posts/1/"' in page
    client.post(url("report", town.slug), form_of(town, from_post="//evil.example/x"))
    assert Case.objects.get().from_post == ""
