"""The directory as everybody sees it, and the keepers' desk."""

import io
import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.areas.tests.factories import make_cell
from linli.calendar.api import read_hours
from linli.common import clock
from linli.common.ids import uuid7
from linli.common.tests.cache_kit import Site as Edge
from linli.people.rules import BodyKind, Role
from linli.people.tests.factories import actor_of, make_body, make_person, make_post
from linli.portal.actions.directory import verify_entry
from linli.portal.directory_rules import Group, Number
from linli.portal.models import DirectoryDraft, DirectoryEntry, DirectoryReport
from linli.search.api import save_group
from linli.sites.api import ensure_sites, site_of

from .directory_kit import NOW, TODAY, make_entry

pytestmark = pytest.mark.django_db
CANARY = "金丝雀"


@pytest.fixture
def town(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    places = make_cell()
    ensure_sites(now=NOW)
    places["site"] = site_of(places["compound_a1"])
    make_entry(places["compound_a1"], "物业报修", "5550132", wants=("水电报修",), hours=read_hours("24 小时"))
    places["shop"] = make_entry(places["community_a"], lat=29_270_000, lon=123_150_000, address="石桥路 92 号")
    make_entry(places["street"], "便民服务中心", "5550100", group=Group.ADVICE, wants=("居住证",), hours=read_hours("周一至周五 8:30—12:00"))
    make_entry(places["community_b"], "巷口小店", "5550177", wants=("换煤气",))
    places["station"] = make_body(BodyKind.SERVICE_STATION, places["community_a"], name="青砖里服务站", phone="555 0120")
    places["keeper"] = make_person("顾晓芸")
    make_post(places["keeper"], places["station"], Role.SERVICE_STATION)
    return places


@pytest.fixture
def keeper(town, client):
    client.force_login(town["keeper"])
    return client


def text(answer):
    html = answer.content.decode()
    return re.sub(r'<span class="nb">(.*?)</span>', r"\1", html).replace("\xa0", " ")


def phones(client, town, query=""):
    return client.get(reverse("portal:site_phones", args=[town["site"].slug]) + query)


def test_a_place_shows_its_own_numbers_first_then_those_around_it_and_no_neighbours(client, town):
    html = text(phones(client, town))
    assert html.index("物业报修") < html.index("苗师傅修理铺") < html.index("便民服务中心") < html.index("青砖里服务站")
    assert "巷口小店" not in html
    assert 'href="tel:5550166"' in html and "开着，到 19:00" in html and "明天 8:30开" in html and "24 小时" in html


def test_one_finds_by_what_one_wants_in_ones_own_words(client, town):
    save_group(group=None, text="修家电，家电维修", by=None, now=NOW)
    assert "找到 1 个" in text(phones(client, town, "?q=家电维修"))
    assert "苗师傅" in text(phones(client, town, "?q=修 家电"))
    close = text(phones(client, town, "?q=家电坏了怎么办"))
    assert "这几个接近" in close and "苗师傅" in close
    assert "电话簿里没有“潜水艇”" in text(phones(client, town, "?q=潜水艇"))
    assert "家电维修" in phones(client, town).content.decode(), "also without the server"


def test_from_the_street_the_whole_street_is_searched(client, town):
    assert "巷口小店" in text(client.get(reverse("portal:phones") + "?q=换煤气"))
    assert "巷口小店" not in text(client.get(reverse("portal:phones")))


def test_a_question_that_cannot_be_asked_says_so_and_keeps_what_was_typed(client, town):
    answer = phones(client, town, "?q=！？")
    assert answer.status_code == 400
    assert 'value="！？"' in text(answer) and "只有标点" in text(answer)
    assert "<script>" not in text(phones(client, town, "?q=<script>alert(1)</script>"))


def test_a_number_that_nobody_verified_for_half_a_year_says_so(client, town):
    DirectoryEntry.objects.filter(pk=town["shop"].pk).update(verified_on=TODAY - timedelta(days=190))
    assert "号码可能过时，上次核对 2025年11月" in text(phones(client, town))
    assert "号码可能过时" in text(client.get(reverse("portal:phone", args=[town["shop"].pk])))


def test_an_entry_shows_its_week_and_where_it_is(client, town):
    html = text(client.get(reverse("portal:phone", args=[town["shop"].pk])))
    for word in ("555 0166", "石桥路 92 号", "8:00—19:00", '<figure class="plan">'):
        assert word in html
    assert client.get(reverse("portal:phone", args=[uuid7()])).status_code == 404


def test_the_plan_has_the_same_numbers_as_its_list(client, town):
    html = text(client.get(reverse("portal:site_phones_plan", args=[town["site"].slug])))
    assert html.count('<circle class="mark"') == 1 and '<span class="no">1</span>' in html


def test_the_box_on_the_first_page_of_a_site_leads_there(client, town):
    html = text(client.get(town["site"].url))
    assert "全部 3 个" in html and reverse("portal:site_phones", args=[town["site"].slug]) in html


def test_saying_that_a_number_is_wrong_needs_no_name_and_reaches_the_desk(town, client):
    url = reverse("portal:phone_wrong", args=[town["shop"].pk])
    once = client.get(url).context["form"]["once"].value()
    bad = client.post(url, {"once": once, "text": "打到别人家了"})
    assert "打到别人家了" in text(bad) and not DirectoryReport.objects.exists()
    for _ in range(2):
        assert client.post(url, {"once": once, "kind": "number", "text": "打到别人家了"}).status_code == 302
    assert DirectoryReport.objects.count() == 1
    assert "谢谢" in text(client.get(url + "?thanks=1"))
    client.force_login(town["keeper"])
    assert "打到别人家了" in text(client.get(reverse("portal:phones_desk")))


def test_only_a_page_made_for_nobody_in_particular_may_be_kept_on_a_device(town, client):
    assert 'name="linli-keep"' in phones(client, town).content.decode()
    person = make_person(CANARY)
    client.force_login(person)
    html = phones(client, town).content.decode()
    assert CANARY in html and "linli-keep" not in html


def test_the_worker_stands_before_every_page_and_the_manifest_names_the_directory(client):
    worker = client.get("/sw.js")
    assert worker["Content-Type"].startswith("text/javascript") and worker["Cache-Control"] == "no-cache"
    assert "connect-src 'self'" in worker["Content-Security-Policy"]
    manifest = json.loads(client.get("/app.webmanifest").content)
    assert manifest["start_url"] == "/phones/" and manifest["icons"]


def form_of(town, **more):
    values = {
        "name": "开锁", "phones": "白天 555 0161\n夜里 555 0162", "group": "everyday", "wants": "开锁，换锁芯", "place": town["community_a"].pk,
        "hours": "周一至周五 8:30—17:00", "holidays": "official", "rank": "3",
    }  # fmt: skip
    return {**values, **more}


def test_a_keeper_adds_corrects_verifies_and_takes_out(keeper, town):
    answer = keeper.post(reverse("portal:phone_new"), form_of(town, position="29.27, 123.15"))
    assert answer.status_code == 302
    entry = DirectoryEntry.objects.get(name="开锁")
    assert (entry.lat, entry.verified_on, entry.verified_by) == (29_270_000, TODAY, town["keeper"])
    edit = reverse("portal:phone_edit", args=[entry.pk])
    assert "夜里 5550162" in text(keeper.get(edit))
    keeper.post(edit, form_of(town, name="老丁锁店"))
    DirectoryEntry.objects.filter(pk=entry.pk).update(verified_on=None)
    assert "老丁锁店" in text(keeper.get(reverse("portal:phones_desk") + "?late=1"))
    keeper.post(reverse("portal:phone_verify", args=[entry.pk]), {"late": "1"})
    assert "核对过了" in text(keeper.get(reverse("portal:phones_desk")))
    assert "老丁锁店" not in text(keeper.get(reverse("portal:phones_desk") + "?late=1"))
    keeper.post(reverse("portal:phone_end", args=[entry.pk]))
    assert keeper.get(edit).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"phones": "找老王"}, "没有看懂电话"), ({"hours": "看心情"}, "没看懂"), ({"position": "北边"}, "纬度"), ({"name": " "}, "还没填"),
        ({"place": "999999"}, ""), ({"wants": "，".join("词" + str(n) for n in range(20))}, "最多"),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_at_its_field_and_what_was_typed_is_kept(keeper, town, wrong, said):
    answer = keeper.post(reverse("portal:phone_new"), form_of(town, **wrong))
    html = text(answer)
    assert answer.status_code == 200 and said in html and 'id="errors"' in html
    assert "夜里 555 0162" in html or "phones" in wrong
    assert not DirectoryEntry.objects.filter(name="开锁").exists()


