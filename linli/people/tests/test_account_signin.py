"""Coming in: by phone and code, by password or card, by a link; and how guessing is stopped."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.common import clock
from linli.common.models import Session
from linli.common.sealed import unseal
from linli.gateways.api import OutgoingMessage
from linli.people.account_rules import Try
from linli.people.actions import signin_limits
from linli.people.actions.card import issue_card
from linli.people.actions.signin_links import make_signin_link
from linli.people.models import Attempt, Identifier, Person
from linli.people.policy import Actor

from .account_kit import PHONE, TYPED, answer, ask, come_in, last_code, signed_in
from .factories import NOW, make_person

pytestmark = pytest.mark.django_db


def test_a_known_number_and_its_code_sign_in(client, time):
    person = make_person(phone=PHONE)
    assert come_in(client).headers["Location"] == "/me/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_an_unknown_number_is_asked_for_a_name_and_becomes_an_account(client, time):
    assert come_in(client).headers["Location"] == "/account/signup/"
    client.post("/account/signup/", {"name": "3 幢老何", "age": "yes"})
    person = Person.objects.get(display_name="3 幢老何")
    assert signed_in(client) and not person.has_usable_password()
    assert Identifier.objects.get(person=person).value == PHONE


def test_who_is_not_14_gets_no_account(client, time):
    come_in(client)
    page = client.post("/account/signup/", {"name": "小宝", "age": "no"}).content.decode()
    assert "监护人" in page and not Person.objects.exists() and not signed_in(client)
    assert client.get("/account/signup/").status_code == 302


def test_known_and_unknown_numbers_get_the_same_answer_with_the_same_queries(time):
    make_person(phone=PHONE)
    seen = []
    for typed in (TYPED, "138 9999 0000"):
        client = Client()
        with CaptureQueriesContext(connection) as queries:
            first = ask(client, typed)
            page = client.get("/account/login/code/").content.decode()
            wrong = answer(client, "000000").content.decode()
        masked = re.sub(r"1\d\d\*{4}\d{4}|csrfmiddlewaretoken\" value=\"\w+", "", page + wrong)
        shapes = [re.sub(r"'[^']*'|\b\d+\b|s\d+_x\d+", "?", q["sql"].split(" VALUES")[0]) for q in queries]
        seen.append((first.status_code, first.headers["Location"], masked, len(shapes), shapes))
    assert seen[0] == seen[1]


def test_a_code_works_once_only_here_and_for_five_minutes(client, time):
    make_person(phone=PHONE)
    ask(client)
    code, old = last_code(), client.cookies["linli"].value
    other = Client()
    assert answer(other, code).headers["Location"] == "/account/login/"
    time.pass_(minutes=5, seconds=1)
    assert "作废" in answer(client, code).content.decode()
    time.pass_(seconds=60)
    come_in(client)
    assert client.cookies["linli"].value != old
    replay = Client()
    replay.cookies["linli"] = old
    assert answer(replay, last_code()).headers["Location"] == "/account/login/" and not signed_in(replay)


def test_after_five_wrong_tries_even_the_right_code_is_void(client, time):
    make_person(phone=PHONE)
    ask(client)
    code = last_code()
    wrong = "111111" if code != "111111" else "222222"
    assert "还可以试 4 次" in answer(client, wrong).content.decode()
    for _n in range(4):
        page = answer(client, wrong).content.decode()
    assert "作废" in page
    answer(client, code)
    assert not signed_in(client)


def test_a_copied_session_gives_no_more_than_five_tries(client, time):
    make_person(phone=PHONE)
    ask(client)
    code = last_code()
    state = dict(client.session["code_sign_in"])
    for _n in range(5):
        answer(client, "111111" if code != "111111" else "222222")
        session = client.session
        session["code_sign_in"] = dict(state)
        session.save()
    answer(client, code)
    assert not signed_in(client)


def test_a_number_gets_five_codes_a_shanghai_day(client, time):
    for _n in range(5):
        assert ask(Client()).status_code == 302
        time.pass_(seconds=61)
    assert "今天已向这里发过 5 次" in ask(Client()).content.decode()
    assert OutgoingMessage.objects.count() == 5
    time.pass_(hours=8)  # 16:00 in Shanghai becomes midnight
    assert ask(Client()).status_code == 302


def test_two_codes_are_a_minute_apart(client, time):
    ask(client)
    assert "秒后可以再发" in ask(Client()).content.decode()


def test_a_hundred_neighbours_behind_one_address_come_in_within_an_hour(time):
    for n in range(100):
        assert ask(Client(REMOTE_ADDR="100.64.0.1"), f"1380000{n:04d}").status_code == 302
    for n in range(100, 151):
        page = ask(Client(REMOTE_ADDR="100.64.0.1"), f"1380000{n:04d}")
    assert "这个网络取验证码的人太多" in page.content.decode()
    assert ask(Client(REMOTE_ADDR="100.64.0.2"), "13800009999").status_code == 302


def test_a_forged_forwarded_address_changes_nothing_unless_proxies_are_configured(time, settings):
    for n in range(3):
        ask(Client(REMOTE_ADDR="10.0.0.9"), f"1380000{n:04d}", HTTP_X_FORWARDED_FOR=f"1.2.3.{n}")
    froms = Attempt.objects.filter(kind=Try.CODE_FROM)
    assert froms.values("key_hash").distinct().count() == 1
    settings.LINLI_PROXIES = 1
    ask(Client(REMOTE_ADDR="10.0.0.9"), "13800000077", HTTP_X_FORWARDED_FOR="9.9.9.9, 1.2.3.4")
    assert froms.filter(key_hash=signin_limits.hash_of(Try.CODE_FROM, "1.2.3.4")).exists()


def test_a_phone_number_stands_in_no_session_row_log_or_address(client, time, caplog):
    caplog.set_level("DEBUG")
    make_person(phone=PHONE)
    ask(client)
    client.get("/account/login/code/")
    bare = PHONE.removeprefix("+86")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names from the database itself
            assert bare not in repr(cursor.fetchall()), table
    assert bare not in caplog.text
    place = answer(client, last_code()).headers["Location"]
    assert bare not in place
    assert not Attempt.objects.filter(key_hash__contains=bare).exists()


def test_sign_in_rotates_the_session_key(client, time):
    make_person(phone=PHONE)
    ask(client)
    before = client.session.session_key
    answer(client, last_code())
    assert client.session.session_key != before and Session.objects.count() == 1


@pytest.mark.parametrize("state", ["closed", "merged", "inactive"])
def test_an_account_that_is_over_signs_nobody_in(client, time, state):
    person = make_person(phone=PHONE)
    person.set_password("long enough 1")
    if state == "closed":
        person.closed_at, person.is_active = NOW, False
    elif state == "merged":
        person.merged_into, person.is_active = make_person("另一个"), False
    else:
        person.is_active = False
    person.save()
    come_in(client)
    client.post("/account/login/password/", {"login": TYPED, "password": "long enough 1"})
    assert not signed_in(client)


def test_a_long_unseen_number_is_asked_whose_account_it_is_and_can_start_anew(client, time):
    old = make_person("何立群", phone=PHONE)
    Identifier.objects.create(person=old, kind="email", value="he@example.org", verified_at=NOW)
    time.pass_(days=120)
    assert come_in(client).headers["Location"] == "/account/login/whose/"
    page = client.get("/account/login/whose/").content.decode()
    assert "何*" in page and "立群" not in page
    assert client.post("/account/login/whose/", {"mine": "no"}).headers["Location"] == "/account/signup/"
    client.post("/account/signup/", {"name": "新机主", "age": "yes"})
    new = Person.objects.get(display_name="新机主")
    assert Identifier.objects.current().of_value(PHONE).get().person == new
    row = old.identifiers.get(kind="phone")
    assert row.retired_why == "recycled" and row.value == PHONE
    assert OutgoingMessage.objects.filter(channel="email", person_id=old.pk).count() == 1
    assert Person.objects.living().filter(pk=old.pk).exists()


def test_the_box_for_a_new_number_asks_too(client, time):
    make_person(phone=PHONE)
    ask(client)
    assert answer(client, last_code(), not_mine="on").headers["Location"] == "/account/login/whose/"
    client.post("/account/login/whose/", {"mine": "yes"})
    assert signed_in(client)


def test_a_card_signs_in_without_a_phone(client, time):
    person = make_person("周秀英")
    secret = issue_card(person=person, by=Actor(person=make_person("干事")), now=NOW)
    assert re.fullmatch(r"\d{8}", secret)
    typed = f"{person.code[:4]} {person.code[4:]}"
    assert client.post("/account/login/password/", {"login": typed, "password": secret}).status_code == 302
    assert signed_in(client)
    new = issue_card(person=Person.objects.get(pk=person.pk), by=Actor(person=person), now=NOW)
    assert not Session.objects.filter(account=str(person.pk)).exists()
    other = Client()
    other.post("/account/login/password/", {"login": person.code, "password": secret})
    assert not signed_in(other) and new != secret


def test_five_wrong_passwords_a_day_for_an_account_whichever_of_its_names_is_typed(client, time):
    person = make_person(phone=PHONE)
    person.set_password("long enough 1")
    person.save()
    for n in range(5):
        page = client.post("/account/login/password/", {"login": [TYPED, person.code][n % 2], "password": "x"})
        assert "号码或密码不对" in page.content.decode()
    for login in (TYPED, person.code):
        page = client.post("/account/login/password/", {"login": login, "password": "long enough 1"})
        assert "今天密码已输错 5 次" in page.content.decode()
    time.pass_(hours=8)
    client.post("/account/login/password/", {"login": TYPED, "password": "long enough 1"})
    assert signed_in(client)


def test_an_unknown_login_costs_a_hash_and_gets_the_same_words(client, time, monkeypatch):
    hashed = []
    real = get_user_model().set_password
    monkeypatch.setattr(get_user_model(), "set_password", lambda self, raw: hashed.append(raw) or real(self, raw))
    page = client.post("/account/login/password/", {"login": "138 7777 7777", "password": "whatever"}).content.decode()
    assert "号码或密码不对" in page and hashed == ["whatever"]


def test_a_link_is_spent_by_the_button_and_not_by_looking(client, time, settings):
    person = make_person(phone=PHONE)
    url = make_signin_link(TYPED, now=NOW)
    assert url.startswith(settings.LINLI_ORIGIN)
    path = url.removeprefix(settings.LINLI_ORIGIN)
    for _n in range(2):
        assert "<button" in Client().get(path).content.decode()
    assert client.post(path).headers["Location"] == "/me/set-up/"
    assert client.session["_auth_user_id"] == str(person.pk)
    assert client.get("/me/").headers["Location"] == "/me/set-up/"
    assert Client().post(path).status_code == 410 and Client().get(path).status_code == 410


def test_a_link_runs_out_after_a_day_and_a_new_one_ends_the_old(client, time):
    person = make_person(phone=PHONE)
    first = make_signin_link(person, now=NOW).split("/account/")[1]
    second = make_signin_link(person, now=NOW).split("/account/")[1]
    assert client.get(f"/account/{first}").status_code == 410
    time.pass_(hours=24, seconds=1)
    assert client.post(f"/account/{second}").status_code == 410


def test_counted_tries_are_forgotten_after_two_days(time):
    ask(Client())
    time.pass_(days=3)
    assert signin_limits.forget_old(now=clock.now()) == 2 and not Attempt.objects.exists()


def test_the_sign_in_page_takes_few_queries(client, time, django_assert_max_num_queries, settings):
    settings.LINLI_DEMO = False
    with django_assert_max_num_queries(0):
        assert client.get("/account/login/").status_code == 200


def test_a_sign_in_leads_on_to_where_one_wanted_to_go_but_never_to_another_host(client, time):
    make_person(phone=PHONE)
    client.post("/account/login/?next=/me/looked/", {"phone": TYPED, "next": "/me/looked/"})
    assert answer(client, last_code()).headers["Location"] == "/me/looked/"
    client.post("/account/logout/")
    time.pass_(seconds=61)
    client.post("/account/login/", {"phone": TYPED, "next": "//evil.example/"})
    assert answer(client, last_code()).headers["Location"] == "/me/"


def test_sessions_open_only_with_their_key(client, time):
    make_person(phone=PHONE)
    come_in(client)
    row = Session.objects.get()
    with pytest.raises(Exception, match="session"):
        unseal(row.data, "session|another")


def test_codes_sent_under_a_clock_ten_years_ahead_keep_nobody_waiting_when_it_is_put_back():
    ahead = NOW + timedelta(days=3650)
    for _ in range(5):
        signin_limits.count_try(kind=Try.CODE_TO, key="+8613800001234", now=ahead)
    assert signin_limits.seconds_to_wait(key="+8613800001234", now=NOW) == 0
    signin_limits.count_try(kind=Try.CODE_TO, key="+8613800001234", now=NOW)
    assert signin_limits.seconds_to_wait(key="+8613800001234", now=NOW - timedelta(hours=1)) == 60


def test_the_sign_in_page_leads_to_acting_for_ones_family_and_says_what_comes_first(client, time):
    page = client.get("/account/login/").content.decode()
    assert 'href="/acting/"' in page and "替家人办事" in page
    answer = client.get("/acting/", follow=True).content.decode()
    assert "先登录您自己的账号" in answer and 'href="/acting/"' not in answer
