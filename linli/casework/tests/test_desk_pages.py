"""What desks and units see and press."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from linli.casework.actions import joint, tables, work
from linli.casework.actions.dispatching import dispatch_by_table, judge_return
from linli.casework.models import Case, CaseGroup, CasePicture, DispatchTable, Identity, ThemeModel
from linli.casework.queries import desk as read
from linli.casework.rules.dispatch import Rule
from linli.casework.rules.states import CaseState
from linli.common import clock
from linli.common.models import AuditRow
from linli.people.rules import Role
from linli.people.tests.factories import make_person, make_post

from .factories_desk import NOW, OC, PC, RC, SO, ST, accept, dispatched, make_town, signed, submit

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def town():
    return make_town()


@pytest.fixture(autouse=True)
def time(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW + HOUR)


def url(name, *args, **query):
    address = reverse(f"casework:{name}", args=args)
    return address + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).replace("\xa0", " ")


def act(client, case, do, **data):
    return client.post(url("act", case.pk, do=do), {"do": do, **data})


def again(case):
    return Case.objects.get(pk=case.pk)


def test_each_body_finds_its_cases_and_no_other(town, client):
    mine, theirs = submit(town, title="楼道灯"), submit(town, at=SO, title="桥头护栏")
    client.force_login(town.heads[RC])
    page = text(client.get(url("cases")))
    assert "楼道灯" in page and "桥头护栏" not in page and "还有" in page
    assert client.get(url("case", mine.pk)).status_code == 200
    client.force_login(town.heads[PC])
    for one in (mine, theirs):
        assert client.get(url("case", one.pk)).status_code == 404
    client.force_login(make_person("路人"))
    assert client.get(url("cases")).status_code == 404


def test_the_desk_accepts_and_dispatches_and_the_unit_answers(town, client):
    case = submit(town)
    client.force_login(town.heads[RC])
    assert "受理" in text(client.get(url("act", case.pk, do="accept")))
    act(client, case, "accept")
    said = client.post(url("act", case.pk), {"do": "dispatch", "unit": str(town.bodies[PC].pk), "why": "请今天看"}, follow=True)
    assert "派出去了" in text(said) and again(case).state == CaseState.DISPATCHED
    client.force_login(town.heads[PC])
    act(client, case, "sign")
    assert "记下联系" in text(client.get(url("case", case.pk)))
    act(client, case, "contact", text="约了三点")
    act(client, case, "reply", text="换好了", result="solved")
    client.force_login(town.heads[RC])
    act(client, case, "check", approve="yes")
    assert "回访" in text(client.get(url("cases", show="call")))
    bad = act(client, case, "call", reached="yes", text="他很客气")
    assert 'id="errors"' in bad.content.decode() and "他很客气" in bad.content.decode()
    Identity.objects.all().delete()
    act(client, case, "call", reached="yes", outcome="yes", stars="5")
    assert again(case).state == CaseState.CLOSED


def test_what_was_typed_stays_where_somebody_was_faster(town, client):
    case = submit(town)
    client.force_login(town.heads[RC])
    accept(town, case)
    said = act(client, case, "refuse", why="归水务局", elsewhere="打 12345")
    page = said.content.decode()
    assert "刚才同事先办了" in page and "归水务局" in page and again(case).state == CaseState.ACCEPTED


@pytest.mark.parametrize(
    ("do", "data"), [("refuse", {"why": "不归"}), ("transfer", {"why": "转"}), ("answer", {}), ("ask-first", {"text": "<script>x</script>"}), ("classify", {"kind": "x"})]
)  # fmt: skip
def test_bad_input_gets_its_message_at_the_field(town, client, do, data):
    case = submit(town)
    client.force_login(town.heads[RC])
    page = act(client, case, do, **data).content.decode()
    assert 'id="errors"' in page and again(case).state == CaseState.SUBMITTED


def test_what_is_not_possible_now_is_not_offered(town, client):
    case = submit(town)
    client.force_login(town.heads[RC])
    assert "派单" not in text(client.get(url("act", case.pk)))
    assert client.get(url("act", case.pk, do="reply")).status_code == 200
    assert act(client, case, "sign").status_code == 302 and again(case).state == CaseState.SUBMITTED


def test_many_at_once_each_has_its_own_outcome(town, client):
    free, member, gone = submit(town, title="甲"), submit(town, title="乙"), submit(town, at=SO)
    for case in (free, member):
        accept(town, case)
    lead = submit(town)
    Case.objects.filter(pk__in=[lead.pk, member.pk]).update(group=CaseGroup.objects.create(lead=lead, made_at=NOW, size=2))
    client.force_login(town.heads[RC])
    picked = [str(case.pk) for case in (free, member, gone)]
    said = text(client.post(url("bulk"), {"pick": picked, "do": "dispatch", "unit": str(town.bodies[PC].pk), "show": "give", "back": "show=give"}, follow=True))
    assert "办好 1 件" in said and "并在一组里" in said and "不在您的台上" in said
    assert again(free).state == CaseState.DISPATCHED and again(member).state == CaseState.ACCEPTED
    assert "先选单位" in text(client.post(url("bulk"), {"pick": picked, "do": "dispatch"}, follow=True))
    assert "先勾选" in text(client.post(url("bulk"), {"do": "accept"}, follow=True))


def test_a_body_complained_of_finds_the_case_nowhere(town, client):
    case = dispatched(town, OC, title="物业乱收费", against=town.bodies[PC], secrecy="confidential")
    part = dispatched(town, PC, title="别的")
    Case.objects.filter(pk=case.pk).update(unit=town.bodies[PC], holder=make_post(make_person("周工"), town.bodies[PC], Role.PROPERTY_COMPANY))
    client.force_login(town.heads[PC])
    for show in ("sign", "doing", "waiting", "suspended", "joint"):
        assert "乱收费" not in text(client.get(url("cases", show=show)))
        assert "乱收费" not in text(client.get(url("rows", show=show)))
        assert "乱收费".encode() not in b"".join(client.get(url("export", show=show, form="csv")).streaming_content)
    assert client.get(url("case", case.pk)).status_code == client.get(url("act", case.pk)).status_code == 404
    assert client.post(url("phone", case.pk)).status_code == 404
    assert client.get(url("case", part.pk)).status_code == 200


def test_a_secret_reporter_stands_on_no_page_of_the_unit_and_a_named_ones_number_is_logged(town, client):
    secret = signed(town, secrecy="confidential")
    Identity.objects.create(case=secret, name="何立群", phone="+8613900005555", made_at=NOW)
    he = make_person("金丽华", phone="+8613900006666")
    open_ = signed(town, reporter=he)
    client.force_login(town.heads[PC])
    page = text(client.get(url("case", secret.pk)))
    assert "何立群" not in page and "5555" not in page and "保密" in page
    assert client.post(url("phone", secret.pk)).status_code == 404
    page = text(client.get(url("case", open_.pk)))
    assert "金丽华" in page and "6666" not in page
    assert "6666" in text(client.post(url("phone", open_.pk)))
    assert AuditRow.objects.filter(action="case.phone", about=he.pk).count() == 1


def test_the_list_answers_304_until_something_changes(town, client):
    case = submit(town)
    client.force_login(town.heads[RC])
    first = client.get(url("rows"))
    tag = {"headers": {"If-None-Match": first.headers["ETag"]}}
    assert client.get(url("rows"), **tag).status_code == 304
    connection.run_on_commit.clear()  # as after the commit of what was there before
    accept(town, case)
    assert client.get(url("rows"), **tag).status_code == 200


def test_the_list_takes_the_same_queries_however_long_it_is(town, client):
    client.force_login(town.heads[RC])

    def queries():
        client.get(url("cases"))
        with CaptureQueriesContext(connection) as found:
            client.get(url("cases"))
        return len(found)

    submit(town)
    few = queries()
    for _n in range(12):
        submit(town, place=town.places["home"])
    assert queries() == few


def test_pages_go_on_where_the_last_one_ended(town, client, monkeypatch):
    monkeypatch.setattr(read, "PAGE", 2)
    for n in range(5):
        submit(town, title=f"第{n}件", now=NOW + n * timedelta(minutes=1))
    client.force_login(town.heads[RC])
    seen, address = [], url("cases", show="new")
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r"第\d件", re.sub(r"<[^>]+>", " ", page))
        found = re.search(r'rel="next" href="([^"]+)"', page)
        address = found.group(1).replace("&amp;", "&") if found else ""
    assert seen == [f"第{n}件" for n in range(5)]
    assert client.get(url("cases", after="x~y")).status_code == 200


def test_filters_stand_in_the_address(town, client):
    submit(town, title="电梯停了", theme="lift")
    submit(town, title="灯坏了")
    client.force_login(town.heads[RC])
    page = text(client.get(url("cases", show="new", theme="lift", place=town.place.pk)))
    assert "电梯停了" in page and "灯坏了" not in page
    assert client.get(url("cases", show="nothing", theme="x", unit="y", place="z")).status_code == 200


def test_the_export_defuses_formulas_and_names_nobody(town, client):
    submit(town, title="=cmd|' /C calc'!A0", reporter=make_person("金丽华"))
    client.force_login(town.heads[RC])
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(url("export", show="new")).streaming_content)))
    cell = book.active["B2"]
    assert cell.data_type == "s" and cell.quotePrefix
    plain = b"".join(client.get(url("export", show="new", form="csv")).streaming_content).decode()
    assert "金丽华" not in plain and ",=cmd" not in plain
    assert AuditRow.objects.filter(action="case.export").count() == 2


def test_a_field_worker_has_his_cases_and_adds_a_photo(town, client):
    case = signed(town)
    client.force_login(town.heads[PC])
    page = client.get(url("desk_mine"))
    assert "记下联系" in text(page) and "拍照" in text(page)
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "grey").save(out, "PNG")
    picture = SimpleUploadedFile("x.png", out.getvalue(), "image/png")
    said = client.post(url("act", case.pk, do="picture"), {"do": "picture", "moment": "signature", "alt": "何立群签", "picture": picture})
    assert said.status_code == 302, text(said)
    kept = CasePicture.objects.get()
    assert kept.moment == "signature" and kept.file.owner_kind == "case_inner"
    assert 'id="errors"' in client.post(url("act", case.pk, do="picture"), {"do": "picture", "moment": "after", "alt": "x"}).content.decode()


def test_the_supervisor_sees_what_is_late_and_what_is_thrown_to_and_fro(town, client, monkeypatch):
    submit(town, title="快了", urgency="emergency")
    late = signed(town, title="早该办", now=NOW)
    Case.objects.filter(pk=late.pk).update(returns=2, transfers=1)
    client.force_login(town.heads[SO])
    assert "快了" in text(client.get(url("cases", show="soon")))
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=9))
    for show in ("overdue", "returned", "around"):
        assert "早该办" in text(client.get(url("cases", show=show))), show
    assert "超期 40 小时" in text(client.get(url("cases", show="overdue")))


def test_the_street_finds_what_it_has_to_decide(town, client):
    case = dispatched(town)
    for n in (1, 2):
        work.return_case(case=case.pk, why="不归", by=town.head(PC), now=NOW)
        if n == 1:
            judge_return(case=case.pk, approve=False, why="归", by=town.head(RC), now=NOW)
    client.force_login(town.heads[SO])
    assert case.title in text(client.get(url("cases", show="decide")))
    act(client, case, "adjudicate", unit=str(town.bodies[PC].pk), why="合同写着")
    assert again(case).state == CaseState.SIGNED
    client.force_login(town.heads[RC])
    assert "裁定" in text(client.get(url("case", case.pk)))


def test_parts_and_the_whole_lead_to_one_another(town, client):
    case = submit(town)
    accept(town, case)
    client.force_login(town.heads[RC])
    act(client, case, "split", unit=str(town.bodies[PC].pk), parts=[str(town.bodies[OC].pk), str(town.bodies[ST].pk)], why="分工")
    part = Case.objects.filter(parent=case).first()
    assert "业委会" in text(client.get(url("case", case.pk))) and "主办的那件" in text(client.get(url("case", part.pk)))
    assert len(joint.open_parts(again(case))) == 2


# Tables of dispatch, and what is learned


def rows(*lines):
    data = {}
    for n, (theme, place, hours, unit, auto) in enumerate(lines, start=1):
        data |= {f"theme{n}": theme, f"place{n}": place, f"hours{n}": hours, f"unit{n}": str(unit)} | ({f"auto{n}": "on"} if auto else {})
    return data


def test_a_table_is_written_tried_and_switched_on_and_then_dispatches(town, client):
    dispatched(town, OC, theme="lift")
    dispatched(town, PC, theme="light")
    client.force_login(town.heads[RC])
    pc = town.bodies[PC].pk
    bad = client.post(url("table_new"), rows(("", "", "", pc, False), ("lift", "", "", pc, False)))
    assert "永远轮不到" in text(bad)
    client.post(url("table_new"), rows(("lift", "", "", pc, True)))
    table = DispatchTable.objects.get()
    assert "先用上个月的工单试" in text(client.post(url("table", table.pk), {"do": "on"}, follow=True))
    page = text(client.post(url("table", table.pk), {"do": "try"}, follow=True))
    assert "会派到别处 1" in page and "哪行都不合 1" in page
    client.post(url("table", table.pk), {"do": "on"})
    case = submit(town, theme="lift")
    dispatch_by_table(case=case.pk, now=NOW)
    dispatch_by_table(case=case.pk, now=NOW)
    assert (again(case).state, again(case).unit_id) == (CaseState.DISPATCHED, pc)
    foe = submit(town, theme="lift", against=town.bodies[PC])
    assert dispatch_by_table(case=foe.pk, now=NOW) is None
    client.post(url("table", table.pk), {"do": "off"})
    assert dispatch_by_table(case=submit(town, theme="lift").pk, now=NOW) is None


def test_a_row_that_only_offers_is_offered(town, client):
    rule = Rule(unit=town.bodies[OC].pk, theme="light")
    table = tables.save_table(place=town.places["community_a"], rules=[rule], by=town.head(RC), now=NOW)
    tables.try_table(table=table.pk, by=town.head(RC), now=NOW)
    tables.switch_table(table=table.pk, on=True, by=town.head(RC), now=NOW)
    case = submit(town)
    accept(town, case)
    client.force_login(town.heads[RC])
    assert "纺机新村业委会（派单表建议）" in text(client.get(url("act", case.pk, do="dispatch")))


def test_tables_are_the_own_places(town, client):
    table = tables.save_table(place=town.places["community_b"], rules=[Rule(town.bodies[SO].pk)], by=town.head(SO), now=NOW)
    client.force_login(town.heads[RC])
    assert client.get(url("table", table.pk)).status_code == 404
    assert client.post(url("table", table.pk), {"do": "try"}).status_code == 404
    client.force_login(town.heads[PC])
    assert client.get(url("tables")).status_code == 404


def test_a_theme_is_suggested_from_the_places_own_closed_cases(town, client):
    for n in range(40):
        theme, words = ("lift", "电梯困人按钮不亮") if n % 2 else ("rubbish", "垃圾没人清扫发臭")
        submit(town, title=words, text=words, theme=theme, now=NOW + timedelta(seconds=n))
    Case.objects.update(state=CaseState.CLOSED)
    assert tables.learn_themes(now=NOW) == 2
    model = ThemeModel.objects.get(place=town.places["street"])
    assert (model.cases, model.tested, model.right) == (40, 8, 8)
    case = submit(town, title="电梯又困人", text="三楼", theme="other")
    client.force_login(town.heads[RC])
    page = text(client.get(url("case", case.pk)))
    assert "看字面像是“电梯”" in page and "试过的 8 件里说对 8 件" in page
    assert tables.suggest_theme(town.place, "喵") == ""


def test_the_way_from_a_post_and_the_link_with_its_count(town, client):
    submit(town)
    client.force_login(town.heads[RC])
    assert re.search(r"工单 1 ", text(client.get(url("cases"))))


def test_the_desk_groups_alike_cases_and_takes_one_out_again(town, client):
    lead, mate = submit(town, title="一号"), submit(town, title="二号")
    client.force_login(town.heads[RC])
    assert "一号" in text(client.get(url("act", mate.pk, do="group")))
    act(client, mate, "group", lead=str(lead.pk))
    assert again(mate).group_id == again(lead).group_id is not None
    act(client, mate, "accept")
    assert "二号" in text(client.get(url("cases", show="along")))
    act(client, mate, "ungroup")
    assert again(mate).group_id is None
