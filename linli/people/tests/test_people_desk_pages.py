"""The people desk: masked, within reach, on the record."""

import re
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from linli.areas.tests.factories import make_cell
from linli.common.clock import local_date, now
from linli.common.errors import UserError
from linli.common.models import AuditRow, Session
from linli.gateways.api import OutgoingMessage
from linli.people.actions.factor import reset_factor_of
from linli.people.models import Guardianship, Identifier, Person
from linli.people.rules import BodyKind, ResidencyKind, ResidencyState, Role

from .factories import make_body, make_person, make_post, make_residency

pytestmark = pytest.mark.django_db
B, R = BodyKind, Role
PHONE, CLEAR = "+8613800001234", "13800001234"


@pytest.fixture
def town():
    places = make_cell()
    bodies = {
        "street": make_body(B.STREET_OFFICE, places["street"]),
        "committee": make_body(B.RESIDENTS_COMMITTEE, places["community_a"], name="青砖里居委会", phone="0990-5550101"),
        "committee_b": make_body(B.RESIDENTS_COMMITTEE, places["community_b"]),
        "station": make_body(B.SERVICE_STATION, places["community_a"]),
        "property": make_body(B.PROPERTY_COMPANY, places["compound_a1"]),
    }
    person = make_person("3 幢老何", PHONE, legal_name="何立群", born="1949-05-01")
    make_residency(person, places["home"])
    return places, bodies, person


def client_of(body, role=R.RESIDENTS_COMMITTEE, **fields):
    client = Client()
    client.force_login(make_post(body=body, role=role, **fields).person)
    return client


def go(client, name, /, *args, **data):
    url = reverse(f"people:{name}", args=args)
    return client.post(url, data) if data else client.get(url)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("number", [CLEAR, "138 0000 1234", "+86 138-0000-1234", "１３８００００１２３４", "card"])
def test_a_person_is_found_by_his_exact_number_however_it_is_written(town, number):
    _places, bodies, person = town
    page = go(client_of(bodies["committee"]), "people_desk", number=person.code if number == "card" else number)
    assert page.status_code == 302 and page.url.endswith(f"{person.pk}/") and CLEAR not in page.url
    assert AuditRow.objects.get(action="people.find").about == person.pk


@pytest.mark.parametrize("number", ["13800009999", "13900001234", "1234567897"])
def test_what_is_unknown_and_what_lives_elsewhere_sound_alike_by_phone(town, number):
    places, bodies, _person = town
    elsewhere = make_person("外人", "+8613900001234")
    make_residency(elsewhere, places["compound_b1"], ResidencyKind.WORKS_HERE)
    client = client_of(bodies["committee"])
    known = re.sub(r'value="[^"]*"', "", text(go(client, "people_desk", number="13800007777")))
    page = go(client, "people_desk", number=number)
    assert page.status_code == 200
    assert re.sub(r'value="[^"]*"', "", text(page)) == known


def test_after_forty_misses_the_day_is_over(town):
    _places, bodies, _person = town
    client = client_of(bodies["committee"])
    for n in range(40):
        go(client, "people_desk", number=f"139{n:08d}")
    assert go(client, "people_desk", number=CLEAR).status_code == 200
    assert AuditRow.objects.filter(action="people.find.miss").count() == 40


@pytest.mark.parametrize("number", ["", "abc", "1380000123", "1" * 1_000_000, "138' OR 1=1 --", "\x00"])
def test_what_is_no_number_is_said_to_be_none(town, number):
    _places, bodies, _person = town
    page = go(client_of(bodies["committee"]), "people_desk", number=number, x="1")
    assert page.status_code == 200 and 'role="alert"' in text(page)


def test_the_page_of_a_person_is_masked_and_opening_it_is_on_the_record(town):
    _places, bodies, person = town
    page = text(go(client_of(bodies["committee"]), "person", person.pk))
    assert "何*" in page and "138****1234" in page
    for secret in (CLEAR, "何立群", "1949", person.code):
        assert secret not in page
    assert AuditRow.objects.get(action="person.open").about == person.pk


@pytest.mark.parametrize("name", ["person", "person_card", "person_phone", "person_merge", "person_guardian"])
def test_a_person_of_another_place_does_not_exist(town, name):
    _places, bodies, person = town
    assert go(client_of(bodies["committee_b"]), name, person.pk).status_code == 404
    assert go(client_of(bodies["property"], R.PROPERTY_COMPANY), name, person.pk).status_code == 404
    assert Client().get(reverse(f"people:{name}", args=[person.pk])).status_code == 302


