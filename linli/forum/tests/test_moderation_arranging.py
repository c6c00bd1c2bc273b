"""Topics moved, split and merged keep their posts, links and counters; counters that drift are mended at night."""

import pytest
from django.test import Client

from linli.common import clock
from linli.common.errors import UserError
from linli.forum.actions import acts, arranging
from linli.forum.actions.repair import repair_counters
from linli.forum.models import Act, Board, Post, Reaction, Reading, Topic
from linli.forum.rules import Audience
from linli.search.models import SearchEntry

from .moderation_world import LATER, NOW, ORDERLY, WHY, World, make_board

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def time(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def world():
    return World()


def figures(board):
    return Board.objects.values_list("topics", "posts").get(pk=board.pk)


def test_a_moved_topic_counts_where_it_is(world):
    target = make_board(world.place, "parking", "停车")
    topic = world.topic()
    world.post(topic)
    act = arranging.move_topic(topic=topic, board=target, why=ORDERLY, by=world.shen, now=LATER)
    topic.refresh_from_db()
    assert topic.board == target and figures(world.board) == (0, 0) and figures(target) == (1, 2)
    assert act.detail == {"from": world.board.pk, "to": target.pk} and act.board == world.board
    with pytest.raises(UserError, match="已经在这个版块"):
        arranging.move_topic(topic=topic, board=target, why=ORDERLY, by=world.shen, now=LATER)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (Audience.MEMBERS, Audience.PUBLIC), (Audience.OWN, Audience.PUBLIC), (Audience.OWN, Audience.MEMBERS),
        (Audience.OFFICES, Audience.PUBLIC),
    ],
)  # fmt: skip
def test_nothing_is_moved_before_more_readers(world, source, target):
    inside, outside = (
        make_board(world.place, "in", reads=source),
        make_board(world.place, "out", reads=target),
    )
    topic = world.topic(board=inside, by=world.shen if source == Audience.OFFICES else world.he)
    by = world.limin
    with pytest.raises(UserError) as error:
        arranging.move_topic(topic=topic, board=outside, why=ORDERLY, by=by, now=LATER)
    assert error.value.field == "board"
    other = world.topic(board=outside)
    with pytest.raises(UserError):
        arranging.merge_topics(topic=topic, into=other, why=ORDERLY, by=by, now=LATER)


def test_a_moderator_does_not_move_where_he_keeps_no_order(world):
    elsewhere = Board.objects.get(place=world.places["compound_b1"], theme="")
    with pytest.raises(UserError, match="不归您管"):
        arranging.move_topic(topic=world.topic(), board=elsewhere, why=ORDERLY, by=world.shen, now=LATER)


def test_a_split_takes_posts_along_with_their_answers_and_leaves_a_line(world):
    topic = world.topic()
    first = world.post(topic)
    aside = world.post(topic, by=world.he, text="另说一件事：门禁卡哪里补？")
    answer = world.post(topic, text="物业前台补，带身份证。", reply_to=aside.number)
    act = arranging.split_topic(
        topic=topic, numbers=[3, 4], title="门禁卡哪里补", why=ORDERLY, by=world.shen, now=LATER
    )
    new = Topic.objects.get(pk=act.detail["to"])
    aside.refresh_from_db()
    answer.refresh_from_db()
    topic.refresh_from_db()
    assert (aside.topic, aside.number, answer.number, answer.reply_to) == (new, 1, 2, 1)
    assert (new.replies, new.last_number, topic.replies, topic.last_number) == (1, 2, 1, 4)
    assert 'id="f2"' in answer.article and f"/topics/{new.pk}/" in answer.article
    stub = Post.objects.get(topic=topic, number=3)
    assert stub.state == "hidden" and ORDERLY.reason in stub.article and not stub.text
    assert figures(world.board) == (2, 4)
    with pytest.raises(UserError, match="移到别处"):
        acts.restore_post(post=stub, why=WHY, by=world.shen, now=LATER)
    assert SearchEntry.objects.filter(kind="topic", subject=str(aside.pk), title="门禁卡哪里补").exists()
    found = Client().get(f"/posts/{answer.pk}/")
    assert found["Location"].startswith(f"/topics/{new.pk}/") and found["Location"].endswith("#f2")
    assert first.number == 2


@pytest.mark.parametrize(
    ("numbers", "title", "field"),
    [([1], "标题", "numbers"), ([9], "标题", "numbers"), ([], "标题", "numbers"), ([2], "", "title")],
)
def test_a_split_that_makes_no_sense_is_refused(world, numbers, title, field):
    topic = world.topic()
    world.post(topic)
    with pytest.raises(UserError) as error:
        arranging.split_topic(
            topic=topic, numbers=numbers, title=title, why=ORDERLY, by=world.shen, now=LATER
        )
    assert error.value.field == field and Topic.objects.count() == 1