def test_a_keeper_of_one_community_touches_no_other(keeper, town):
    other = DirectoryEntry.objects.get(name="巷口小店")
    for name in ("phone_edit", "phone_verify", "phone_end"):
        assert keeper.post(reverse(f"portal:{name}", args=[other.pk]), form_of(town)).status_code == 404
    keeper.post(reverse("portal:phone_new"), form_of(town, place=town["community_b"].pk))
    assert not DirectoryEntry.objects.filter(name="开锁").exists()
    assert "巷口小店" not in text(keeper.get(reverse("portal:phones_desk")))


def test_a_table_is_looked_at_and_then_imported(keeper, town):
    export = keeper.get(reverse("portal:phones_export"))
    data = b"".join(export.streaming_content)
    file = io.BytesIO("名称,电话\n新店,555 0199\n".encode())
    file.name = "新.csv"
    answer = keeper.post(reverse("portal:phones_import"), {"file": file, "place": town["community_a"].pk})
    draft = reverse("portal:phones_draft", args=[DirectoryDraft.objects.get().pk])
    assert answer["Location"] == draft and "新店" in text(keeper.get(draft))
    assert not DirectoryEntry.objects.filter(name="新店").exists()
    keeper.post(draft)
    assert DirectoryEntry.objects.filter(name="新店").exists() and not DirectoryDraft.objects.exists()
    again = io.BytesIO(data)
    again.name = "电话簿.xlsx"
    keeper.post(reverse("portal:phones_import"), {"file": again, "place": town["community_a"].pk})
    assert "没有变化" in text(keeper.get(reverse("portal:phones_draft", args=[DirectoryDraft.objects.get().pk])))
    hsds = json.loads(keeper.get(reverse("portal:phones_export") + "?form=hsds").content)
    assert {one["name"] for one in hsds["services"]} == {"物业报修", "苗师傅修理铺", "新店"}