def test_a_look_is_answered_once_on_a_page_that_nothing_keeps(town):
    _places, bodies, person = town
    client = client_of(bodies["committee"])
    assert client.get(reverse("people:person_reveal", args=[person.pk])).status_code == 405
    bare = go(client, "person_reveal", person.pk, field="phone", words="")
    assert bare.status_code == 200 and PHONE not in text(bare) and not AuditRow.objects.filter(action="reveal").exists()
    page = go(client, "person_reveal", person.pk, field="phone", purpose="contact", words="")
    assert PHONE in text(page) and "no-store" in page["Cache-Control"]
    assert PHONE not in text(go(client, "person", person.pk))
    assert all(PHONE not in str(dict(client.session.items())) for _ in (1,))


def test_an_old_person_without_a_phone_gets_an_account_and_a_card(town):
    _places, bodies, _person = town
    client = client_of(bodies["station"], R.SERVICE_STATION)
    page = go(client, "people_enrol", legal_name="倪桂香", name="", born_0="1938", born_1="2", born_2="1")
    person = Person.objects.get(display_name="倪桂香")
    assert page.status_code == 302 and person.born == "1938-02-01"
    assert go(client, "person", person.pk).status_code == 200
    assert go(client, "person_card", person.pk, papers="").status_code == 200
    card = go(client, "person_card", person.pk, papers="id_card")
    secret = re.findall(r'code-big">(\d{4}) (\d{4})<', text(card))[0]
    person.refresh_from_db()
    assert person.check_password("".join(secret)) and "no-store" in card["Cache-Control"]
    assert "倪桂香" in text(card)
    assert {"person.enrol", "identity.seen", "account.card"} <= set(
        AuditRow.objects.filter(about=person.pk).values_list("action", flat=True)
    )


@pytest.mark.parametrize(
    ("name", "born"), [("", ("", "", "")), ("倪桂香", ("2024", "1", "1")), ("倪桂香", ("1850", "1", "1")), ("倪", ("2000", "2", "30")), ("\u202e", ("", "", ""))]
)  # fmt: skip
def test_bad_facts_and_children_are_not_enrolled(town, name, born):
    _places, bodies, _person = town
    before = Person.objects.count()
    data = {f"born_{n}": part for n, part in enumerate(born)}
    client = client_of(bodies["station"], R.SERVICE_STATION)
    page = go(client, "people_enrol", legal_name=name, **data)
    assert page.status_code == 200 and 'role="alert"' in text(page)
    assert Person.objects.count() == before + 1


def test_a_lost_number_is_replaced_the_old_one_told_and_the_sessions_end(town):
    _places, bodies, person = town
    owner = Client()
    owner.force_login(person)
    client = client_of(bodies["committee"])
    assert go(client, "person_phone", person.pk, phone="13800005678").status_code == 200
    assert go(client, "person_phone", person.pk, phone="13800005678", papers="id_card").status_code == 302
    assert Identifier.objects.get(value_index=Identifier.objects.current().get(person=person).value_index).value == "+8613800005678"
    assert OutgoingMessage.objects.filter(person_id=person.pk).count() == 1
    assert not Session.objects.filter(account=str(person.pk)).exists()
    assert AuditRow.objects.filter(about=person.pk, action="account.phone.change").exists()


def test_the_number_of_somebody_else_is_not_taken_over(town):
    _places, bodies, person = town
    other = make_person("外人", "+8613900001234")
    assert go(client_of(bodies["committee"]), "person_phone", person.pk, phone="13900001234", papers="id_card").status_code == 200
    assert other.identifiers.current().count() == 1


@pytest.mark.parametrize("name", ["person_card", "person_phone", "person_merge"])
def test_nobody_gets_into_the_account_of_a_superior_a_colleague_or_his_own(town, name):
    places, bodies, _person = town
    client = client_of(bodies["committee"])
    me = Person.objects.get(posts__body=bodies["committee"])
    boss = make_post(make_person("上级", "+8613900009999"), bodies["street"], R.STREET_OFFICE).person
    fellow = make_post(body=bodies["committee"]).person
    for person in (me, boss, fellow):
        make_residency(person, places["home2"], ResidencyKind.FAMILY)
        assert go(client, name, person.pk).status_code == 404
        assert go(client, name, person.pk, papers="id_card", phone="13800007777", number="1").status_code == 404
    assert go(client_of(bodies["street"], R.STREET_OFFICE, is_head=True), name, fellow.pk).status_code == 200


def test_two_accounts_of_one_person_become_one_but_not_with_a_post_holders(town):
    places, bodies, person = town
    second = make_person("老何", "+8613800005678")
    make_residency(second, places["home2"], state=ResidencyState.CLAIMED)
    boss = make_post(make_person("上级", "+8613900009999"), bodies["street"], R.STREET_OFFICE).person
    make_residency(boss, places["home2"], ResidencyKind.FAMILY)
    client = client_of(bodies["committee"])
    assert "没有找到" in text(go(client, "person_merge", person.pk, number="13900009999", papers="id_card"))
    assert go(client, "person_merge", person.pk, number="13800005678", papers="id_card").status_code == 302
    second.refresh_from_db()
    assert second.merged_into == person and go(client, "person", second.pk).status_code == 404


