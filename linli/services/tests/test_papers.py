"""People's papers: given once, kept sealed, shown for one purpose at a time."""

import io
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from linli.areas.tests.factories import make_cell
from linli.common import clock
from linli.common.errors import UserError
from linli.common.ids import uuid7
from linli.common.models import AuditRow
from linli.files.models import File
from linli.people.account_export import collect
from linli.people.models import Mandate
from linli.people.policy import Actor
from linli.people.rules import BodyKind, MandateHow, Role
from linli.people.tests.factories import NOW, TODAY, make_body, make_person, make_post, make_residency
from linli.services.actions.papers import (
    Facts,
    end_share,
    forget_owner,
    give_paper,
    merge_owners,
    renew_paper,
    share_paper,
)
from linli.services.models import Paper, PaperShare, PaperVersion
from linli.services.paper_rules import Validity, mask_code, read_code, validity

pytestmark = pytest.mark.django_db
ID = "11010519491231002X"  # the example of GB 11643


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


@pytest.fixture
def station(places):
    return make_body(BodyKind.SERVICE_STATION, places["community_a"], name="青砖里服务站")


def give(person, kind="id_card", code=ID, name="", by=None, now=NOW, **facts):
    return give_paper(
        person=person,
        kind=kind,
        name=name,
        facts=Facts(code=code, **facts),
        key=uuid7(),
        by=by or Actor(person=person),
        now=now,
    ).paper


def share(paper, body, purpose="申请居住证", days=7, now=NOW):
    return share_paper(
        paper=paper, body=body, purpose=purpose, days=days, by=Actor(person=paper.person), now=now
    )


def picture():
    made = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(made, "PNG")
    made.seek(0)
    made.name = "证.png"
    return made


def url(name, *args):
    return reverse(f"services:{name}", args=args)


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()).replace("\u00a0", " "))


# Rules


def test_a_version_stands_until_its_last_day_is_over():
    assert validity(None, TODAY) == validity(TODAY + timedelta(days=31), TODAY) == Validity.GOOD
    assert validity(TODAY + timedelta(days=30), TODAY) == validity(TODAY, TODAY) == Validity.SOON
    assert validity(TODAY - timedelta(days=1), TODAY) == Validity.OVER


def test_numbers_are_read_as_people_type_them_and_shown_by_their_end():
    assert read_code("id_card", "１１０１０５ 19491231 002x") == ID
    assert read_code("other", " 沪字 第 12 号 ") == "沪字第12号"
    assert mask_code(ID) == "****002X" and mask_code("123") == "****" and mask_code("") == ""


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("id_card", "110105194912310021"),
        ("id_card", "1"),
        ("bank", "6222"),
        ("bank", "6222" * 6),
        ("other", "9" * 41),
    ],
)
def test_numbers_that_cannot_be_are_refused_at_their_field(kind, code):
    with pytest.raises(UserError) as caught:
        read_code(kind, code)
    assert caught.value.field == "code"


# Verbs


def test_the_number_is_sealed_in_the_database():
    paper = give(make_person())
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM linli_services_paperversion")
        assert ID not in str(cursor.fetchall())
    assert (
        paper.versions.get().code == ID
        and AuditRow.objects.filter(action="paper.give", about=paper.person_id).exists()
    )


