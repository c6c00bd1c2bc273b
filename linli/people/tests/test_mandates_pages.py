"""Mandates and acting as they look from the pages."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from linli.areas.tests.factories import make_cell
from linli.common import clock
from linli.common.models import AuditRow
from linli.people import scopes
from linli.people.actions.mandates import give_mandate, revoke_mandate
from linli.people.middleware import ACTING_FOR, ACTING_POST, load_actor
from linli.people.models import Guardianship, Mandate
from linli.people.policy import Actor
from linli.people.queries.mandates import given
from linli.people.rules import BodyKind, MandateScope, Role

from .factories import make_body, make_person, make_post, make_residency

pytestmark = pytest.mark.django_db
ACTING, HOME, GIVE, DESK = "/acting/", "/mandates/", "/mandates/give/", "/desk/mandates/"


@pytest.fixture
def today():
    return clock.local_date(clock.now())


@pytest.fixture
def granny():
    return make_person("何阿婆", phone="+8613800005678")


@pytest.fixture
def grandson():
    return make_person("何立群")


@pytest.fixture
def as_grandson(client, grandson):
    client.force_login(grandson)
    return client


@pytest.fixture
def mandate(granny, grandson, today):
    last = today + timedelta(days=7)
    return give_mandate(
        by=Actor(person=granny), agent=grandson, scopes=[MandateScope.REQUESTS], last_day=last, now=clock.now()
    )


@pytest.fixture
def clerk():
    places = make_cell()
    post = make_post(make_person("沈玉兰"), make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"], name="青砖里居委会"))
    post.places = places
    return post


def actor_of(client, person):
    """As the middleware would load him from this session."""
    request = RequestFactory().get("/")
    request.user, request.session = person, client.session
    return load_actor(request)


def begin(client, mandate, follow=False):
    return client.post(ACTING, {"as": f"for:{mandate.pk}", "next": HOME}, follow=follow)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("url", [ACTING, HOME, GIVE, DESK])
def test_a_visitor_is_asked_to_sign_in(client, url):
    response = client.get(url)
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


@pytest.mark.parametrize("verb", ["put", "delete", "patch", "trace"])
@pytest.mark.parametrize("url", [ACTING, HOME, GIVE])
def test_other_verbs_do_nothing(as_grandson, url, verb):
    assert getattr(as_grandson, verb)(url).status_code == 405


def test_both_names_stand_on_every_page_while_one_acts_for_another(as_grandson, mandate):
    begin(as_grandson, mandate)
    for url in (ACTING, "/no-such-page/"):
        page = text(as_grandson.get(url))
        assert "何立群，正在替何阿婆办事" in page
        assert "换回自己" in page


def test_every_audit_row_holds_both_names(as_grandson, mandate, granny, grandson):
    begin(as_grandson, mandate)
    actor = actor_of(as_grandson, grandson)
    assert (actor.person_id, actor.principal_id) == (grandson.pk, granny.pk)
    as_grandson.post(ACTING, {"as": "self"})
    stop = AuditRow.objects.get(action="mandate.stop")
    assert (stop.actor, stop.on_behalf, stop.about) == (grandson.pk, granny.pk, granny.pk)
    assert AuditRow.objects.get(action="mandate.act").about == granny.pk


def test_one_is_oneself_again_by_one_press(as_grandson, mandate, grandson):
    begin(as_grandson, mandate)
    assert actor_of(as_grandson, grandson).mandate
    page = text(as_grandson.post(ACTING, {"as": "self", "next": HOME}, follow=True))
    assert "正在替" not in page
    assert actor_of(as_grandson, grandson).mandate is None


def test_a_revoked_mandate_stops_at_the_next_request_and_says_so(as_grandson, mandate, granny, grandson):
    begin(as_grandson, mandate)
    revoke_mandate(by=Actor(person=granny), mandate=mandate, now=clock.now())
    assert actor_of(as_grandson, grandson).mandate is None
    assert "委托已经结束或被撤回，现在是您自己：何立群" in text(as_grandson.get(ACTING))
    as_grandson.post(ACTING, {"as": "self"})
    assert "委托已经结束" not in text(as_grandson.get(ACTING))


def test_an_ended_mandate_stops_too(as_grandson, mandate, grandson, today):
    begin(as_grandson, mandate)
    Mandate.objects.update(since=today - timedelta(days=9), until=today)
    assert actor_of(as_grandson, grandson).mandate is None


def test_nobody_acts_under_the_mandate_of_another(client, mandate):
    stranger = make_person("外人")
    client.force_login(stranger)
    assert begin(client, mandate).status_code == 404
    session = client.session
    session[ACTING_FOR] = str(mandate.pk)
    session.save()
    assert actor_of(client, stranger).mandate is None


def test_the_rights_are_those_of_the_principal_and_within_the_scope(as_grandson, mandate, granny, grandson):
    places = make_cell()
    make_residency(granny, places["home"])
    make_residency(grandson, places["community_b"], "works_here")
    begin(as_grandson, mandate)
    assert Role.OWNER in actor_of(as_grandson, grandson).roles
    assert Role.MEMBER not in actor_of(as_grandson, grandson).roles
    Mandate.objects.update(scopes=["care"])
    assert actor_of(as_grandson, grandson).roles == {Role.UNVERIFIED}


def test_no_post_acts_while_one_acts_for_another(client, clerk, granny, today):
    client.force_login(clerk.person)
    last = today + timedelta(days=1)
    mandate = give_mandate(by=Actor(person=granny), agent=clerk.person, scopes=["all"], last_day=last, now=clock.now())
    assert actor_of(client, clerk.person).acting
    begin(client, mandate)
    actor = actor_of(client, clerk.person)
    assert actor.acting is None
    assert actor.mandate == mandate
    assert client.get(DESK).status_code == 404


def test_a_guardian_acts_for_his_child(as_grandson, grandson, today):
    child = make_person("小囡")
    ward = Guardianship.objects.create(
        child=child, guardian=grandson, since=today, until=today + timedelta(days=900), consented_at=clock.now()
    )
    assert "小囡" in text(as_grandson.get(ACTING))
    begin(as_grandson, ward)
    assert actor_of(as_grandson, grandson).principal_id == child.pk


def test_one_chooses_the_post_that_acts_and_sees_which_it_is(client, clerk):
    other = make_post(clerk.person, make_body(BodyKind.SERVICE_STATION, clerk.places["community_a"], name="服务站"), Role.SERVICE_STATION, title="站员")
    client.force_login(clerk.person)
    page = text(client.post(ACTING, {"as": f"post:{other.pk}", "next": ACTING}, follow=True))
    assert "现在以服务站·站员的身份办事" in page
    assert client.session[ACTING_POST] == str(other.pk)
    assert actor_of(client, clerk.person).post_id == other.pk
    client.post(ACTING, {"as": "self"})
    assert actor_of(client, clerk.person).acting is None
    assert "以居民身份" in text(client.get(ACTING))


def test_a_chosen_post_that_has_ended_is_not_changed_silently(client, clerk, today):
    other = make_post(clerk.person, make_body(BodyKind.SERVICE_STATION, clerk.places["community_a"]), Role.SERVICE_STATION)
    client.force_login(clerk.person)
    client.post(ACTING, {"as": f"post:{other.pk}"})
    other.until = today
    other.save()
    assert "您选的职务已经结束，现在的身份：青砖里居委会·干事" in text(client.get(ACTING))


@pytest.mark.parametrize("wanted", ["post:00000000-0000-0000-0000-000000000000", "for:x", "king:1"])
def test_what_one_does_not_hold_is_no_choice(as_grandson, wanted):
    assert as_grandson.post(ACTING, {"as": wanted}).status_code == 404


def test_the_way_back_leads_nowhere_else(as_grandson):
    assert as_grandson.post(ACTING, {"as": "self", "next": "https://elsewhere.example/"})["Location"] == "/"


def test_what_is_outside_the_scope_is_refused_in_words(as_grandson, mandate, rf, grandson):
    begin(as_grandson, mandate)

    def view(request):
        return HttpResponse("done")

    def ask(guard):
        request = rf.get("/x/")
        request.user, request.session = grandson, as_grandson.session
        request.actor = load_actor(request)
        return guard(view)(request)

    assert ask(scopes.within(MandateScope.REQUESTS)).status_code == 200
    refused = ask(scopes.within(MandateScope.ACCOUNT))
    assert refused.status_code == 403
    assert "何阿婆没有把“账号和住处”交给您办" in text(refused)
    assert "要本人办" in text(ask(scopes.oneself))


TERM = {"scopes": ["care", "requests"], "period": "365", "until": ""}


def test_one_gives_a_mandate_in_two_steps(client, granny, grandson, today):
    client.force_login(granny)
    data = {"agent_card": grandson.code, "agent_name": "何立群", **TERM}
    check = client.post(GIVE, {**data, "step": "check"})
    assert "请何立群替我办" in text(check)
    assert not Mandate.objects.exists()
    edit = client.post(GIVE, {**data, "step": "edit"})
    assert grandson.code in text(edit)
    done = client.post(GIVE, {**data, "step": "give"}, follow=True)
    assert "何立群可以替您办事了" in text(done)
    row = given(granny, today)[0]
    assert (row.scopes, row.until) == (["requests", "care"], today + timedelta(days=365))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"agent_name": "别人"}, "卡号和名字对不上"),
        ({"agent_card": "1234567890"}, "卡号和名字对不上"),
        ({"scopes": []}, "请选可以替您办哪些事"),
        ({"period": "day", "until": ""}, "请选到哪一天为止"),
        ({"period": "day", "until": "2001-01-01"}, "已经过去"),
        ({"period": "day", "until": "2199-01-01"}, "最长两年"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(client, granny, grandson, change, words):
    client.force_login(granny)
    data = {"agent_card": grandson.code, "agent_name": "何立群", **TERM, **change}
    for step in ("check", "give"):
        page = text(client.post(GIVE, {**data, "step": step}))
        assert words in page
        assert data["agent_name"] in page
    assert not Mandate.objects.exists()


def test_one_press_revokes(client, granny, mandate, today):
    client.force_login(granny)
    assert "何立群" in text(client.get(HOME))
    page = text(client.post(f"/mandates/{mandate.pk}/revoke/", follow=True))
    assert "何立群不能再替您办事" in page
    assert given(granny, today) == []
    assert client.get(f"/mandates/{mandate.pk}/revoke/").status_code == 405


def test_a_stranger_finds_no_mandate_to_revoke(client, mandate):
    client.force_login(make_person("外人"))
    assert client.post(f"/mandates/{mandate.pk}/revoke/").status_code == 404


def test_acting_for_another_one_cannot_manage_mandates(as_grandson, mandate):
    begin(as_grandson, mandate)
    assert as_grandson.get(HOME).status_code == 403
    assert as_grandson.post(GIVE, {}).status_code == 403
    assert as_grandson.post(f"/mandates/{mandate.pk}/revoke/").status_code == 403


@pytest.mark.parametrize("n", [1, 6])
def test_the_list_takes_the_same_queries_however_long(client, granny, today, django_assert_max_num_queries, n):
    for k in range(n):
        give_mandate(by=Actor(person=granny), agent=make_person(f"邻居{k}"), scopes=["all"], last_day=today, now=clock.now())
    client.force_login(granny)
    with django_assert_max_num_queries(11):
        client.get(HOME)


def ask(client, granny, grandson, step, **more):
    data = {"principal_card": granny.code, "principal_name": "何阿婆", "step": step}
    if step != "look":
        data |= {"agent_card": grandson.code, "agent_name": "何立群", "how": "phone", **TERM}
    return client.post(DESK, data | more, follow=True)


def test_a_clerk_reads_it_back_on_the_telephone_and_takes_it_down(client, clerk, granny, grandson, today):
    make_residency(granny, clerk.places["home"])
    client.force_login(clerk.person)
    assert "登记一份新的" in text(ask(client, granny, grandson, "look"))
    assert AuditRow.objects.get(action="mandate.look").about == granny.pk
    check = text(ask(client, granny, grandson, "check"))
    assert "我念一遍，您听对不对。何阿婆，您请何立群替您办这些事" in check
    assert "要本人亲口同意" in text(ask(client, granny, grandson, "record"))
    assert not Mandate.objects.exists()
    assert "登记好了" in text(ask(client, granny, grandson, "record", confirmed="on"))
    assert given(granny, today)[0].recorded_by == clerk.person


def test_whom_a_clerk_may_not_help_looks_like_nobody(client, clerk, granny, grandson):
    make_residency(granny, clerk.places["community_b"], "lives_here")
    client.force_login(clerk.person)
    there = ask(client, granny, grandson, "look")
    absent = ask(client, granny, grandson, "look", principal_name="某某")
    assert "卡号和名字对不上" in text(there)
    assert "卡号和名字对不上" in text(absent)
    assert "登记一份新的" not in text(there)
    assert not AuditRow.objects.filter(action="mandate.look").exists()


def test_without_the_permission_there_is_no_desk(as_grandson):
    assert as_grandson.get(DESK).status_code == 404


def test_a_clerk_revokes_for_a_person_of_her_places_by_the_desk_alone(client, clerk, granny, mandate, today):
    client.force_login(clerk.person)
    url = f"/desk/mandates/{mandate.pk}/revoke/"
    assert client.post(url).status_code == 404
    make_residency(granny, clerk.places["home"])
    assert client.post(f"/mandates/{mandate.pk}/revoke/").status_code == 404
    assert "何立群不能再替何阿婆办事" in text(client.post(url, follow=True))
    assert given(granny, today) == []
    assert AuditRow.objects.get(action="mandate.revoke").about == granny.pk
