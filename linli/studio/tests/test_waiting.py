"""Whoever may check a page is told that it waits; nobody else, and once for each time it is handed in."""

from datetime import timedelta

import pytest

from linli.common import clock, outbox
from linli.events.studio import PageHandedIn
from linli.messaging.models import Delivery, Message
from linli.people.api import nearest_holders
from linli.people.models import Post
from linli.people.rules import BodyKind, Role
from linli.people.tests.factories import TODAY, make_body, make_person, make_post
from linli.studio.models import GuidePage
from linli.studio.permissions import T
from linli.studio.subscribers import on_handed_in

from .factories import browser, editor_at, guide_form, home_of, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    return town()


@pytest.fixture
def world(places):
    a = places["community_a"]
    places["editor"] = editor_at(a)
    places["checker"] = editor_at(a, Role.RESIDENTS_COMMITTEE, "沈玉兰")
    editor_at(places["community_b"], Role.RESIDENTS_COMMITTEE, "别处的人")
    street = make_body(BodyKind.STREET_OFFICE, places["street"])
    make_post(make_person("李敏"), street, Role.STREET_OFFICE)
    places["home"] = home_of(a)
    return places


def hand_in(person, home, **fields):
    answer = browser(person).post(
        f"/studio/pages/add/linli_studio/guidepage/{home.pk}/", guide_form(**fields, **{"action-submit": "1"})
    )
    assert answer.status_code == 302, answer.context["form"].errors
    outbox.run(clock.now())
    return GuidePage.objects.get(title=fields.get("title", "装修要备案"))


def told():
    rows = Message.objects.filter(template="page.waiting").order_by("pk")
    return [sorted(row.deliveries.values_list("person__display_name", flat=True).distinct()) for row in rows]


def test_those_who_may_check_are_told_what_waits(world):
    guide = hand_in(world["editor"], world["home"])
    assert told() == [["沈玉兰"]], "the nearest body alone, not the street above it"
    letter = (
        browser(world["checker"]).get(f"/inbox/{Delivery.objects.get(channel='inbox').pk}/").content.decode()
    )
    assert "有一页等您核对" in letter and 'href="/desk/site/qingzhuanli/"' in letter
    on_handed_in(PageHandedIn(guide.pk, guide.current_workflow_task_state.pk), clock.now())
    assert told() == [["沈玉兰"]], "the same twice is told once"


def test_what_comes_back_and_is_handed_in_again_is_told_again(world):
    guide = hand_in(world["editor"], world["home"])
    state = guide.current_workflow_task_state
    browser(world["checker"]).post(
        f"/studio/pages/workflow/action/{guide.pk}/reject/{state.pk}/", {"comment": "写上日期"}
    )
    outbox.run(clock.now())
    assert len(told()) == 1
    browser(world["editor"]).post(
        f"/studio/pages/{guide.pk}/edit/", guide_form(slug=guide.slug, intro="改了", **{"action-submit": "1"})
    )
    outbox.run(clock.now())
    assert told() == [["沈玉兰"], ["沈玉兰"]]


def test_nobody_is_told_of_what_was_decided_meanwhile_nor_of_a_draft(world):
    guide = hand_in(world["editor"], world["home"])
    state = guide.current_workflow_task_state
    Message.objects.all().delete()
    browser(world["checker"]).post(
        f"/studio/pages/workflow/action/{guide.pk}/approve/{state.pk}/", {"comment": ""}
    )
    on_handed_in(PageHandedIn(guide.pk, state.pk), clock.now())
    on_handed_in(PageHandedIn(guide.pk, 10**9), clock.now())
    browser(world["editor"]).post(
        f"/studio/pages/add/linli_studio/guidepage/{world['home'].pk}/", guide_form(title="草稿")
    )
    outbox.run(clock.now())
    assert told() == []


def learned(person):
    rows = Message.objects.filter(deliveries__person=person, template__startswith="page.").exclude(template="page.waiting")
    return [(row.template, row.words.get("why", "")) for row in rows.order_by("pk").distinct()]


def decide(world, guide, action, **fields):
    state = guide.current_workflow_task_state
    browser(world["checker"]).post(f"/studio/pages/workflow/action/{guide.pk}/{action}/{state.pk}/", {"comment": "", **fields})
    outbox.run(clock.now())


def test_the_editor_is_told_that_it_came_back_and_that_it_is_out(world):
    guide = hand_in(world["editor"], world["home"])
    decide(world, guide, "reject", comment="写上 日期。")
    assert learned(world["editor"]) == [("page.returned", "写上 日期。")] and not learned(world["checker"])
    browser(world["editor"]).post(
        f"/studio/pages/{guide.pk}/edit/", guide_form(slug=guide.slug, intro="改了", **{"action-submit": "1"})
    )
    guide.refresh_from_db()
    decide(world, guide, "approve")
    assert [kind for kind, _why in learned(world["editor"])] == ["page.returned", "page.approved"]
    letter = browser(world["editor"]).get("/inbox/").content.decode()
    assert "您写的一页退回来了" in letter and "您写的一页发布了" in letter


def test_what_is_to_come_out_later_is_said_to_come_out_later(world):
    at = (clock.now() + timedelta(days=3)).strftime("%Y-%m-%d %H:%M")
    guide = hand_in(world["editor"], world["home"], go_live_at=at)
    decide(world, guide, "approve")
    assert [kind for kind, _why in learned(world["editor"])] == ["page.scheduled"]
    assert not GuidePage.objects.get(pk=guide.pk).live


def test_whoever_checks_may_take_it_over_and_whoever_takes_back_is_not_told(world):
    guide = hand_in(world["editor"], world["home"])
    fields = guide_form(slug=guide.slug, intro="改好了", **{"action-publish": "1"})
    browser(world["checker"]).post(f"/studio/pages/{guide.pk}/edit/", fields)
    outbox.run(clock.now())
    assert GuidePage.objects.get(pk=guide.pk).live and [kind for kind, _why in learned(world["editor"])] == ["page.taken"]
    Message.objects.all().delete()
    guide = hand_in(world["editor"], world["home"], title="再一篇")
    fields = guide_form(title="再一篇", slug=guide.slug, **{"action-cancel-workflow": "1"})
    browser(world["editor"]).post(f"/studio/pages/{guide.pk}/edit/", fields)
    outbox.run(clock.now())
    guide.refresh_from_db()
    assert guide.current_workflow_state is None and not learned(world["editor"])


def test_where_the_place_has_nobody_the_street_is_told_and_nobody_of_his_own_page(world):
    Post.objects.filter(person=world["checker"]).delete()
    hand_in(world["editor"], world["home"])
    assert told() == [["李敏"]]
    Delivery.objects.all().delete()
    Message.objects.all().delete()
    again = editor_at(world["community_b"], Role.RESIDENTS_COMMITTEE, "一个人")
    Post.objects.filter(person__display_name="别处的人").delete()
    hand_in(again, home_of(world["community_b"]), title="自己写的")
    assert told() == []


def test_holders_are_the_nearest_in_office_and_no_groups_editor(world):
    place = world["compound_a1"]
    assert [one.display_name for one in nearest_holders(T.PAGE_CHECK, place, TODAY)] == ["沈玉兰"]
    before = Post.objects.get(person=world["checker"]).since - timedelta(days=1)
    assert "沈玉兰" not in {one.display_name for one in nearest_holders(T.PAGE_CHECK, place, before)}
    assert not nearest_holders(T.PAGE_CHECK, world["district"], TODAY)
