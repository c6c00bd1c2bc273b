"""The pages of bodies and posts, as a clerk, a resident and a stranger meet them."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from linli.areas.tests.factories import make_cell
from linli.common.clock import local_date, now
from linli.common.models import AuditRow
from linli.gateways.api import OutgoingMessage
from linli.people.models import Body, Person, Post
from linli.people.rules import BodyKind, Role

from .factories import make_body, make_person, make_post, make_residency

pytestmark = pytest.mark.django_db
B, R = BodyKind, Role


@pytest.fixture
def town():
    places = make_cell()
    bodies = {
        "district": make_body(B.DISTRICT, places["district"]),
        "street": make_body(B.STREET_OFFICE, places["street"]),
        "committee": make_body(B.RESIDENTS_COMMITTEE, places["community_a"], name="青砖里居委会"),
        "committee_b": make_body(B.RESIDENTS_COMMITTEE, places["community_b"], name="银杏巷居委会"),
    }
    return places, bodies


def client_of(body, role=R.STREET_OFFICE, **fields):
    post = make_post(body=body, role=role, **{"is_head": True, **fields})
    client = Client()
    client.force_login(post.person)
    return client


def go(client, name, /, *args, **data):
    return client.post(reverse(f"people:{name}", args=args), data) if data else client.get(reverse(f"people:{name}", args=args))


def day(n=0):
    return (local_date(now()) + timedelta(days=n)).isoformat()


def test_everybody_sees_who_is_in_post_and_what_the_body_was_before(client, town):
    _places, bodies = town
    make_post(make_person("何立群", "+8613800001234", legal_name="何大群"), bodies["committee"], title="主任", is_head=True)
    street = client_of(bodies["street"])
    go(street, "body_rename", bodies["committee"].pk, name="青砖里社区居委会", official_name="", on=day())
    new = Body.objects.get(name="青砖里社区居委会")
    page = go(client, "body", new.pk).content.decode()
    assert "何立群" in page and "主任" in page and "青砖里居委会" in page
    assert "何大群" not in page and "1380" not in page
    old = go(client, "body", bodies["committee"].pk).content.decode()
    assert "青砖里社区居委会" in old


@pytest.mark.parametrize("name", ["bodies", "body_create"])
def test_the_desk_does_not_exist_for_residents_and_asks_strangers_to_sign_in(client, town, name):
    places, _bodies = town
    assert go(client, name).status_code == 302
    resident = make_person()
    make_residency(resident, places["home"])
    client.force_login(resident)
    assert go(client, name).status_code == 404


@pytest.mark.parametrize("name", ["body_edit", "body_rename", "body_move", "body_split", "body_merge", "body_end"])
def test_a_committees_head_sees_his_body_but_changes_none(town, name):
    _places, bodies = town
    head = client_of(bodies["committee"], R.RESIDENTS_COMMITTEE)
    assert go(head, "body_desk", bodies["committee"].pk).status_code == 200
    assert go(head, "body_desk", bodies["committee_b"].pk).status_code == 404
    assert go(head, "body_desk", bodies["street"].pk).status_code == 404
    assert go(head, name, bodies["committee"].pk).status_code == 404
    assert go(head, name, bodies["committee"].pk, name="x", on=day()).status_code == 404


def test_a_body_is_made_and_bad_input_comes_back_with_what_was_typed(town):
    places, bodies = town
    street = client_of(bodies["street"])
    data = {"kind": "service_station", "name": "", "since": day(), "places": [str(places["community_a"].pk)], "hours": "周一"}
    page = go(street, "body_create", **data)
    assert page.status_code == 200 and 'value="周一"' in page.content.decode() and Body.objects.count() == 4
    page = go(street, "body_create", **{**data, "name": "名" * 1_000_000})
    assert page.status_code in (200, 400) and Body.objects.count() == 4
    page = go(street, "body_create", **{**data, "name": "\u202e青砖里服务站", "places": [str(places["district"].pk)]})
    assert page.status_code == 200 and Body.objects.count() == 4
    done = go(street, "body_create", **{**data, "name": "\u202e青砖里服务站"})
    assert done.status_code == 302 and Body.objects.get(kind="service_station").name == "青砖里服务站"


def test_a_split_is_done_on_one_page(town):
    places, bodies = town
    street = client_of(bodies["street"])
    post = make_post(body=bodies["committee"])
    data = {
        "name-0": "甲居委会", "name-1": "乙居委会", f"area-{places['compound_a1'].pk}": "0",
        f"area-{places['compound_a2'].pk}": "1", "on": day(7), f"post-{post.pk}": "",
    }  # fmt: skip
    assert go(street, "body_split", bodies["committee"].pk, **data).status_code == 200
    assert go(street, "body_split", bodies["committee"].pk, **{**data, f"post-{post.pk}": "1"}).status_code == 302
    assert Post.objects.get(body__name="乙居委会").person == post.person


def test_two_committees_are_merged_in_two_steps(town):
    _places, bodies = town
    street, one = client_of(bodies["street"]), bodies["committee"]
    first = go(street, "body_merge", one.pk).content.decode()
    assert "银杏巷居委会" in first
    url = reverse("people:body_merge", args=[one.pk]) + f"?with={bodies['committee_b'].pk}"
    assert street.get(url).status_code == 200
    assert street.post(url, {"name": "青银居委会", "on": day(1)}).status_code == 302
    assert Body.objects.get(name="青银居委会").origins.count() == 2


def test_a_body_is_moved_and_ended(town):
    places, bodies = town
    street, station = client_of(bodies["street"]), make_body(B.SERVICE_STATION, places["community_a"])
    post = make_post(body=station, role=R.SERVICE_STATION)
    assert go(street, "body_move", station.pk, places=[str(places["compound_a1"].pk)], on=day()).status_code == 200
    url = reverse("people:body_move", args=[station.pk]) + f"?at={places['community_a'].pk}"
    assert street.post(url, {"places": [str(places["compound_a1"].pk)], "on": day()}).status_code == 302
    assert go(street, "body_end", station.pk, on=day()).status_code == 200
    assert go(street, "body_end", station.pk, on=day(), end_posts="on").status_code == 302
    post.refresh_from_db()
    assert post.until is not None


def token_in(page):
    return re.search(r'name="token" value="([^"]+)"', page.content.decode())[1]


def test_a_head_finds_a_person_by_phone_and_appoints_him(town):
    _places, bodies = town
    street = client_of(bodies["street"])
    person = make_person("沈玉兰", "+8613800001234", legal_name="沈玉兰")
    page = go(street, "post_appoint", bodies["committee"].pk, step="find", number="138 0000 1234")
    text = page.content.decode()
    assert "沈*" in text and "138****1234" in text and "13800001234" not in text.replace(" ", "")
    data = {"step": "appoint", "token": token_in(page), "title": "社工", "role": "residents_committee", "since": day()}
    assert go(street, "post_appoint", bodies["committee"].pk, **data).status_code == 302
    assert Post.objects.get(person=person).body == bodies["committee"]
    assert {"people.find", "post.appoint"} <= set(AuditRow.objects.filter(about=person.pk).values_list("action", flat=True))


def test_the_token_of_another_body_or_clerk_counts_for_nothing(town):
    _places, bodies = town
    street, other = client_of(bodies["street"]), client_of(bodies["street"])
    person = make_person("沈玉兰", "+8613800001234")
    token = token_in(go(street, "post_appoint", bodies["committee"].pk, step="find", number=person.code))
    data = {"step": "appoint", "token": token, "title": "社工", "role": "residents_committee", "since": day()}
    assert go(other, "post_appoint", bodies["committee"].pk, **data).status_code == 404
    assert go(street, "post_appoint", bodies["committee_b"].pk, **data).status_code == 404
    assert go(street, "post_appoint", bodies["committee"].pk, **{**data, "role": "street_office"}).status_code == 200
    assert not Post.objects.filter(person=person).exists()


def test_unknown_closed_and_unproved_numbers_get_the_same_answer_and_are_counted(town):
    _places, bodies = town
    street = client_of(bodies["street"])
    closed = make_person("旧人", "+8613800009999", closed_at=now())
    seen = set()
    for number in ("13800001111", "13800009999", closed.code):
        page = go(street, "post_appoint", bodies["committee"].pk, step="find", number=number)
        text = re.sub(r'value="[^"]*"|name="csrf[^>]*>', "", page.content.decode())
        seen.add(text)
        assert "没有找到" in text
    assert len(seen) == 1
    assert AuditRow.objects.filter(action="people.find.miss").count() == 3


def test_somebody_new_gets_account_post_and_a_link_by_sms(town):
    _places, bodies = town
    street = client_of(bodies["street"])
    data = {
        "step": "enrol", "name": "章小满", "phone": "138 0000 4321", "title": "社工", "role": "residents_committee", "since": day(),
    }  # fmt: skip
    bad = go(street, "post_appoint", bodies["committee"].pk, **{**data, "since": "2001-01-01"})
    assert bad.status_code == 200 and not Person.objects.filter(display_name="章小满").exists()
    assert go(street, "post_appoint", bodies["committee"].pk, **data).status_code == 302
    person = Person.objects.get(display_name="章小满")
    assert person.posts.count() == 1
    texts = [m.body for m in OutgoingMessage.objects.filter(person_id=person.pk)]
    assert any("http" in text for text in texts) and len(texts) == 2


def test_an_old_number_is_not_enrolled_twice(town):
    _places, bodies = town
    make_person("沈玉兰", "+8613800001234")
    data = {"step": "enrol", "name": "沈", "phone": "13800001234", "title": "社工", "role": "residents_committee", "since": day()}
    assert go(client_of(bodies["street"]), "post_appoint", bodies["committee"].pk, **data).status_code == 200
    assert Person.objects.filter(identifiers__isnull=False).distinct().count() == 1


def test_nobody_appoints_or_dismisses_himself_on_any_page(town):
    _places, bodies = town
    street = client_of(bodies["street"])
    me = Post.objects.get(body=bodies["street"])
    page = go(street, "post_appoint", bodies["committee"].pk, step="find", number=me.person.code)
    assert "name=\"token\"" not in page.content.decode()
    assert go(street, "post_dismiss", me.pk).status_code == 404
    assert go(street, "post_dismiss", me.pk, reason="x").status_code == 404


def test_dismissing_is_a_post_with_a_reason(town):
    _places, bodies = town
    street, post = client_of(bodies["street"]), make_post(body=bodies["committee"])
    assert go(street, "post_dismiss", post.pk).status_code == 200
    assert go(street, "post_dismiss", post.pk, reason=" ").status_code == 200
    assert go(street, "post_dismiss", post.pk, reason="任期满").status_code == 302
    assert go(street, "post_dismiss", post.pk).status_code == 404


@pytest.mark.parametrize(
    ("name", "target"),
    [("body_create", None), ("body_edit", "committee"), ("body_rename", "committee"), ("body_move", "committee"),
     ("body_split", "committee"), ("body_end", "committee"), ("post_appoint", "committee")],
)  # fmt: skip
def test_every_form_wants_its_csrf_token(town, name, target):
    _places, bodies = town
    post = make_post(body=bodies["street"], role=R.STREET_OFFICE, is_head=True)
    client = Client(enforce_csrf_checks=True)
    client.force_login(post.person)
    args = [bodies[target].pk] if target else []
    assert client.post(reverse(f"people:{name}", args=args), {"name": "x"}).status_code == 403


@pytest.mark.parametrize("verb", ["put", "delete", "patch", "trace", "options"])
def test_other_verbs_do_nothing(town, verb):
    _places, bodies = town
    street = client_of(bodies["street"])
    for url in (reverse("people:bodies"), reverse("people:body_rename", args=[bodies["committee"].pk])):
        assert getattr(street, verb)(url).status_code in (405, 404)


def test_the_list_takes_the_same_queries_however_long(town, django_assert_max_num_queries):
    places, bodies = town
    street = client_of(bodies["street"])
    for n in range(20):
        make_post(body=make_body(B.SOCIAL_ORG, places["community_a"], name=f"社团{n}"), role=R.MEDIATOR)
    with django_assert_max_num_queries(22):
        assert go(street, "bodies").status_code == 200
    with django_assert_max_num_queries(26):
        go(street, "body_desk", bodies["committee"].pk)
    with django_assert_max_num_queries(24):
        go(street, "body_merge", bodies["committee"].pk)
