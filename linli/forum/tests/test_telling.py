"""Who is told of what, how often, and that nobody hears of what he may not read."""

from datetime import timedelta

import pytest

from linli.events.people import AccountClosed, AccountsMerged
from linli.forum import told
from linli.forum.actions.boards import open_board
from linli.forum.actions.following import follow_author, follow_board, follow_topic
from linli.forum.actions.reactions import toggle_reaction
from linli.forum.models import Follow, Post, Reading, Visit
from linli.forum.rules import Audience, Following
from linli.forum.subscribers_reading import on_closed, on_merged
from linli.messaging.kinds import all_templates, say
from linli.messaging.models import Message

from .factories import NOW, make_forum, neighbour, officer, reply_by, topic_by
from .reading_kit import letters, run

LATER = NOW + timedelta(minutes=30)


@pytest.fixture
def forum(db):
    return make_forum()


def test_who_opened_a_topic_is_told_of_replies_once_an_hour(forum):
    asker, helper = neighbour(forum), neighbour(forum, "孔祥生")
    topic = topic_by(asker, forum.board, "步道太黑")
    for n in range(3):
        reply_by(helper, topic, f"第{n}条", now=NOW + timedelta(minutes=n))
    run(NOW + timedelta(minutes=5))
    (letter,) = letters(asker.person)
    assert letter.message.template == told.REPLIED and letter.message.words["heading"] == "步道太黑"
    reply_by(helper, topic, "又一条", now=NOW + timedelta(hours=1, minutes=10))
    run(NOW + timedelta(hours=1, minutes=11))
    assert len(letters(asker.person)) == 2


def test_nobody_is_told_of_his_own_words(forum):
    asker = neighbour(forum)
    reply_by(asker, topic_by(asker, forum.board), now=NOW)
    run(LATER)
    assert letters(asker.person) == []


def test_who_is_answered_or_named_hears_of_it_by_that_reason(forum):
    asker, second, third = neighbour(forum), neighbour(forum, "孔祥生"), neighbour(forum, "胡阿姨")
    topic = topic_by(asker, forum.board)
    reply_by(second, topic, "第二楼", now=NOW)
    run(NOW + timedelta(minutes=1))
    reply_by(third, topic, "@林小满 您看呢", reply_to=2, now=NOW + timedelta(hours=2))
    run(NOW + timedelta(hours=2, minutes=1))
    assert [one.message.template for one in letters(second.person)][-1] == told.ANSWERED
    assert [one.message.template for one in letters(asker.person)] == [told.REPLIED, told.NAMED]


def test_an_office_called_by_name_is_told_through_its_posts(forum):
    clerk = officer(forum, "property")
    topic_by(neighbour(forum), forum.board, "灯坏了", "@物业 来看看")
    run(LATER)
    (letter,) = letters(clerk.person, told.OFFICE_CALLED)
    assert letter.message.group == "duty" and letter.message.words["body"] == "邻安物业"


def test_followers_hear_once_at_the_end_of_the_hour_and_not_what_they_have_read(forum):
    asker, helper, follower, reader = (neighbour(forum, name) for name in ("林小满", "孔祥生", "胡阿姨", "苗苗"))
    topic = topic_by(asker, forum.board)
    for one in (follower, reader):
        follow_topic(topic=topic, following=Following.FOLLOWED, by=one, now=NOW)
    for n in range(3):
        reply_by(helper, topic, f"第{n}条", now=NOW + timedelta(minutes=n))
    Reading.objects.filter(person=reader.person).update(number=4)
    run(LATER)
    assert letters(follower.person) == [], "not before the hour is over"
    run(NOW + timedelta(hours=1, minutes=1))
    (letter,) = letters(follower.person, told.FOLLOWED)
    assert letter.message.words["n"] == 3 and letters(reader.person) == []
    assert letters(helper.person) == [], "who wrote them follows by writing, and has read them"


def test_a_muted_topic_is_silent(forum):
    asker = neighbour(forum)
    topic = topic_by(asker, forum.board)
    follow_topic(topic=topic, following=Following.MUTED, by=asker, now=NOW)
    reply_by(neighbour(forum, "孔祥生"), topic, "@林小满", now=NOW)
    run(NOW + timedelta(hours=2))
    assert letters(asker.person) == []


