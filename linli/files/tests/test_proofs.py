"""Photos of a residency claim: added by its person, seen by those who decide, gone 90 days after."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from linli.areas.tests.factories import make_cell
from linli.common import outbox
from linli.common.ids import uuid7
from linli.common.models import AuditRow
from linli.files import storage
from linli.files.actions.proofs import forget_proofs, settle_proofs
from linli.files.actions.uploads import sweep
from linli.files.models import File
from linli.files.rules import PROOF_DAYS
from linli.people.actions.claims import decide_claim
from linli.people.actions.merge import merge_accounts
from linli.people.actions.residency import claim_residency, withdraw_claim
from linli.people.rules import BodyKind
from linli.people.tests.factories import NOW, actor_of, make_body, make_person, make_post, make_residency

from .factories import PDF, archive, huge_png, picture, uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(monkeypatch, tmp_path, settings):
    monkeypatch.setattr(storage, "root", lambda: tmp_path / "files")
    settings.LINLI_STAFF_SECOND_FACTOR = False


@pytest.fixture
def places():
    return make_cell()


@pytest.fixture
def tenant():
    return make_person("许知遥")


@pytest.fixture
def claim(places, tenant):
    return claim_residency(by=actor_of(tenant), key=uuid7(), area=places["home"], kind="tenant", now=NOW)


@pytest.fixture
def clerk(places):
    return make_post(body=make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"])).person


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def send(client, claim, content=None, alt="租房合同第一页", key=None, name="合同.jpg"):
    values = {"key": str(key or uuid.uuid4()), "alt": alt, "file": uploaded(picture(800, 600) if content is None else content, name)}
    return client.post(f"/residency/{claim.pk}/photos/", values)


def test_a_resident_adds_a_photo_with_its_words_and_sees_it(claim, tenant):
    client = browser(tenant)
    assert "加照片" in client.get(f"/residency/{claim.pk}/").text
    assert send(client, claim).status_code == 302
    page = client.get(f"/residency/{claim.pk}/photos/").text
    file = File.objects.get()
    assert 'alt="租房合同第一页"' in page and str(file.pk) in page
    assert file.owner_kind == "claim.proof" and file.owner_id == str(claim.pk) and file.until is None
    assert client.get(f"/files/{file.pk}/large").status_code == 200


def test_the_same_form_sent_twice_is_one_photo(claim, tenant):
    client, key = browser(tenant), uuid.uuid4()
    assert [send(client, claim, key=key).status_code for _n in range(2)] == [302, 302]
    assert File.objects.count() == 1
    assert AuditRow.objects.filter(action="claim.proof.add").count() == 1


def test_a_sixth_photo_is_refused_and_one_may_be_taken_away(claim, tenant):
    client = browser(tenant)
    for _n in range(5):
        send(client, claim, picture(40, 30))
    assert "最多放 5 个" in send(client, claim, picture(40, 30)).text and File.objects.count() == 5
    file = File.objects.first()
    assert client.post(f"/residency/photos/{file.pk}/remove/").status_code == 302
    assert File.objects.count() == 4


@pytest.mark.parametrize(
    "content, says",
    [
        (PDF, "这里只收：图片"),
        (b"hello", "只收照片"),
        (huge_png(), "图片太大"),
        (picture(40, 30) + archive({"a.txt": b"x"}), "藏着一个压缩包"),
    ],
    ids=["a document", "no picture", "144 megapixels", "two files in one"],
)
def test_what_is_no_photo_is_refused_at_its_field_and_the_words_are_kept(claim, tenant, content, says):
    page = send(browser(tenant), claim, content, alt="我写的话").text
    assert says in page and 'value="我写的话"' in page and 'href="#id_file"' in page
    assert not File.objects.exists()


def test_a_photo_without_words_is_asked_for_them(claim, tenant):
    page = send(browser(tenant), claim, alt=" ").text
    assert "租房合同第一页" in page and not File.objects.exists()


def test_the_clerk_sees_and_opens_it_and_each_look_is_written_down_with_its_purpose(claim, tenant, clerk):
    send(browser(tenant), claim)
    file, desk = File.objects.get(), browser(clerk)
    page = desk.get(f"/desk/claims/{claim.pk}/").text
    assert f"/files/{file.pk}/small" in page and f"/desk/claims/photos/{file.pk}/" in page
    assert desk.get(f"/desk/claims/photos/{file.pk}/").status_code == 200
    assert desk.get(f"/files/{file.pk}/large").status_code == 200
    rows = AuditRow.objects.filter(action="claim.proof.look", about=tenant.pk)
    assert [row.detail["size"] for row in rows.order_by("pk")] == ["small", "large"]
    assert {row.purpose for row in rows} == {"claim"}
    assert "核实住处" in browser(tenant).get(reverse("people:account_looked")).text


def test_a_look_at_ones_own_photo_is_no_news(claim, tenant):
    client = browser(tenant)
    send(client, claim)
    client.get(f"/files/{File.objects.get().pk}/large")
    assert not AuditRow.objects.filter(action="claim.proof.look").exists()


def test_for_everybody_else_there_is_nothing(claim, tenant, places):
    send(browser(tenant), claim)
    file = File.objects.get()
    neighbour = make_residency(make_person("邻居"), places["home2"]).person
    far = make_post(body=make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_b"])).person
    station = make_post(body=make_body(BodyKind.SERVICE_STATION, places["community_a"]), role="service_station").person
    for person in (neighbour, far, station):
        client = browser(person)
        for url in (f"/files/{file.pk}/large", f"/files/{file.pk}/small", f"/desk/claims/photos/{file.pk}/", f"/residency/{claim.pk}/photos/"):
            assert client.get(url).status_code == 404, url
        assert send(client, claim).status_code == 404
        assert client.post(f"/residency/photos/{file.pk}/remove/").status_code == 404
    assert Client().get(f"/files/{file.pk}/large").status_code == 404
    assert File.objects.count() == 1


def test_after_the_decision_nothing_is_added_and_ninety_days_later_it_is_gone(claim, tenant, clerk, tmp_path):
    client = browser(tenant)
    send(client, claim)
    folder = tmp_path / "files" / File.objects.get().folder
    later = NOW + timedelta(days=2)
    decide_claim(by=actor_of(clerk), residency_id=claim.pk, verify=True, now=later)
    outbox.run(later)
    assert File.objects.get().until == later + timedelta(days=PROOF_DAYS)
    assert "已经有结果了" in send(client, claim).text
    sweep(later + timedelta(days=PROOF_DAYS, minutes=-1))
    assert File.objects.exists() and folder.exists()


def test_the_ticker_deletes_what_is_over(claim, tenant, tmp_path, django_capture_on_commit_callbacks):
    send(browser(tenant), claim)
    File.objects.update(until=NOW)
    folder = tmp_path / "files" / File.objects.get().folder
    with django_capture_on_commit_callbacks(execute=True):
        sweep(NOW)
    assert not File.objects.exists() and not folder.exists()


def test_refused_photos_stay_until_the_claim_waits_again_and_then_without_an_end(claim, tenant, clerk):
    send(browser(tenant), claim)
    decide_claim(by=actor_of(clerk), residency_id=claim.pk, verify=False, reason="看不清", now=NOW)
    outbox.run(NOW)
    assert File.objects.get().until == NOW + timedelta(days=PROOF_DAYS)
    claim_residency(by=actor_of(tenant), key=uuid7(), area=claim.area, kind="tenant", now=NOW)
    outbox.run(NOW)
    assert File.objects.get().until is None


def test_a_claim_taken_back_or_an_account_closed_takes_its_photos_along(claim, tenant):
    client = browser(tenant)
    send(client, claim)
    forget_proofs(person_id=tenant.pk)
    assert not File.objects.exists()
    send(client, claim)
    withdraw_claim(by=actor_of(tenant), residency_id=claim.pk, now=NOW)
    outbox.run(NOW)
    assert not File.objects.exists()


def test_photos_of_a_double_claim_go_with_the_one_that_goes_on_when_accounts_are_merged(places, claim, tenant):
    double = make_person("许知遥的旧账号")
    twin = claim_residency(by=actor_of(double), key=uuid7(), area=places["home"], kind="tenant", now=NOW)
    send(browser(double), twin)
    merge_accounts(keep=tenant, drop=double, by=actor_of(tenant), now=NOW)
    outbox.run(NOW)
    file = File.objects.get()
    assert (file.owner_id, file.by, file.until) == (str(claim.pk), tenant.pk, None)


def test_a_claim_that_is_no_more_leaves_no_file(claim, tenant):
    send(browser(tenant), claim)
    File.objects.update(owner_id=str(uuid.uuid4()), at=NOW - timedelta(days=3))
    sweep(NOW)
    assert not File.objects.exists()
    settle_proofs(residency_id=uuid.uuid4(), now=NOW)