def test_a_second_guardian_is_added_for_a_child_only(town):
    places, bodies, person = town
    born = local_date(now()) - timedelta(days=3000)
    child = make_person("小何", born=date.isoformat(born))
    make_residency(child, places["home"], ResidencyKind.FAMILY)
    client = client_of(bodies["committee"])
    assert go(client, "person_guardian", child.pk, number=CLEAR, papers="household").status_code == 302
    assert Guardianship.objects.get(child=child).guardian == person
    assert go(client, "person_guardian", child.pk, number=CLEAR, papers="household").status_code == 200
    assert go(client, "person_guardian", person.pk, number=child.code, papers="household").status_code == 200


def test_the_people_of_a_building_are_listed_masked_for_the_committee_alone(town, django_assert_max_num_queries):
    places, bodies, _person = town
    for n in range(30):
        make_residency(make_person(f"住户{n}", legal_name=f"住户{n}"), places["home2"], ResidencyKind.FAMILY)
    client = client_of(bodies["committee"])
    url = reverse("people:people_living") + f"?at={places['building'].pk}"
    with django_assert_max_num_queries(28):
        page = text(client.get(url))
    assert "何*" in page and "何立群" not in page and page.count("住*") == 30
    assert AuditRow.objects.get(action="people.list").detail == {"n": 31}
    assert client_of(bodies["committee_b"]).get(url).status_code == 404
    assert client_of(bodies["station"], R.SERVICE_STATION).get(url).status_code == 404


@pytest.mark.parametrize("at", ["x", "99999999", "-1", "9" * 30, ""])
def test_odd_places_in_the_address_do_no_harm(town, at):
    _places, bodies, _person = town
    page = client_of(bodies["committee"]).get(reverse("people:people_living"), {"at": at})
    assert page.status_code in (200, 404)


def test_the_desk_says_what_waits_and_is_honest_when_nothing_does(town):
    places, bodies, _person = town
    client = client_of(bodies["committee"])
    assert "现在没有等您办的事" in text(go(client, "desk"))
    make_residency(make_person(), places["home2"], state=ResidencyState.CLAIMED)
    assert "1 件" in text(go(client, "desk")).replace("\xa0", " ")
    resident = Client()
    resident.force_login(make_person())
    assert go(resident, "desk").status_code == 404


@pytest.mark.parametrize("name", ["people_desk", "people_enrol", "person_card", "person_phone", "person_merge", "person_reveal", "person_guardian"])
def test_every_form_wants_its_csrf_token(town, name):
    _places, bodies, person = town
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_post(body=bodies["committee"]).person)
    args = [person.pk] if name.startswith("person_") else []
    assert client.post(reverse(f"people:{name}", args=args), {"number": CLEAR}).status_code == 403


def with_factor(person):
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})


def test_a_lost_second_factor_is_taken_away_with_papers_and_a_reason_and_the_person_is_told(town):
    _places, bodies, person = town
    with_factor(person)
    client = client_of(bodies["committee"])
    assert "取下丢了的第二重验证" in text(go(client, "person", person.pk))
    page = go(client, "person_factor", person.pk, papers="id_card", reason=" ")
    assert "请写明为什么取下" in text(page) and Authenticator.objects.exists()
    assert go(client, "person_factor", person.pk, papers="id_card", reason="手机掉河里了").status_code == 302
    assert not Authenticator.objects.exists()
    row = AuditRow.objects.get(action="account.factor.reset")
    assert (row.about, row.purpose) == (person.pk, "手机掉河里了") and row.place
    assert "第二重验证" in OutgoingMessage.objects.get().body
    assert "没有设第二重验证" in text(go(client, "person_factor", person.pk, papers="id_card", reason="再来一次"))


def test_nobody_takes_his_own_second_factor_away_or_that_of_whom_he_could_not_dismiss(town):
    places, bodies, _person = town
    post = make_post(body=bodies["committee"], is_head=True)
    make_residency(post.person, places["home2"])
    with_factor(post.person)
    client = Client()
    client.force_login(make_post(body=bodies["committee"]).person)
    assert go(client, "person_factor", post.person.pk).status_code == 404
    assert Authenticator.objects.exists()


def test_the_console_takes_a_second_factor_away_by_phone_number(town):
    _places, _bodies, person = town
    with_factor(person)
    with pytest.raises(UserError):
        reset_factor_of("13800009999", reason="x", now=now())
    assert "second factor" in reset_factor_of(CLEAR, reason="手机丢了，来电核实过", now=now())
    assert not Authenticator.objects.exists() and AuditRow.objects.get(action="account.factor.reset").actor is None
