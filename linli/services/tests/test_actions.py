"""Writing, publishing and withdrawing items."""

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from linli.areas.tests.factories import make_cell
from linli.common.errors import UserError
from linli.common.models import AuditRow
from linli.common.states import UnknownTransition
from linli.people.policy import Actor
from linli.people.tests.factories import make_body
from linli.search.api import read_question, search
from linli.services.actions.items import (
    create_item,
    discard_item,
    drop_draft,
    publish_item,
    save_draft,
    verify_item,
    withdraw_item,
)
from linli.services.models import Item, ItemVersion

from .factories import NOW, TODAY, actor_of, make_clerk, make_content, make_item, publish_again, timedelta

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    return make_cell()


def found(word):
    return [entry.title for entry in search(read_question(word, []), actor=Actor()).entries]


def test_a_draft_is_nobodys_until_it_is_published(places):
    item = make_item(places["street"], published=False)
    assert item.state == "draft" and item.current is None and item.published is None
    assert not Item.objects.public().exists() and found("津贴") == []


def test_published_it_is_a_version_found_by_its_name_and_by_what_people_call_it(places):
    clerk = actor_of(make_clerk(places["street"]))
    item = make_item(places["street"], by=clerk)
    assert item.state == "published" and item.current.number == 1 and item.draft is None
    assert item.verified_on == TODAY and item.letter == "G"
    assert found("津贴") == ["高龄津贴申领"] and found("尊老金") == ["高龄津贴申领"]
    assert list(item.history.order_by("pk").values_list("done", "version")) == [
        ("create", None),
        ("publish", 1),
    ]
    assert AuditRow.objects.filter(action="service.publish").exists()


def test_a_version_is_never_changed_not_even_by_the_database(places):
    item = make_item(places["street"])
    with pytest.raises(DatabaseError), transaction.atomic():
        ItemVersion.objects.filter(pk=item.current_id).update(content={})
    with pytest.raises(DatabaseError), transaction.atomic():
        item.history.all().delete()


def test_a_further_version_leaves_the_former_as_it_was(places):
    item = make_item(places["street"])
    item = publish_again(item, promised_amount=3)
    assert [version.text.promised_amount for version in item.versions.order_by("number")] == [5, 3]
    assert item.current.number == 2 and item.current.why == "换了标准"


def test_a_further_version_needs_a_reason(places):
    item = make_item(places["street"])
    with pytest.raises(UserError) as caught:
        publish_again(item, why="  ", promised_amount=3)
    assert caught.value.field == "why"
    assert Item.objects.get(pk=item.pk).current.number == 1


def test_what_is_not_whole_is_not_published(places):
    item = make_item(places["street"], published=False, bases=())
    with pytest.raises(UserError, match="依据一条也没有"):
        publish_item(item=item, revision=item.revision, why="", by=None, now=NOW)
    assert not ItemVersion.objects.exists()


def test_of_two_who_write_at_once_the_second_is_told(places):
    item = make_item(places["street"], published=False)
    save_draft(item=item, content=make_content(lead="甲写的"), revision=item.revision, by=None, now=NOW)
    with pytest.raises(UserError, match="刚才有同事改过"):
        save_draft(item=item, content=make_content(lead="乙写的"), revision=item.revision, by=None, now=NOW)
    assert Item.objects.get(pk=item.pk).newest.lead == "甲写的"


def test_only_what_was_looked_at_is_published(places):
    item = make_item(places["street"], published=False)
    save_draft(item=item, content=make_content(lead="又改了"), revision=item.revision, by=None, now=NOW)
    with pytest.raises(UserError, match="又有同事改了"):
        publish_item(item=item, revision=item.revision, why="", by=None, now=NOW)


def test_a_code_stands_once_at_a_place(places):
    make_item(places["street"], code="LD-0001")
    body = make_body()
    with pytest.raises(UserError) as caught:
        create_item(
            place=places["street"], body=body, scheme="own", code="ld-0001", name="又一个", by=None, now=NOW
        )
    assert caught.value.field == "code"
    create_item(
        place=places["community_a"], body=body, scheme="own", code="LD-0001", name="别处的", by=None, now=NOW
    )


def test_withdrawn_it_is_found_no_longer_and_can_come_back(places):
    item = make_item(places["street"])
    with pytest.raises(UserError):
        withdraw_item(item=item, why=" ", by=None, now=NOW)
    item = withdraw_item(item=item, why="并到区里办，去桂江大道 1 号", by=None, now=NOW)
    assert found("津贴") == [] and item.state == "withdrawn"
    with pytest.raises(UnknownTransition):
        withdraw_item(item=item, why="再来一次", by=None, now=NOW)
    assert publish_again(item).state == "published" and found("津贴") == ["高龄津贴申领"]


def test_drafts_are_dropped_and_what_never_was_published_is_discarded(places):
    item = make_item(places["street"])
    with pytest.raises(UserError):
        drop_draft(item=item, by=None, now=NOW)
    item = save_draft(
        item=item, content=make_content(lead="不要了"), revision=item.revision, by=None, now=NOW
    )
    assert drop_draft(item=item, by=None, now=NOW).draft is None
    with pytest.raises(UnknownTransition):
        discard_item(item=item, by=None, now=NOW)
    young = make_item(places["street"], published=False, code="LD-0777")
    discard_item(item=young, by=None, now=NOW)
    make_item(places["street"], code="LD-0777")


def test_who_verifies_is_noted_with_the_day(places):
    clerk = actor_of(make_clerk(places["street"]))
    item = make_item(places["street"])
    later = NOW + timedelta(days=200)
    assert item.stale_on((later).date())
    item = verify_item(item=item, by=clerk, now=later)
    assert not item.stale_on(later.date()) and item.verified_by_id == clerk.person_id
    with pytest.raises(UserError):
        verify_item(item=make_item(places["street"], published=False), by=clerk, now=later)


def test_the_database_refuses_a_published_item_without_a_version(places):
    item = make_item(places["street"], published=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(state="published")
