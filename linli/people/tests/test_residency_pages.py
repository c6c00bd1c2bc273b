"""Claiming a home in the browser's way: one page after another, with what goes wrong on the way."""

import pytest
from django.test import Client
from django.urls import reverse

from linli.areas.tests.factories import make_cell
from linli.common.models import AuditRow
from linli.people.actions.home_codes import print_codes
from linli.people.models import Residency
from linli.people.rules import BodyKind

from .factories import actor_of, make_body, make_person, make_post, make_residency

pytestmark = pytest.mark.django_db
CANARY_NAME, CANARY_PHONE = "欧阳金丝雀", "+8613900007777"


@pytest.fixture
def places():
    return make_cell()


@pytest.fixture
def clerk(places):
    body = make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"], name="青砖里社区居委会")
    return make_post(body=body).person


@pytest.fixture
def resident():
    return make_person("林小满", phone=CANARY_PHONE, legal_name=CANARY_NAME)


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def codes(clerk, place):
    from linli.common import clock

    return {slip.home.pk: slip.code for slip in print_codes(by=actor_of(clerk), place=place, now=clock.now())}


def post(client, name, data, *args, follow=True):
    page = client.post(reverse(f"people:{name}", args=args), data, follow=follow)
    page.text_bound = page.text.replace("\u00a0", " ")
    return page


def test_a_tenant_claims_with_the_paper_code_and_is_in_at_once(places, clerk, resident):
    code = codes(clerk, places["building"])[places["home"].pk]
    me = browser(resident)
    page = post(me, "claim", {"kind": "tenant"})
    assert page.redirect_chain[-1][0] == reverse("people:claim_home")
    page = post(me, "claim_home", {"code": f"{code[:4]} {code[4:8]}-{code[8:]}"})
    assert "入户码对上了" in page.text and "3 幢" in page.text_bound
    page = post(me, "claim_proof", {"note": ""})
    key = page.context["draft"].key
    page = post(me, "claim_check", {"key": key})
    assert "认好了" in page.text
    row = Residency.objects.get()
    assert (row.state, row.proof, row.kind) == ("verified", "code", "tenant") and row.until
    again = post(me, "claim_check", {"key": key})
    assert again.redirect_chain[-1][0] == reverse("people:residency_done", args=[row.pk])
    assert Residency.objects.count() == 1
    assert actor_of(resident, row.since).stays[0].path == places["compound_a1"].path


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "请写纸上的 12 位入户码"),
        ("1234 5678 90O2", "入户码第 11 位是“O”，应是数字，请再看一遍"),
        ("1234", "入户码应是 12 位，现在是 4 位"),
        ("1" * 61, "入户码只有 12 位"),
        ("1234 5678 9012", "入户码有一位不对"),
        ("１２３４\u202e", "入户码应是 12 位，现在是 4 位"),
    ],
)
def test_a_wrong_code_says_what_is_wrong_and_keeps_what_was_typed(places, resident, typed, says):
    me = browser(resident)
    post(me, "claim", {"kind": "owner"})
    page = post(me, "claim_home", {"code": typed})
    assert says in page.text
    assert page.context["form"].data["code"] == typed


def test_after_ten_wrong_codes_a_person_waits_until_tomorrow(places, resident):
    from linli.common.ids import digits_code

    me = browser(resident)
    post(me, "claim", {"kind": "owner"})
    for _n in range(10):
        assert "没有这张入户码" in post(me, "claim_home", {"code": digits_code(12)}).text
    assert "已输错 10 次" in post(me, "claim_home", {"code": digits_code(12)}).text