def test_a_merged_topic_leads_to_where_it_went(world):
    into, topic = world.topic(), world.topic(by=world.lin)
    world.post(into)
    answer = world.post(topic, by=world.he, reply_to=1)
    arranging.merge_topics(topic=topic, into=into, why=ORDERLY, by=world.shen, now=LATER)
    into.refresh_from_db()
    topic.refresh_from_db()
    answer.refresh_from_db()
    assert (topic.merged_into, into.last_number, into.replies) == (into, 4, 3)
    assert (answer.topic, answer.number, answer.reply_to) == (into, 4, 3)
    assert figures(world.board) == (1, 4)
    assert Client().get(f"/topics/{topic.pk}/")["Location"] == f"/topics/{into.pk}/"
    for other in (into, topic):
        with pytest.raises(UserError):
            arranging.merge_topics(topic=topic, into=other, why=ORDERLY, by=world.shen, now=LATER)


def test_nothing_drifts_by_what_moderators_do(world):
    topic, other = world.topic(), world.topic(by=world.lin)
    posts = [world.post(topic, now=NOW) for _n in range(4)]
    acts.hide_post(post=posts[0], why=WHY, by=world.shen, now=LATER)
    acts.restore_post(post=posts[0], why=WHY, by=world.shen, now=LATER)
    acts.hide_post(post=posts[3], why=WHY, by=world.shen, now=LATER)
    arranging.split_topic(topic=topic, numbers=[3], title="另说", why=ORDERLY, by=world.shen, now=LATER)
    arranging.merge_topics(topic=other, into=topic, why=ORDERLY, by=world.shen, now=LATER)
    assert not repair_counters(now=LATER).found


def test_the_nightly_repair_finds_and_mends_what_drifted_and_leaves_the_rest(world):
    topic, fine = world.topic(), world.topic(by=world.lin)
    post = world.post(topic)
    Reaction.objects.create(post=post, person=world.he.person, kind="agree")
    Reading.objects.update_or_create(topic=topic, person=world.he.person, defaults={"number": 2, "at": NOW})
    repair_counters(now=NOW)
    topic.refresh_from_db()
    right = (topic.replies, topic.last_at, topic.last_name, topic.readers)
    assert right[0] == 1 and right[3] >= 1 and Post.objects.get(pk=post.pk).agreed == 1
    versions = (topic.version, Topic.objects.get(pk=fine.pk).version)
    Topic.objects.filter(pk=topic.pk).update(replies=9, last_name="谁", readers=0, last_at=LATER)
    Post.objects.filter(pk=post.pk).update(agreed=7, thanked=2)
    Board.objects.filter(pk=world.board.pk).update(posts=99)
    looked = repair_counters(now=LATER, mend=False)
    assert looked.found["topic.replies"] == 1 and Topic.objects.get(pk=topic.pk).replies == 9
    drift = repair_counters(now=LATER)
    topic.refresh_from_db()
    assert {
        "topic.replies",
        "topic.last_name",
        "topic.last_at",
        "post.agreed",
        "post.thanked",
        "board.posts",
    } <= set(drift.found)
    assert (topic.replies, topic.last_at, topic.last_name, topic.readers) == right
    assert topic.version > versions[0] and Topic.objects.get(pk=fine.pk).version == versions[1]
    assert not repair_counters(now=LATER).found and not Act.objects.exists()


def test_the_doctor_remembers_what_the_night_found(world, settings, tmp_path):
    from linli.forum.jobs_moderation import repair_forum
    from linli.forum.queries.drift import forum_counters

    settings.LINLI_DATA = tmp_path
    topic = world.topic()
    repair_forum(NOW)
    assert [line.level for line in forum_counters(NOW)] == [0]
    Topic.objects.filter(pk=topic.pk).update(replies=5)
    repair_forum(NOW)
    (line,) = forum_counters(NOW)
    assert line.level == 1 and "1" in str(line.what)


def test_the_last_word_is_the_latest_also_where_older_posts_were_merged_in(world):
    older = world.topic(now=NOW)
    into = world.topic(by=world.lin, now=LATER)
    arranging.merge_topics(topic=older, into=into, why=ORDERLY, by=world.shen, now=LATER)
    into.refresh_from_db()
    assert (into.last_at, into.last_name) == (LATER, "林小满") and not repair_counters(now=LATER).found
