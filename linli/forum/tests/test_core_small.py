"""An office's answer says how long it took; a writer sees his level; loose pictures go; followers go with a merged topic."""

from datetime import timedelta

import pytest
from django.urls import reverse

from linli.common import clock
from linli.common.ids import uuid7
from linli.files.models import File
from linli.forum.actions.arranging import merge_topics
from linli.forum.actions.drafts import save_draft
from linli.forum.actions.noting import Why
from linli.forum.actions.pictures import keep_pictures, set_pictures, sweep_pictures
from linli.forum.actions.speech import set_limits
from linli.forum.levels import standing_at
from linli.forum.models import Draft, Post, Reading
from linli.forum.packaged import figures, levels
from linli.forum.rules import Following
from linli.forum.speech_rules import as_data

from .factories import NOW, make_forum, neighbour, officer, reply_by, topic_by
from .test_core_more import photo

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def forum():
    return make_forum()


@pytest.mark.parametrize(
    ("after", "said"),
    [(timedelta(minutes=20), "不到 1 小时"), (12 * HOUR, "12 小时"), (3 * DAY, "3 天"), (3 * DAY + 2 * HOUR, "3 天 2 小时")],
)
def test_an_office_bar_says_how_long_the_answer_took(forum, after, said):
    topic = topic_by(neighbour(forum), forum.board)
    answer = reply_by(officer(forum), topic, "今晚换灯管。", as_office=True, now=NOW + after)
    assert f"发帖后 {said}答复" in answer.article.replace("\u00a0", " ")


def test_what_answers_nobody_says_no_time(forum):
    tang = officer(forum)
    topic = topic_by(tang, forum.board, as_office=True)
    more = reply_by(tang, topic, "补一张图。", as_office=True, now=NOW + DAY)
    plain = reply_by(neighbour(forum), topic, "收到", now=NOW + DAY)
    for post in (Post.objects.get(topic=topic, number=1), more, plain):
        assert "发帖后" not in post.article


def test_whoever_writes_reads_what_his_level_allows_and_what_the_next_one_needs(forum, client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    lin, tang = neighbour(forum), officer(forum)
    client.force_login(lin.person)
    page = client.get(reverse("forum:topic_new", args=[forum.board.pk])).content.decode().replace("\u00a0", " ")
    assert "您在这里是第 1 级" in page and "一小时 8 条" in page and "再发 5 条" in page
    client.force_login(tang.person)
    assert "您在这里是第" not in client.get(reverse("forum:topic_new", args=[forum.board.pk])).content.decode()


def test_on_the_highest_level_nothing_is_left_to_reach(forum):
    one = [as_data(levels()[0])]
    set_limits(place=forum.board.place, levels=one, figures=as_data(figures()), by=officer(forum, "owners"), now=NOW)
    found = standing_at(neighbour(forum), forum.board, NOW)
    assert (found.number, found.highest, found.needs) == (1, 1, [])


def test_pictures_of_an_edit_that_came_to_nothing_are_swept(forum):
    lin = neighbour(forum)
    post = Post.objects.get(topic=topic_by(lin, forum.board))
    used, _loose = keep_pictures(by=lin, key=post.key, uploads=[photo(), photo()], now=NOW)
    set_pictures(post, {used.pk: "灯"})
    assert sweep_pictures(now=NOW + HOUR) == 0, "within a day he may still be writing"
    save_draft(by=lin, at_what=f"post:{post.pk}", text="改一句", key=post.key, now=NOW)
    assert sweep_pictures(now=NOW + 2 * DAY) == 0, "the draft has it"
    Draft.objects.filter(person=lin.person_id).delete()
    unsent = keep_pictures(by=lin, key=uuid7(), uploads=[photo()], now=NOW)
    assert sweep_pictures(now=NOW + 2 * DAY) == 1
    assert set(File.objects.values_list("pk", flat=True)) == {used.pk, unsent[0].pk}


def test_followers_of_a_merged_topic_follow_the_one_it_went_into(forum):
    shen = officer(forum, "committee", "沈玉兰")
    old, new = topic_by(neighbour(forum), forum.board), topic_by(neighbour(forum), forum.board)
    people = [neighbour(forum).person for _n in range(4)]
    wish = dict(zip(people, [(1, None), (1, 0), (1, -1), (-1, None)], strict=True))
    for person, (of_old, of_new) in wish.items():
        Reading.objects.create(person=person, topic=old, at=NOW, following=of_old, number=1)
        if of_new is not None:
            Reading.objects.create(person=person, topic=new, at=NOW, following=of_new, number=1)
    merge_topics(topic=old, into=new, why=Why(9, "两个说的是一件事"), by=shen, now=NOW + HOUR)
    rows = dict(Reading.objects.filter(topic=new, person__in=people).values_list("person", "following"))
    assert rows == {
        people[0].pk: Following.FOLLOWED, people[1].pk: Following.FOLLOWED, people[2].pk: Following.MUTED,
    }  # fmt: skip
