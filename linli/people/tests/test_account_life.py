"""Closing, merging, recovering; children and their guardians."""

import re
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connection
from django.test import Client

from linli.areas.tests.factories import make_cell
from linli.common.errors import UserError
from linli.common.models import AuditRow, Session
from linli.common.rotate import rotate_keys
from linli.gateways.api import OutgoingMessage
from linli.people import account_export
from linli.people.account_rules import fourteenth_birthday, is_under_14
from linli.people.actions.account_close import close_account
from linli.people.actions.factor import reset_second_factor
from linli.people.actions.guardians import add_child
from linli.people.actions.merge import merge_accounts
from linli.people.models import Guardianship, Identifier, Mandate, Person, Residency
from linli.people.policy import Actor
from linli.people.rules import MandateHow, ResidencyKind

from .account_kit import last_code, signed_in
from .factories import NOW, TODAY, make_body, make_person, make_post, make_residency
from .test_account_pages import NEW, SECRET

pytestmark = pytest.mark.django_db


def test_closing_empties_what_is_sealed_and_leaves_a_tombstone(client, person):
    places = make_cell()
    home = make_residency(person, places["home"], note="三楼左手")
    Person.objects.filter(pk=person.pk).update(demo_key="he")
    assert "勾上" in client.post("/me/close/", {}).content.decode()
    assert "注销了" in client.post("/me/close/", {"sure": "on"}).content.decode()
    gone = Person.objects.get(pk=person.pk)
    assert gone.closed_at and not gone.is_active and gone.legal_name == gone.born == "" and "何" not in gone.display_name
    assert [i.value for i in gone.identifiers.all()] == [""]
    home.refresh_from_db()
    assert home.state == "ended" and home.note == ""
    assert not Session.objects.filter(account=str(person.pk)).exists() and not signed_in(client)


def test_who_holds_a_post_cannot_close_his_account_and_reads_why(client, person):
    make_post(person, make_body(name="青砖里居委会"), title="干事")
    page = client.post("/me/close/", {"sure": "on"}).content.decode()
    assert "青砖里居委会·干事" in page and Person.objects.get(pk=person.pk).closed_at is None


def test_two_accounts_of_one_person_become_one(person):
    places = make_cell()
    other = make_person("老何", phone=NEW)
    third = make_person("女儿")
    make_residency(person, places["home"], state="claimed")
    make_residency(other, places["home"])
    make_residency(other, places["community_b"], ResidencyKind.WORKS_HERE)
    post = make_post(other)
    mandate = Mandate.objects.create(
        principal=other, agent=third, scopes=["all"], how=MandateHow.ONLINE, since=TODAY,
        until=TODAY + timedelta(days=9), recorded_by=other, recorded_at=NOW,
    )  # fmt: skip
    merge_accounts(keep=person, drop=other, by=Actor(person=person), now=NOW)
    assert set(Identifier.objects.current().filter(person=person).values_list("kind", flat=True)) == {"phone"}
    assert Residency.objects.filter(person=person, state="verified").count() == 2
    assert not Residency.objects.filter(person=other).exists()
    closed = Residency.objects.get(state="withdrawn")
    step = closed.events.get()
    assert (step.event, step.state, step.by) == ("merge", "withdrawn", person) and "合并" in step.reason
    assert AuditRow.objects.filter(action="residency.merge", subject_id=str(closed.pk)).count() == 1
    post.refresh_from_db(), mandate.refresh_from_db()
    assert post.person == person and mandate.principal == person
    other.refresh_from_db()
    assert other.merged_into == person and not other.is_active
    assert AuditRow.objects.filter(action="account.merge").count() == 2
    with pytest.raises(UserError):
        merge_accounts(keep=person, drop=other, by=Actor(person=person), now=NOW)


def test_merging_by_oneself_needs_a_code_to_the_other_number(client, person):
    other = make_person("老何", phone=NEW)
    client.post("/me/merge/", {"to": "138 0000 2222"})
    client.post("/me/merge/code/", {"code": last_code(NEW)})
    other.refresh_from_db()
    assert other.merged_into == person