def test_pressing_twice_gives_one_paper_and_anothers_key_a_paper_of_ones_own():
    he, hu, key = make_person(), make_person("胡雨桐"), uuid7()
    for person in (he, he, hu):
        give_paper(
            person=person, kind="photo", name="", facts=Facts(), key=key, by=Actor(person=person), now=NOW
        )
    assert Paper.objects.filter(person=he).count() == Paper.objects.filter(person=hu).count() == 1


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"issued_on": date(2026, 5, 20)}, "issued_on"), ({"valid_until": date(2026, 5, 18)}, "valid_until"),
        ({"issued_on": date(2026, 5, 1), "valid_until": date(2026, 4, 30)}, "valid_until"), ({"kind": "other"}, "name"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(facts, field):
    with pytest.raises(UserError) as caught:
        give(make_person(), **{"kind": "lease", "code": "", **facts})
    assert caught.value.field == field and not Paper.objects.exists()


def test_a_new_version_takes_the_place_of_the_former_which_stays():
    paper = give(make_person(), kind="residence", code="R1", valid_until=TODAY)
    renew_paper(paper=paper, facts=Facts(code="R2"), by=Actor(person=paper.person), now=NOW)
    assert [version.code for version in paper.versions.order_by("number")] == ["R1", "R2"]


def test_it_is_shown_for_a_purpose_and_a_time_and_not_when_it_has_run_out(station):
    paper = give(make_person(), valid_until=TODAY)
    for purpose, days, field in (
        ("  ", 7, "purpose"),
        ("办事", 365, "days"),
        (f"我的号码 {ID}", 7, "purpose"),
    ):
        with pytest.raises(UserError) as caught:
            share(paper, station, purpose, days)
        assert caught.value.field == field
    share(paper, station)
    with pytest.raises(UserError, match="现在就能看"):
        share(paper, station)
    with pytest.raises(UserError, match="过期"):
        share(paper, station, now=NOW + timedelta(days=1))
    row = AuditRow.objects.get(action="paper.share")
    assert row.purpose == "申请居住证" and row.about == paper.person_id


def test_taking_it_back_twice_changes_nothing(station):
    given = share(give(make_person()), station)
    by = Actor(person=given.by)
    assert end_share(share=given, by=by, now=NOW) and not end_share(share=given, by=by, now=NOW)


def test_papers_go_with_the_account_and_come_along_when_two_become_one(station):
    he, hu = make_person(), make_person("胡雨桐")
    share(give(he), station)
    assert merge_owners(keep=hu.pk, drop=he.pk) == 1 and Paper.objects.get().person == hu
    assert forget_owner(person=hu.pk) == 1
    assert (
        not Paper.objects.exists() and not PaperVersion.objects.exists() and not PaperShare.objects.exists()
    )


def test_everything_stands_in_ones_own_copy(station):
    he = make_person()
    share(give(he), station)
    parts = {part.label: part.rows for part in collect(he)}
    assert (
        ID in str(parts["资料库里的证件"])
        and "青砖里服务站" in str(parts["给单位看过的证件"])
        and "身份证" in str(parts["资料库"])
    )


# Pages


def test_a_paper_is_given_with_its_picture_and_shown_masked(client):
    he = make_person()
    client.force_login(he)
    assert "还没有放证件" in text(client.get(url("papers")))
    data = {
        "key": uuid7(),
        "kind": "id_card",
        "code": ID,
        "issuer": "桂江公安分局",
        "valid_until_0": "2036",
        "valid_until_1": "5",
        "valid_until_2": "1",
        "file": picture(),
    }
    paper = Paper.objects.get(pk=client.post(url("paper_new"), data)["Location"].split("/")[-2])
    for name, args in (("papers", ()), ("paper", (paper.pk,))):
        page = client.get(url(name, *args)).content.decode()
        assert "****002X" in page and ID not in page
    file = File.objects.get(owner_kind="paper")
    assert client.get(reverse("files:download", args=[file.pk, "large"])).status_code == 200
    client.post(url("paper_remove", paper.pk))
    assert not Paper.objects.exists() and not File.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"code": "123"}, "身份证号不对"), ({"kind": "other"}, "写一下是什么"), ({"kind": "passport"}, "处要改"), ({"issuer": "<script>alert(1)</script>"}, "网页代码"),
        ({"issued_on_0": "2026", "issued_on_1": "2", "issued_on_2": "30"}, "没有这一天"), ({"file": io.BytesIO(b"MZ not a picture")}, "只收照片"),
    ],
)  # fmt: skip
def test_bad_input_is_named_at_its_field_and_nothing_is_kept(client, typed, said):
    client.force_login(make_person())
    answer = client.post(
        url("paper_new"), {"key": uuid7(), "kind": "id_card", "code": ID, "issuer": "公安", **typed}
    )
    assert (
        answer.status_code == 200 and said in text(answer) and "<script>alert" not in answer.content.decode()
    )
    assert ('value="公安"' in answer.content.decode()) or "issuer" in typed
    assert not Paper.objects.exists() and not File.objects.exists()