def test_a_draft_is_its_uploaders_and_bad_rows_write_nothing(keeper, town, client):
    file = io.BytesIO("名称,电话\n好店,555 0199\n坏店,没有\n".encode())
    file.name = "新.csv"
    keeper.post(reverse("portal:phones_import"), {"file": file, "place": town["community_a"].pk})
    draft = reverse("portal:phones_draft", args=[DirectoryDraft.objects.get().pk])
    assert "第 3 行" in text(keeper.get(draft)) and "什么也没有导入" in text(keeper.post(draft))
    assert not DirectoryEntry.objects.filter(name="好店").exists()
    other = make_person("别人")
    make_post(other, town["station"], Role.SERVICE_STATION)
    client.force_login(other)
    assert client.get(draft).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_kept_page_moves_with_each_change_and_when_somebody_opens(town):
    edge, path = Edge(8 << 20), reverse("portal:site_phones", args=[town["site"].slug])
    assert "开着，到 19:00" in edge.get(path).text.replace('<span class="nb">', "").replace("</span>", "")
    edge.get(path)
    assert edge.edge.renders == 1
    until = next(iter(edge.edge.store.pages.values())).until
    assert until == min(until, NOW + timedelta(hours=3))
    entry = town["shop"]
    verify_entry(entry=entry, by=actor_of(town["keeper"]), now=NOW)
    edge.get(path)
    assert edge.edge.renders == 2


def count(path, client):
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def test_ten_times_the_entries_take_the_same_queries(town, client, keeper):
    paths = [
        *(reverse(f"portal:{name}", args=[town["site"].slug]) for name in ("site_phones", "site_phones_plan")), reverse("portal:phones"),
        reverse("portal:phone", args=[town["shop"].pk]), reverse("portal:phones_desk"), town["site"].url,
        reverse("portal:site_phones", args=[town["site"].slug]) + "?q=修家电",
    ]  # fmt: skip
    before = [count(path, client) for path in paths]
    for n in range(30):
        make_entry(town["community_a"], f"修理铺 {n}", f"555{n:04d}", lat=29_270_000 + n, lon=123_150_000, phones=(Number("5550001"), Number("5550002")))
    assert [count(path, client) for path in paths] == before