def test_followers_of_a_board_and_of_a_person_hear_of_new_topics(forum):
    asker, fan, regular = (neighbour(forum, name) for name in ("林小满", "胡阿姨", "苗苗"))
    first = Post.objects.get(topic=topic_by(asker, forum.board, now=NOW - timedelta(days=2)), number=1)
    run(NOW)
    follow_author(post=first, following=Following.FOLLOWED, by=fan)
    follow_board(board=forum.board, following=Following.FOLLOWED, by=regular)
    for n in range(2):
        topic_by(asker, forum.board, f"新话题{n}", f"第{n}件事，说来听听。", now=NOW + timedelta(hours=3, minutes=n))
    run(NOW + timedelta(hours=3, minutes=5))
    assert len(letters(fan.person, told.BY_PERSON)) == 2
    run(NOW + timedelta(hours=4, minutes=1))
    assert [one.message.words["n"] for one in letters(regular.person, told.NEW_ON_BOARD)] == [2]


def test_nobody_hears_of_a_topic_that_he_may_not_read(forum):
    committee = officer(forum, "owners")
    box = open_board(
        by=committee, place=forum.places["compound_a1"], theme="box", name="意见箱", reads=Audience.OWN, writes=Audience.OWN, now=NOW
    )
    asker, nosy = neighbour(forum), neighbour(forum, "爱打听的")
    topic = topic_by(asker, box, "有人在楼道堆东西")
    Reading.objects.create(topic=topic, person=nosy.person, at=NOW, following=Following.FOLLOWED)
    reply_by(committee, topic, "收到", as_office=True, now=NOW)
    run(NOW + timedelta(hours=2))
    assert letters(nosy.person) == []
    (letter,) = letters(asker.person)
    assert letter.message.words["heading"] == "意见箱", "the title of a closed board stands in no message"


def test_a_hidden_post_is_told_to_nobody(forum):
    asker = neighbour(forum)
    topic = topic_by(asker, forum.board)
    post = reply_by(neighbour(forum, "孔祥生"), topic, now=NOW)
    Post.objects.filter(pk=post.pk).update(state="hidden")
    run(LATER)
    assert letters(asker.person) == []


def test_every_template_can_be_said_in_both_languages():
    for template in all_templates():
        if template.key.startswith("forum."):
            for language in ("zh-hans", "en"):
                said = say(template, template.sample, language)
                assert said.title and said.text and said.sms
            assert template.address(template.sample)


def test_a_closed_account_leaves_no_marks_and_its_reactions_counted(forum):
    asker, leaver = neighbour(forum), neighbour(forum, "搬走的人")
    topic = topic_by(asker, forum.board)
    reply_by(leaver, topic)
    follow_board(board=forum.board, following=Following.FOLLOWED, by=leaver)
    toggle_reaction(post=Post.objects.get(topic=topic, number=1).pk, kind="agree", by=leaver, now=NOW)
    on_closed(AccountClosed(leaver.person_id), NOW)
    assert not Reading.objects.filter(person=leaver.person_id).exists() and not Follow.objects.exists()
    assert Post.objects.get(topic=topic, number=1).agreed == 1


def test_two_accounts_become_one_reader_and_agree_once(forum):
    asker, keep, drop = (neighbour(forum, name) for name in ("林小满", "孔祥生", "孔师傅"))
    topic = topic_by(asker, forum.board)
    first = Post.objects.get(topic=topic, number=1)
    for one in (keep, drop):
        toggle_reaction(post=first.pk, kind="agree", by=one, now=NOW)
    reply_by(drop, topic)
    Visit.objects.create(person=drop.person, since=NOW, at=NOW)
    follow_board(board=forum.board, following=Following.FOLLOWED, by=drop)
    for _again in range(2):
        on_merged(AccountsMerged(keep.person_id, drop.person_id), NOW)
    assert Post.objects.get(pk=first.pk).agreed == 1
    row = Reading.objects.get(person=keep.person_id)
    assert row.number == 2 and row.following == Following.FOLLOWED
    assert Follow.objects.get().person_id == keep.person_id


def test_a_flood_of_posts_is_few_messages(forum):
    asker, helper = neighbour(forum), neighbour(forum, "孔祥生")
    topic = topic_by(asker, forum.board)
    for n in range(12):
        helper = helper if n != 6 else neighbour(forum, "胡阿姨")
        reply_by(helper, topic, f"第{n}条", now=NOW + timedelta(minutes=n))
    run(NOW + timedelta(minutes=25))
    assert Message.objects.filter(template__startswith="forum.").count() == 1