def test_without_a_code_one_walks_down_to_the_door_and_the_committee_decides(places, clerk, resident):
    me = browser(resident)
    post(me, "claim", {"kind": "family"})
    page = me.get(reverse("people:claim_place"), {"at": places["compound_a1"].pk})
    assert "3 幢" in page.text
    page = me.get(reverse("people:claim_place"), {"at": places["entrance"].pk})
    assert f'value="{places["home2"].pk}"' in page.text
    page = post(me, "claim_place", {"area": places["home2"].pk})
    assert "青砖里社区居委会" in page.text
    page = post(me, "claim_proof", {"proof": "person", "note": "住三楼"})
    page = post(me, "claim_check", {"key": page.context["draft"].key})
    assert "收到了，等核实" in page.text and "青砖里社区居委会" in page.text
    assert Residency.objects.get().state == "claimed"


def test_people_without_a_home_in_the_register_find_a_place_too(places, resident):
    me = browser(resident)
    for kind, community in (("lives_here", "community_a"), ("works_here", "community_b")):
        post(me, "claim", {"kind": kind})
        page = post(me, "claim_place", {"area": places[community].pk})
        page = post(me, "claim_proof", {"note": ""})
        page = post(me, "claim_check", {"key": page.context["draft"].key})
        assert "收到了" in page.text
    assert Residency.objects.count() == 2


def test_a_place_that_is_no_home_or_not_in_the_register_is_refused_at_its_field(places, resident):
    me = browser(resident)
    post(me, "claim", {"kind": "owner"})
    assert "请选到门牌号这一级" in post(me, "claim_place", {"area": places["building"].pk}).text
    for odd in ("", "0", "999999999", "x", "9" * 30):
        assert me.post(reverse("people:claim_place"), {"area": odd}).status_code == 200
    assert me.get(reverse("people:claim_place"), {"at": "٣"}).status_code == 200
    assert me.get(reverse("people:claim_place"), {"at": "9" * 40}).status_code == 200


def test_a_note_of_a_megabyte_is_refused_in_words(places, resident):
    me = browser(resident)
    post(me, "claim", {"kind": "lives_here"})
    post(me, "claim_place", {"area": places["community_a"].pk})
    assert "最多 300 字，现在是 1000000 字" in post(me, "claim_proof", {"note": "a" * 1_000_000}).text


def test_the_page_of_a_scanned_code_asks_nothing_and_leaks_nothing(places, clerk):
    code = codes(clerk, places["building"])[places["home"].pk]
    page = Client().get(reverse("people:home_code", args=[code]))
    assert page["Cache-Control"] == "no-store" and page["Referrer-Policy"] == "strict-origin"
    assert "纺机新村" not in page.text and places["home"].name + "室" not in page.text
    moved = Client().post(reverse("people:home_code", args=[code]))
    assert code not in moved["Location"]


def test_a_scanned_code_is_filled_in_after_signing_in(places, clerk, resident):
    code = codes(clerk, places["building"])[places["home"].pk]
    me = browser(resident)
    post(me, "home_code", {}, code)
    post(me, "claim", {"kind": "owner"})
    assert code in me.get(reverse("people:claim_home")).text


def test_nobody_sees_or_ends_the_residency_of_another(places, resident):
    row = make_residency(resident, places["home"])
    other = browser(make_person("别人"))
    for name in ("residency_one", "residency_done", "residency_end", "residency_renew"):
        assert other.get(reverse(f"people:{name}", args=[row.pk])).status_code == 404
    for name in ("residency_withdraw", "residency_end", "residency_renew"):
        assert other.post(reverse(f"people:{name}", args=[row.pk]), {"sure": "on"}).status_code == 404
    assert Client().get(reverse("people:residency")).status_code == 302


def test_who_moves_out_confirms_it_and_it_is_written_down(places, resident):
    row = make_residency(resident, places["home"])
    me = browser(resident)
    assert "请先在这一行打勾" in post(me, "residency_end", {}, row.pk).text
    assert "记下了" in post(me, "residency_end", {"sure": "on"}, row.pk).text
    row.refresh_from_db()
    assert row.state == "ended"
    assert AuditRow.objects.get(action="residency.end").about == resident.pk
