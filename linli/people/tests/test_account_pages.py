"""My account: what protects it, who looked, a copy, closing, merging, children."""

import base64
import json
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.apps import apps
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse

from linli.areas.tests.factories import make_cell
from linli.common import audit, clock
from linli.common.models import AuditRow, Session
from linli.gateways.api import OutgoingMessage
from linli.people.account_export import collect, covered
from linli.people.actions.signin_links import create_administrator
from linli.people.models import Identifier, Person, Post
from linli.people.rules import BodyKind, Role

from .account_kit import PHONE, answer, come_in, last_code, signed_in
from .factories import NOW, actor_of, make_body, make_person, make_post, make_residency

pytestmark = pytest.mark.django_db
NEW = "+8613800002222"
SECRET = base64.b32encode(b"12345678901234567890").decode()
PAGES = [
    "account", "account_profile", "account_contact", "account_security", "second_factor", "account_looked",
    "account_export", "account_close", "account_merge", "account_children", "account_child_add",
]  # fmt: skip


def totp_now(now) -> str:
    import time as real

    return format_hotp_value(hotp_value(SECRET, int(real.time()) // 30))


def test_every_account_page_opens_and_asks_a_stranger_to_sign_in(client, person):
    for name in PAGES:
        path = reverse(f"people:{name}")
        assert client.get(path).status_code == 200, name
        assert Client().get(path).headers["Location"] == f"/account/login/?next={path}"
        assert client.put(path).status_code == 405, name


def test_my_homes_and_posts_stand_on_my_page(client, person):
    places = make_cell()
    make_residency(person, places["home"])
    make_post(person, make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"], name="青砖里居委会"), title="干事")
    page = client.get("/me/").content.decode()
    assert "101" in page and "还没有认领" not in page and "青砖里居委会" in page


def test_every_page_of_allauth_that_is_named_opens_in_chinese(client, person):
    person.set_password("long enough 1")
    person.save()
    come = Client()
    come.post("/account/login/password/", {"login": person.code, "password": "long enough 1"})
    for name in ("mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "account_logout", "account_reauthenticate", "account_inactive"):
        page = come.get(reverse(name))
        assert page.status_code == 200, name
        text = re.sub(r"<[^>]+>|\{.*?\}", " ", page.content.decode().split("<main", 1)[1].split("</main", 1)[0], flags=re.S)
        assert not re.search(r"[A-Za-z]{4,} [a-z]{2,}", text), (name, text)
    TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)
    for name in ("mfa_deactivate_totp", "mfa_reauthenticate", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"):
        assert come.get(reverse(name)).status_code == 200, name


@pytest.mark.parametrize("name", ["account_email", "account_set_password", "account_reset_password", "account_signup_by_passkey", "account_change_phone"])
def test_pages_of_allauth_that_we_do_not_use_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_an_old_session_proves_itself_again_before_a_number_is_changed(client, person, time):
    time.pass_(hours=7)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = clock.now().timestamp() - 3600
    session.save()
    place = client.get("/me/contact/").headers["Location"]
    assert place == "/account/reauthenticate/code/?next=%2Fme%2Fcontact%2F"
    client.post(place, {"send": "1"})
    place = client.post(place, {"code": last_code()}).headers["Location"]
    assert place == "/me/contact/"


def test_a_new_number_is_proved_and_ends_other_sessions_and_the_old_one_is_told(client, person, time):
    time.pass_(seconds=61)
    other = Client()
    come_in(other)
    client.post("/me/contact/", {"to": "138 0000 2222"})
    code = last_code(NEW)
    client.post("/me/contact/code/", {"code": code})
    assert Identifier.objects.current().get(person=person).value == NEW
    assert Session.objects.filter(account=str(person.pk)).count() == 1 and client.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302
    assert OutgoingMessage.objects.filter(kind="security").get().recipient == PHONE


def test_a_number_of_another_account_is_refused(client, person):
    make_person("另一位", phone=NEW)
    client.post("/me/contact/", {"to": "138 0000 2222"})
    page = client.post("/me/contact/code/", {"code": last_code(NEW)}).content.decode()
    assert "已在另一个账号上" in page and "合并账号" in page


def test_a_code_for_a_new_number_is_no_code_for_signing_in(client, person):
    client.post("/me/contact/", {"to": "138 0000 2222"})
    stranger = Client()
    assert answer(stranger, last_code(NEW)).headers["Location"] == "/account/login/"


def test_the_last_way_in_cannot_be_deleted(client, person):
    row = person.identifiers.get()
    client.post(f"/me/contact/{row.pk}/remove/")
    row.refresh_from_db()
    assert row.retired_at is None


def test_a_number_of_somebody_else_cannot_be_deleted(client, person):
    row = make_person("另一位", phone=NEW).identifiers.get()
    assert client.post(f"/me/contact/{row.pk}/remove/").status_code == 404


def test_a_new_password_ends_other_sessions_and_keeps_this_one(client, person, time):
    time.pass_(seconds=61)
    other = Client()
    come_in(other)
    assert "常见" in client.post("/account/password/", {"password": "password"}).content.decode() or not Person.objects.get(pk=person.pk).has_usable_password()
    client.post("/account/password/", {"password": "青砖里 3 幢 lamp"})
    assert client.get("/me/").status_code == 200 and other.get("/me/").status_code == 302


def test_staff_without_a_second_factor_get_to_no_desk(client, person, settings):
    settings.LINLI_STAFF_SECOND_FACTOR = True
    places = make_cell()
    make_post(person, make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"]))
    assert "去设" in client.get("/me/").content.decode()
    assert client.get(reverse("people:second_factor")).status_code == 200
    TOTP.activate(Person.objects.get(pk=person.pk), SECRET)
    assert "去设" not in client.get("/me/").content.decode()


def test_a_second_factor_is_asked_for_once_and_never_twice_with_the_same_code(person, time):
    time.pass_(seconds=61)
    TOTP.activate(person, SECRET)
    client = Client()
    assert come_in(client).headers["Location"] == "/account/2fa/authenticate/"
    assert not signed_in(client) and "第二重验证" in client.get("/account/2fa/authenticate/").content.decode()
    code = totp_now(clock.now())
    client.post("/account/2fa/authenticate/", {"code": code})
    assert signed_in(client)
    time.pass_(seconds=61)
    again = Client()
    come_in(again)
    assert "验证码" in again.post("/account/2fa/authenticate/", {"code": code}).content.decode() and not signed_in(again)


def test_second_factors_are_guessed_at_five_times_in_five_minutes(person, time):
    time.pass_(seconds=61)
    TOTP.activate(person, SECRET)
    client = Client()
    come_in(client)
    for _n in range(5):
        client.post("/account/2fa/authenticate/", {"code": "000001"})
    page = client.post("/account/2fa/authenticate/", {"code": totp_now(clock.now())}).content.decode()
    assert "输错的次数太多" in page and not signed_in(client)


def test_secrets_of_second_factors_are_sealed(person):
    TOTP.activate(person, SECRET)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        assert SECRET not in repr(cursor.fetchall())


def test_a_residents_passkey_is_one_more_door_and_no_second_lock(person, time):
    time.pass_(seconds=61)
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "x", "credential": {}})
    client = Client()
    come_in(client)
    assert signed_in(client)
    make_post(person)
    time.pass_(seconds=61)
    assert come_in(Client()).headers["Location"] == "/account/2fa/authenticate/"


def test_everyone_sees_who_looked_and_why(client, person):
    places = make_cell()
    post = make_post(make_person("沈玉兰"), make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"], name="青砖里居委会"), title="主任")
    actor = actor_of(post.person)
    audit.record(actor=actor, action="reveal", about=person, subject=person, purpose="claim", detail={"field": "phone", "purpose": "claim"}, now=NOW)
    audit.record(actor=actor, action="reveal", about=make_person("别人"), now=NOW)
    page = client.get("/me/looked/").content.decode()
    assert "看了您的手机号" in page and "青砖里居委会·主任 沈玉兰" in page and "核实住处" in page
    assert page.count("沈玉兰") == 1


def test_every_model_that_points_to_a_person_is_exported_or_explained():
    pointing = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if getattr(field, "many_to_one", False) or (getattr(field, "one_to_one", False) and field.concrete)
        if field.related_model is Person
    }
    assert pointing - covered() == set()
    assert {one for one in covered() - pointing if "__" not in one[1]} == set(), "what is reached over another model is named with a path"


def test_the_copy_holds_what_is_linked_to_the_person_and_nothing_of_others(client, person):
    places = make_cell()
    make_residency(person, places["home"])
    make_person("别人", phone=NEW)
    data = json.loads(client.get("/me/export/account.json").content)
    text = json.dumps(data, ensure_ascii=False)
    assert PHONE in text and "101" in text and NEW not in text and "别人" not in text
    assert {part.key for part in collect(person)} == set(data["parts"])
    assert PHONE in client.get("/me/export/").content.decode()
    assert AuditRow.objects.filter(action="account.export", about=person.pk).count() == 1


def test_the_first_administrator_leads_the_district_and_the_machine():
    places = make_cell()
    made = create_administrator(phone="139 0000 3333", name="秦岚", now=NOW)
    posts = Post.objects.filter(person=made)
    assert {p.role for p in posts} == {Role.DISTRICT, Role.OPERATOR} and all(p.is_head for p in posts)
    assert {p.body.places.get().area for p in posts} == {places["district"]}
    assert create_administrator(phone="13900003333", now=NOW) == made and Post.objects.count() == 2


def test_who_came_by_link_sets_password_and_factor_before_anything_else(client, time, settings):
    settings.LINLI_STAFF_SECOND_FACTOR = True
    make_cell()
    from linli.people.actions.signin_links import make_signin_link

    admin = create_administrator(phone=PHONE, name="秦岚", now=NOW)
    client.post(make_signin_link(admin, now=NOW).removeprefix(django_settings.LINLI_ORIGIN))
    assert client.get("/").headers["Location"] == client.get("/me/export/").headers["Location"] == "/me/set-up/"
    assert client.post("/account/password/", {"password": "青砖里 3 幢 lamp"}).headers["Location"] == "/me/set-up/"
    assert client.get("/account/2fa/totp/activate/").status_code == 200
    secret = client.session["mfa.totp.secret"]
    import time as real

    code = format_hotp_value(hotp_value(secret, int(real.time()) // 30))
    assert client.post("/account/2fa/totp/activate/", {"code": code}).headers["Location"] == "/account/2fa/recovery-codes/"
    assert re.search(r"\d{4}\s?\d{4}", client.get("/account/2fa/recovery-codes/").content.decode())
    assert client.get("/me/set-up/").headers["Location"] == "/me/"
    assert client.get("/me/").status_code == 200


def test_a_demo_person_is_one_press_away_and_nowhere_in_a_real_instance(client, time, settings):
    make_person("何立群", demo_key="he")
    assert 'value="he"' in client.get("/account/login/").content.decode()
    assert Client(enforce_csrf_checks=True).post("/demo/sign-in/", {"persona": "he"}).status_code == 403
    assert client.post("/demo/sign-in/", {"persona": "nobody"}).status_code == 404
    assert client.post("/demo/sign-in/", {"persona": "he"}).status_code == 302 and signed_in(client)
    settings.LINLI_DEMO = False
    assert client.post("/demo/sign-in/", {"persona": "he"}).status_code == 404
    assert 'value="he"' not in Client().get("/account/login/").content.decode()


def test_signing_out_elsewhere_ends_the_other_sessions(client, person, time):
    time.pass_(seconds=61)
    other = Client()
    come_in(other)
    assert "还有 1 处登着" in client.get("/me/security/").content.decode()
    client.post("/me/security/sessions/end/")
    assert other.get("/me/").status_code == 302 and client.get("/me/").status_code == 200


def test_signing_out_is_a_post(client, person):
    client.get("/account/logout/")
    assert signed_in(client)
    client.post("/account/logout/")
    assert not signed_in(client)
