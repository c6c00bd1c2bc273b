"""A group's site: asked for or opened at once, decided, renamed, closed; and what its leader may and may not."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from linli.areas.tests.factories import make_cell
from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.common.models import AuditRow, OutboxRow
from linli.common.states import UnknownTransition
from linli.events.people import AccountClosed
from linli.people.models import Body, Post
from linli.people.policy import Actor
from linli.people.rules import BodyKind, Role
from linli.people.tests.factories import (
    NOW,
    TODAY,
    actor_of,
    make_body,
    make_person,
    make_post,
    make_residency,
)
from linli.search.models import SearchEntry
from linli.sites.actions.groups import (
    ask_for_group,
    close_group,
    open_group,
    refuse_group,
    shape_group,
    suggest_slug,
    take_back_group,
)
from linli.sites.api import S, find_site, may_at, site_of
from linli.sites.models import GroupApplication, GroupEvent, Site
from linli.sites.subscribers import on_applicant_closed

pytestmark = pytest.mark.django_db
WORDS = {"kind": "club", "name": "缝纫小组", "purpose": "教锁边，谁都可以来", "contact": "周六 14:00，社区 2 楼"}
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def town(settings):
    settings.LINLI_PAGE_CACHE, settings.LINLI_STAFF_SECOND_FACTOR = 0, False
    town = make_cell()
    resident = make_person("何立群")
    make_residency(resident, town["home"])
    town["resident"] = actor_of(resident)
    for key, kind, role, place in (
        ("committee", BodyKind.RESIDENTS_COMMITTEE, Role.RESIDENTS_COMMITTEE, "community_a"),
        ("other", BodyKind.RESIDENTS_COMMITTEE, Role.RESIDENTS_COMMITTEE, "community_b"),
        ("property", BodyKind.PROPERTY_COMPANY, Role.PROPERTY_COMPANY, "compound_a1"),
    ):
        town[key] = actor_of(make_post(make_person(key), make_body(kind, town[place], name=key), role).person)
    return town


def ask(town, by="resident", place="community_a", now=NOW, **facts):
    return ask_for_group(by=town[by], place=town[place], now=now, **{**WORDS, **facts})


def leader(town):
    return actor_of(Post.objects.get(role=Role.SITE_EDITOR).person)


def test_a_resident_asks_and_the_committee_opens(town):
    row = ask(town)
    assert row.state == "applied" and row.site is None and not Body.objects.filter(name="缝纫小组").exists()
    row = open_group(by=town["committee"], application=row, now=NOW)
    assert (row.state, row.site.slug, row.site.name, row.site.kind) == ("opened", "fengrenxiaozu", "缝纫小组", "club")
    post = Post.objects.get(body=row.site.body)
    assert (post.person, post.role, post.is_head, post.appointed_by) == (town["resident"].person, Role.SITE_EDITOR, True, town["committee"].person)
    assert AuditRow.objects.filter(action="post.appoint", about=town["resident"].person_id).exists()
    assert OutboxRow.objects.filter(kind="GroupDecided>portal.on_group_decided").count() == 1
    assert SearchEntry.objects.filter(kind="group", url="/s/fengrenxiaozu/").exists()
    assert [event.event for event in GroupEvent.objects.order_by("pk")] == ["ask", "open"]


def test_its_leader_shapes_his_groups_site_and_nothing_else(town):
    open_group(by=town["committee"], application=ask(town), now=NOW)
    actor, site = leader(town), Site.objects.get(slug="fengrenxiaozu")
    assert may_at(actor, S.SITE_EDIT, site) and not may_at(actor, S.SITE_EDIT, site_of(town["community_a"]))
    assert actor.acting.paths == () and not may_at(actor, S.GROUP_FOUND, site)
    assert may_at(town["committee"], S.SITE_EDIT, site) and not may_at(town["other"], S.SITE_EDIT, site)


def test_the_committee_opens_one_at_once_and_names_who_leads_it(town):
    row = ask(town, by="committee", holder=town["resident"].person, slug="sewing")
    assert row.state == "opened" and row.site.url == "/s/sewing/"
    assert leader(town).person == town["resident"].person
    assert not OutboxRow.objects.filter(kind__startswith="GroupDecided").exists()
    assert ask(town, by="committee", name="象棋角").site.body.posts.count() == 0


def test_nobody_makes_himself_the_leader_or_decides_his_own_wish(town):
    with pytest.raises(NotAllowed):
        ask(town, by="committee", holder=town["committee"].person)
    make_residency(town["committee"].person, town["home2"])
    himself = Actor(person=town["committee"].person, stays=actor_of(town["committee"].person).stays)
    row = ask_for_group(by=himself, place=town["community_a"], now=NOW, **WORDS)
    for verb in (lambda: open_group(by=town["committee"], application=row, now=NOW), lambda: refuse_group(by=town["committee"], application=row, reason="x", now=NOW)):
        with pytest.raises(NotAllowed):
            verb()
    assert not Body.objects.filter(name="缝纫小组").exists()


def test_others_neither_ask_nor_decide(town):
    for by, place in (("property", "compound_a1"), ("resident", "community_b"), ("resident", "street"), ("other", "community_a")):
        with pytest.raises(NotAllowed):
            ask(town, by=by, place=place)
    row = ask(town)
    for by in ("resident", "other", "property"):
        with pytest.raises(NotAllowed):
            open_group(by=town[by], application=row, now=NOW)


def test_two_deciders_at_once_decide_once(town):
    row = ask(town)
    refuse_group(by=town["committee"], application=row, reason="已经有一个了", now=NOW)
    with pytest.raises(UnknownTransition):
        open_group(by=town["committee"], application=row, now=NOW)
    assert not Site.objects.filter(kind="club").exists()


def test_a_refusal_has_a_reason_and_a_wish_can_be_taken_back(town):
    row = ask(town)
    with pytest.raises(UserError) as refused:
        refuse_group(by=town["committee"], application=row, reason=" ", now=NOW)
    assert refused.value.field == "reason"
    with pytest.raises(NotAllowed):
        take_back_group(by=town["committee"], application=row, now=NOW)
    assert take_back_group(by=town["resident"], application=row, now=NOW).state == "withdrawn"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": ""}, "name"), ({"name": "名" * 31}, "name"), ({"name": "\u202e"}, "name"), ({"kind": "place"}, "kind"), ({"purpose": ""}, "purpose"),
        ({"contact": ""}, "contact"), ({"contact": "打 13812345678"}, "contact"), ({"slug": "大写"}, "slug"), ({"slug": "new"}, "slug"),
        ({"slug": "qingzhuanli"}, "slug"), ({"lead": "句" * 81}, "lead"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(town, facts, field):
    with pytest.raises(UserError) as refused:
        ask(town, **facts)
    assert refused.value.field == field and not GroupApplication.objects.exists()


def test_a_name_that_is_taken_here_is_said_when_it_is_opened(town):
    ask(town, by="committee")
    with pytest.raises(UserError) as refused:
        ask(town, by="committee")
    assert refused.value.field == "name" and Site.objects.filter(kind="club").count() == 1
    assert suggest_slug("缝纫小组") == "fengrenxiaozu-2"


def test_three_wishes_may_wait_not_four(town):
    for n in range(3):
        ask(town, name=f"第{n}组")
    with pytest.raises(UserError):
        ask(town, name="第四组")


def test_a_group_is_renamed_its_leader_stays_and_the_old_decisions_name_the_old_body(town):
    open_group(by=town["committee"], application=ask(town), now=NOW)
    site = Site.objects.get(slug="fengrenxiaozu")
    before = site.body
    later = NOW + timedelta(days=40)
    facts = {key: WORDS[key] for key in ("purpose", "contact")}
    shape_group(by=leader(town), site=site, name="缝纫社", lead="周六下午", now=later, **facts)
    site.refresh_from_db()
    assert site.name == "缝纫社" and site.body != before and Body.objects.get(pk=before.pk).valid_to is not None
    post = Post.objects.get(body=site.body)
    assert post.is_head and post.person == town["resident"].person and SearchEntry.objects.get(kind="group").title == "缝纫社"


def test_a_group_is_closed_with_its_posts_and_its_address_is_not_given_again(town):
    open_group(by=town["committee"], application=ask(town), now=NOW)
    site = Site.objects.get(slug="fengrenxiaozu")
    with pytest.raises(UserError):
        close_group(by=leader(town), site=site, reason="", now=NOW)
    with pytest.raises(NotAllowed):
        close_group(by=town["other"], site=site, reason="不办了", now=NOW)
    close_group(by=town["committee"], site=site, reason="人散了", now=NOW)
    assert find_site("fengrenxiaozu", TODAY) is None and not Post.objects.filter(body=site.body).held_on(TODAY).exists()
    assert suggest_slug("缝纫小组") == "fengrenxiaozu-2" and not SearchEntry.objects.filter(kind="group").exists()


def test_wishes_end_with_the_account(town):
    ask(town)
    on_applicant_closed(AccountClosed(town["resident"].person_id), NOW)
    assert GroupApplication.objects.get().state == "withdrawn"


def sign_in(client, actor):
    client.force_login(actor.person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def test_from_nothing_to_a_site_by_forms_alone(town, client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    sign_in(client, town["resident"])
    new = reverse("sites:group_new")
    assert 'name="holder"' not in client.get(new).content.decode()
    data = {**WORDS, "place": town["community_a"].pk, "lead": "", "slug": ""}
    page = client.post(new, {**data, "do": "suggest"}).content.decode()
    assert 'value="fengrenxiaozu"' in page and WORDS["purpose"] in page
    wrong = client.post(new, {**data, "contact": "", "do": "ask"}).content.decode()
    assert 'href="#id_contact"' in wrong and WORDS["purpose"] in wrong
    assert client.post(new, {**data, "do": "ask"})["Location"] == reverse("sites:group_mine")
    assert "缝纫小组" in client.get(reverse("sites:group_mine")).content.decode()
    sign_in(client, town["committee"])
    assert "缝纫小组" in client.get(reverse("sites:group_desk")).content.decode()
    one = reverse("sites:group_one", args=[GroupApplication.objects.get().pk])
    assert "写明原因" in client.post(one, {"do": "refuse", "reason": ""}).content.decode()
    assert client.post(one, {"do": "open"}).status_code == 302
    page = client.get("/s/fengrenxiaozu/").content.decode()
    assert WORDS["purpose"] in page and "/s/fengrenxiaozu/group/" in page
    assert "/s/fengrenxiaozu/" in client.get("/s/qingzhuanli/").content.decode()
    assert "/s/fengrenxiaozu/" in client.get("/").content.decode()
    assert client.get("/s/qingzhuanli/group/").status_code == 404
    group = "/s/fengrenxiaozu/group/"
    assert client.post(group, {**data, "name": "缝纫社", "do": ""})["Location"] == "/s/fengrenxiaozu/"
    assert client.post(group, {"do": "close", "reason": "人散了"}).status_code == 302
    assert client.get("/s/fengrenxiaozu/").status_code == 404


def test_a_script_in_any_field_stays_text(town, client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    row = ask(town, by="committee", name=SCRIPT[:29], lead=SCRIPT, purpose=SCRIPT, contact=SCRIPT, slug="script")
    sign_in(client, town["committee"])
    for url in ("/s/script/", "/s/script/group/", "/desk/sites/", f"/desk/sites/{row.pk}/", "/me/sites/", "/s/qingzhuanli/"):
        answer = client.get(url)
        assert answer.status_code == 200 and "<script>alert" not in answer.content.decode(), url


def test_strangers_find_no_form(town, client):
    assert "/account/login" in client.get(reverse("sites:group_new"))["Location"]
    sign_in(client, actor_of(make_person("林一帆")))
    for name in ("group_new", "group_desk"):
        assert client.get(reverse(f"sites:{name}")).status_code == 404


def test_a_founder_who_acts_in_his_group_s_post_is_told_how_to_go_on(town, client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    row = ask(town)
    open_group(by=town["committee"], application=row, now=NOW)
    founder = actor_of(town["resident"].person)
    assert founder.acting is not None, "he runs the group now"
    sign_in(client, founder)
    new = reverse("sites:group_new")
    page = client.get(new).content.decode()
    assert founder.acting.label in page and 'name="as" value="self"' in page
    client.post(reverse("people:acting"), {"as": "self", "next": new})
    assert 'name="purpose"' in client.get(new).content.decode()