def test_an_account_with_a_post_is_not_swallowed_by_a_code_alone(client, person):
    other = make_person("老何", phone=NEW)
    make_post(other)
    client.post("/me/merge/", {"to": "138 0000 2222"})
    client.post("/me/merge/code/", {"code": last_code(NEW)})
    other.refresh_from_db()
    assert other.merged_into is None


@pytest.mark.parametrize(
    ("born", "birthday"),
    [(date(2012, 5, 19), date(2026, 5, 19)), (date(2012, 2, 29), date(2026, 3, 1)), (date(2010, 2, 28), date(2024, 2, 28))],
)
def test_a_guardian_is_needed_until_the_14th_birthday(born, birthday):
    assert fourteenth_birthday(born) == birthday
    assert is_under_14(born, birthday - timedelta(days=1)) and not is_under_14(born, birthday)


def test_a_guardian_makes_the_childs_account_and_its_card(client, person):
    page = client.post(
        "/me/children/add/", {"name": "小宝", "born_0": "2016", "born_1": "2", "born_2": "29", "consent": "on"}
    ).content.decode()
    child = Person.objects.get(display_name="小宝")
    row = Guardianship.objects.get(child=child)
    assert row.guardian == person and row.until == date(2030, 3, 1) and child.born == "2016-02-29"
    assert Mandate.objects.get(principal=child).agent == person
    secret = re.findall(r'<dd class="num b">([\d\s\u00a0]+)</dd>', page)[1]
    login = Client()
    login.post("/account/login/password/", {"login": child.code, "password": re.sub(r"\D", "", secret)})
    assert login.session["_auth_user_id"] == str(child.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT born FROM linli_people_person")
        assert "2016-02-29" not in repr(cursor.fetchall())


def test_a_child_of_fourteen_needs_no_guardian_and_a_guardian_cannot_leave_a_child_behind(person):
    with pytest.raises(UserError, match="14"):
        add_child(guardian=person, name="大宝", born=date(2012, 5, 19), by=Actor(person=person), now=NOW)
    add_child(guardian=person, name="小宝", born=date(2012, 5, 20), by=Actor(person=person), now=NOW)
    with pytest.raises(UserError, match="14 周岁"):
        close_account(person=person, by=Actor(person=person), now=NOW)
    close_account(person=person, by=Actor(person=person), now=NOW + timedelta(days=1))


def test_a_guardian_gets_another_card_for_the_child_and_closes_its_account(client, person):
    child, _secret = add_child(guardian=person, name="小宝", born=date(2016, 5, 20), by=Actor(person=person), now=NOW)
    assert re.search(r'<dd class="num b">\d', client.post("/me/children/", {"child": child.pk, "card": "1"}).content.decode())
    client.post("/me/children/", {"child": child.pk, "close": "1"})
    child.refresh_from_db()
    assert child.closed_at and not Guardianship.objects.filter(ended_at=None).exists()


def test_nobody_touches_the_account_of_anothers_child(client, person):
    parent = make_person("别的家长")
    child, _secret = add_child(guardian=parent, name="小花", born=date(2016, 5, 20), by=Actor(person=parent), now=NOW)
    for deed in ("card", "close"):
        assert client.post("/me/children/", {"child": child.pk, deed: "1"}).status_code == 404


def test_a_lost_second_factor_is_taken_away_by_somebody_else_and_the_person_is_told(person):
    TOTP.activate(person, SECRET)
    with pytest.raises(UserError):
        reset_second_factor(person=person, by=Actor(person=person), now=NOW)
    reset_second_factor(person=person, by=Actor(person=make_person("运维")), now=NOW)
    assert not Authenticator.objects.filter(user=person).exists()
    assert OutgoingMessage.objects.filter(kind="security", person_id=person.pk).count() == 1
    assert not Session.objects.filter(account=str(person.pk)).exists()


def test_second_factors_survive_a_rotation_of_the_keys(person):
    TOTP.activate(person, SECRET)
    rotate_keys(drop_old=True)
    from allauth.mfa.utils import decrypt

    assert decrypt(Authenticator.objects.get(user=person).data["secret"]) == SECRET


def test_every_field_of_the_copy_of_ones_data_has_a_name_that_people_understand():
    fields = {(source.model, name) for source in account_export._SOURCES for name in source.fields}
    assert len(fields) > 40
    assert not {one for one in fields if one[1] not in account_export._FIELDS}