def test_the_office_sees_it_while_it_is_shown_and_each_look_is_written_down(client, places, station, time):
    he = make_person()
    make_residency(he, places["home"])
    client.force_login(he)
    client.post(url("paper_new"), {"key": uuid7(), "kind": "id_card", "code": ID, "file": picture()})
    paper = Paper.objects.get()
    assert "青砖里服务站" in text(client.get(url("paper_share", paper.pk)))
    client.post(url("paper_share", paper.pk), {"body": station.pk, "purpose": "申请居住证", "days": "7"})
    given, file = PaperShare.objects.get(), File.objects.get()
    clerk = make_post(make_person("顾晓芸"), station, Role.SERVICE_STATION).person
    client.force_login(clerk)
    assert "何立群·身份证" in text(client.get(url("papers_desk"))) and "申请居住证" in text(
        client.get(url("papers_desk"))
    )
    page = client.get(url("paper_look", given.pk)).content.decode()
    assert "****002X" in page and ID not in page and not AuditRow.objects.filter(action="paper.look").exists()
    assert ID in client.post(url("paper_look", given.pk)).content.decode()
    assert client.get(reverse("files:download", args=[file.pk, "large"])).status_code == 200
    rows = AuditRow.objects.filter(action="paper.look", about=he.pk, actor=clerk.pk)
    assert [row.detail["what"] for row in rows.order_by("id")] == ["number", "file"] and rows[
        0
    ].purpose == "申请居住证"
    client.force_login(he)
    assert "看了 2 次" in text(client.get(url("paper", paper.pk)))
    client.post(url("share_end", given.pk))
    client.force_login(clerk)
    for path in (url("paper_look", given.pk), reverse("files:download", args=[file.pk, "large"])):
        assert client.get(path).status_code == 404
    assert client.post(url("paper_look", given.pk)).status_code == 404


def test_after_its_time_nobody_sees_it_any_more(client, station, time):
    given = share(give(make_person()), station, days=1)
    client.force_login(make_post(make_person("顾晓芸"), station, Role.SERVICE_STATION).person)
    assert client.get(url("paper_look", given.pk)).status_code == 200
    time.now = NOW + timedelta(days=1)
    assert client.get(url("paper_look", given.pk)).status_code == 404


def test_another_office_and_ones_own_office_see_nothing(client, places, station):
    he = make_person()
    given = share(give(he), station)
    other = make_body(BodyKind.SERVICE_STATION, places["community_b"])
    client.force_login(make_post(make_person("别站"), other, Role.SERVICE_STATION).person)
    assert client.get(url("paper_look", given.pk)).status_code == 404
    make_post(he, station, Role.SERVICE_STATION)
    client.force_login(he)
    assert client.get(url("paper_look", given.pk)).status_code == 404, (
        "nobody checks his own papers in office"
    )


def test_what_a_helper_with_a_mandate_puts_stands_under_his_name():
    mother, daughter = make_person("周秀英"), make_person("陆文静")
    mandate = Mandate.objects.create(
        principal=mother, agent=daughter, scopes=["applications"], how=MandateHow.IN_PERSON, since=TODAY, until=TODAY + timedelta(days=30),
        recorded_by=mother, recorded_at=NOW,
    )  # fmt: skip
    actor = Actor(person=daughter, mandate=mandate)
    version = give_paper(
        person=actor.principal, kind="household", name="", facts=Facts(), key=uuid7(), by=actor, now=NOW
    )
    assert version.paper.person == mother and version.by == daughter
    row = AuditRow.objects.get(action="paper.give")
    assert row.about == mother.pk and row.actor == daughter.pk


def test_papers_of_others_are_not_there(client):
    paper = give(make_person())
    client.force_login(make_person("别人"))
    for name in ("paper", "paper_renew", "paper_share", "paper_remove"):
        assert client.get(url(name, paper.pk)).status_code == 404


def test_ten_times_as_many_papers_ask_no_more_questions(client, station):
    he = make_person()
    client.force_login(he)
    give(he)

    def count():
        with CaptureQueriesContext(connection) as found:
            assert client.get(url("papers")).status_code == 200
        return len(found)

    count()
    few = count()
    for n in range(10):
        share(give(he, kind="other", name=f"证{n}", code=f"{n:08d}"), station)
    assert count() == few


def test_no_more_papers_than_the_shelf_holds(monkeypatch):
    monkeypatch.setattr("linli.services.actions.papers.MOST_PAPERS", 1)
    he = make_person()
    give(he)
    with pytest.raises(UserError, match="最多放 1 样"):
        give(he)
