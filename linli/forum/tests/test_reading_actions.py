"""Marks, reactions, what solved it, notices as topics, and writing for another."""

from datetime import timedelta
from uuid import uuid4

import pytest

from linli.common.errors import NotAllowed, UserError
from linli.common.models import AuditRow
from linli.common.tests.cache_kit import at_once
from linli.events.portal import NoticeEnded, NoticePublished
from linli.forum import told
from linli.forum.actions.for_others import write_for
from linli.forum.actions.notices import unpin_lapsed
from linli.forum.actions.reactions import toggle_reaction
from linli.forum.actions.reading import move_forward, note_read, note_visit, read_all
from linli.forum.actions.solving import mark_solved
from linli.forum.models import Board, Post, Reaction, Reading, Topic
from linli.forum.queries.concerns import for_you
from linli.forum.queries.news import from_above, near
from linli.forum.queries.reading import fill_new, news_of_boards, read_of
from linli.forum.queries.topics import topics_of
from linli.forum.rules import Audience, Following, Pin, PostState
from linli.forum.subscribers_reading import on_notice, on_notice_ended
from linli.people.models import Mandate
from linli.people.policy import Actor
from linli.people.rules import MandateHow, Role
from linli.people.tests.factories import make_person, make_post

from .factories import NOW, actor_of, make_forum, neighbour, newcomer, officer, reply_by, topic_by
from .reading_kit import letters, run


@pytest.fixture
def forum(db):
    return make_forum()


def first(topic) -> Post:
    return Post.objects.get(topic=topic, number=1)


def test_a_mark_only_moves_forward(forum):
    reader = neighbour(forum, "苗苗").person
    topic = topic_by(neighbour(forum), forum.board)
    for number in (5, 3, 8, 8):
        move_forward(person=reader.pk, topic=topic.pk, number=number, now=NOW)
    assert Reading.objects.get(person=reader).number == 8


def test_reading_the_same_page_again_writes_nothing_and_a_first_time_counts_one_reader(forum, django_assert_num_queries):
    reader = neighbour(forum, "苗苗").person
    topic = topic_by(neighbour(forum), forum.board)
    note_read(person=reader.pk, topic=topic.pk, number=1, before=None, now=NOW)
    assert Topic.objects.get(pk=topic.pk).readers == 1
    read = read_of(reader.pk, topic.pk)
    with django_assert_num_queries(0):
        note_read(person=reader.pk, topic=topic.pk, number=1, before=read, now=NOW)


def test_who_writes_has_read_and_follows_unless_he_muted(forum):
    asker, helper = neighbour(forum), neighbour(forum, "孔祥生")
    topic = topic_by(asker, forum.board)
    reply_by(helper, topic, now=NOW)
    row = Reading.objects.get(person=helper.person, topic=topic)
    assert (row.number, row.following) == (2, Following.FOLLOWED)
    Reading.objects.filter(pk=row.pk).update(following=Following.MUTED)
    reply_by(helper, topic, "还有一条", now=NOW)
    assert Reading.objects.get(pk=row.pk).following == Following.MUTED


def test_lists_say_what_is_new_to_this_reader(forum):
    asker, reader = neighbour(forum), neighbour(forum, "苗苗")
    topic, other = topic_by(asker, forum.board), topic_by(asker, forum.board, "旧的", "早就聊完的事。", now=NOW - timedelta(days=40))
    reply_by(asker, topic, now=NOW)
    move_forward(person=reader.person.pk, topic=topic.pk, number=1, now=NOW)
    lines = topics_of(forum.board, reader, now=NOW).lines
    fill_new(reader.person.pk, lines, NOW - timedelta(days=7))
    assert {line.pk: (line.new, line.new_count) for line in lines} == {topic.pk: (True, 1), other.pk: (False, 0)}
    assert news_of_boards(reader.person.pk, [forum.board.pk, forum.wide.pk], NOW - timedelta(days=7)) == {forum.board.pk: 1}
    Reading.objects.filter(person=reader.person).update(following=Following.MUTED)
    fill_new(reader.person.pk, lines := topics_of(forum.board, reader, now=NOW).lines, NOW - timedelta(days=7))
    assert not any(line.new for line in lines)


def test_marking_all_as_read_leaves_nothing_new(forum):
    asker, reader = neighbour(forum), neighbour(forum, "苗苗")
    topic = topic_by(asker, forum.board)
    move_forward(person=reader.person.pk, topic=topic.pk, number=1, now=NOW)
    reply_by(asker, topic, now=NOW)
    later = NOW + timedelta(minutes=5)
    read_all(person=reader.person.pk, now=later)
    since = note_visit(person=reader.person.pk, now=later)
    fill_new(reader.person.pk, lines := topics_of(forum.board, reader, now=later).lines, since)
    assert not any(line.new for line in lines)


def test_agreeing_toggles_and_counts_exactly(forum):
    post = first(topic_by(neighbour(forum), forum.board))
    helper = neighbour(forum, "孔祥生")
    assert toggle_reaction(post=post.pk, kind="agree", by=helper, now=NOW)
    assert toggle_reaction(post=post.pk, kind="thank", by=helper, now=NOW)
    assert not toggle_reaction(post=post.pk, kind="agree", by=helper, now=NOW)
    post.refresh_from_db()
    assert (post.agreed, post.thanked, Reaction.objects.count()) == (0, 1, 1)


def test_who_belongs_to_the_place_agrees_and_nobody_with_himself(forum):
    asker = neighbour(forum)
    post = first(topic_by(asker, forum.board))
    assert toggle_reaction(post=post.pk, kind="thank", by=officer(forum), now=NOW)
    for who in (newcomer(), neighbour(forum, "外小区", place="compound_b1"), Actor()):
        with pytest.raises(NotAllowed):
            toggle_reaction(post=post.pk, kind="agree", by=who, now=NOW)
    with pytest.raises(UserError):
        toggle_reaction(post=post.pk, kind="agree", by=asker, now=NOW)


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_reactions_of_many_at_once_are_all_counted():
    forum = make_forum()
    post = first(topic_by(neighbour(forum), forum.board))
    people = [neighbour(forum, f"邻居{n}") for n in range(6)]
    at_once(6, lambda n: toggle_reaction(post=post.pk, kind="agree", by=people[n], now=NOW))
    at_once(4, lambda n: toggle_reaction(post=post.pk, kind="thank", by=people[0], now=NOW))
    post.refresh_from_db()
    assert post.agreed == 6 and post.thanked == Reaction.objects.filter(kind="thank").count() == 0


def test_who_asked_or_an_office_says_what_solved_it(forum):
    asker, helper = neighbour(forum), neighbour(forum, "孔祥生")
    topic = topic_by(asker, forum.board)
    answer = reply_by(helper, topic, now=NOW)
    with pytest.raises(NotAllowed):
        mark_solved(post=answer.pk, by=helper, now=NOW)
    assert mark_solved(post=answer.pk, by=asker, now=NOW)
    assert Topic.objects.get(pk=topic.pk).solved_by == 2
    assert [one.message.template for one in letters(helper.person)] == [told.SOLVED]
    assert not mark_solved(post=answer.pk, by=officer(forum), now=NOW), "pressed again it is taken back"
    assert mark_solved(post=answer.pk, by=officer(forum, "committee"), now=NOW)
    assert [line.pk for line in topics_of(forum.board, asker, sort="solved", now=NOW).lines] == [topic.pk]


def notice(forum, *, place="community_a", level="important", issuer="committee", corrects="", **more) -> NoticePublished:
    values = {
        "notice_id": uuid4(), "title": "1—6 幢停水到 20:30", "short": "水管抢修，送水车在 3 幢南门口。", "kind": "outage",
        "level": level, "issuer_id": forum.bodies[issuer].pk, "issuer_name": forum.bodies[issuer].name,
        "place_id": forum.places[place].pk, "audience_paths": forum.places[place].path, "building_ids": "",
        "url_path": "/notices/x/", "published_at": NOW, "valid_until": NOW + timedelta(days=2), "corrects": corrects,
    }  # fmt: skip
    return NoticePublished(**{**values, **more})


def test_a_notice_is_one_topic_in_the_board_of_its_place_and_stands_over_the_boards_below(forum):
    event = notice(forum)
    for _again in range(2):
        on_notice(event, NOW)
    topic = Topic.objects.get(source=f"notice:{event.notice_id}")
    assert (topic.board_id, topic.pin, topic.pinned_until) == (forum.wide.pk, Pin.IMPORTANT, event.valid_until)
    assert "送水车" in first(topic).text and "/notices/x/" in first(topic).text
    reader = neighbour(forum, "苗苗")
    assert [line.pk for line in from_above(reader, forum.board, NOW)] == [topic.pk]
    assert from_above(reader, forum.other, NOW) == [], "another community hears nothing of it"
    assert from_above(reader, forum.board, NOW + timedelta(days=3)) == []


def test_the_office_is_told_of_replies_to_its_notice(forum):
    clerk = officer(forum, "committee", "沈玉兰")
    on_notice(event := notice(forum), NOW)
    topic = Topic.objects.get(source=f"notice:{event.notice_id}")
    reply_by(neighbour(forum), topic, "几点来水？", now=NOW)
    run(NOW + timedelta(minutes=5))
    assert [one.message.template for one in letters(clerk.person)] == [told.OFFICE_REPLIED]


def test_a_notice_that_is_over_comes_down_and_one_taken_back_says_so_once(forum):
    on_notice(kept := notice(forum), NOW)
    on_notice(taken := notice(forum, title="另一条"), NOW)
    on_notice_ended(NoticeEnded(kept.notice_id, "expire"), NOW)
    for _again in range(2):
        on_notice_ended(NoticeEnded(taken.notice_id, "withdraw"), NOW)
    assert set(Topic.objects.exclude(source="").values_list("pin", flat=True)) == {Pin.NONE}
    said = Post.objects.filter(topic__source=f"notice:{taken.notice_id}", number__gt=1)
    assert [post.text for post in said] == ["这条公告撤回了，上面写的不作数。"]


def test_a_correction_has_its_own_topic_and_the_former_one_leads_to_it(forum):
    on_notice(old := notice(forum), NOW)
    on_notice(new := notice(forum, title="改到 22:00", corrects=old.notice_id.hex), NOW)
    topic = Topic.objects.get(source=f"notice:{new.notice_id}")
    last = Post.objects.filter(topic__source=f"notice:{old.notice_id}").last()
    assert f"/topics/{topic.pk}/" in last.text and last.number == 2
    assert Topic.objects.get(source=f"notice:{old.notice_id}").pin == Pin.NONE


def test_ordinary_notices_are_not_pinned_streets_get_a_board_and_groups_none(forum):
    on_notice(plain := notice(forum, level="ordinary", short=""), NOW)
    assert Topic.objects.get(source=f"notice:{plain.notice_id}").pin == Pin.NONE
    on_notice(wide := notice(forum, place="street", issuer="street"), NOW)
    board = Board.objects.get(place=forum.places["street"])
    assert Topic.objects.get(source=f"notice:{wide.notice_id}").board_id == board.pk
    assert from_above(neighbour(forum), forum.other, NOW), "a street's notice stands over every board of the street"
    forum.bodies["owners"].kind = "social_org"
    forum.bodies["owners"].save()
    on_notice(club := notice(forum, issuer="owners"), NOW)
    assert not Topic.objects.filter(source=f"notice:{club.notice_id}").exists()


def test_what_was_pinned_to_a_day_comes_down_after_it(forum):
    topic = topic_by(neighbour(forum), forum.board)
    Topic.objects.filter(pk=topic.pk).update(pin=Pin.PINNED, pinned_until=NOW + timedelta(days=1))
    assert unpin_lapsed(now=NOW) == 0 and unpin_lapsed(now=NOW + timedelta(days=1)) == 1
    assert Topic.objects.get(pk=topic.pk).pin == Pin.NONE


def agent_of(forum):
    person = make_person("坐席小周")
    make_post(person, forum.bodies["street"], Role.CALL_AGENT, title="坐席")
    return actor_of(person)


def test_a_clerk_writes_down_what_a_resident_says_and_both_stand_on_record(forum):
    resident, agent = neighbour(forum, "沈奶奶"), agent_of(forum)
    post = write_for(
        person=resident.person, board=forum.board, title="楼道灯不亮", text="三楼的灯坏了好几天。", consent="5月19日来电要求，已复述确认",
        by=agent, now=NOW,
    )  # fmt: skip
    assert (post.for_person_id, post.author_id) == (resident.person.pk, agent.person.pk)
    article = first(post.topic).article
    assert "沈奶奶" in article and "坐席小周" in article and "来电要求" in article
    assert AuditRow.objects.filter(action="forum.for_other", about=resident.person.pk).exists()
    assert [one.message.template for one in letters(resident.person)] == [told.FOR_YOU]
    reply_by(neighbour(forum, "孔祥生"), post.topic, now=NOW)
    assert Reading.objects.get(person=resident.person, topic=post.topic).following == Following.FOLLOWED


def test_nobody_writes_for_somebody_without_the_right_or_his_word(forum):
    resident, agent = neighbour(forum, "沈奶奶"), agent_of(forum)
    words = {"board": forum.board, "title": "灯", "text": "坏了", "by": agent, "now": NOW}
    with pytest.raises(UserError) as error:
        write_for(person=resident.person, consent=" ", **words)
    assert error.value.field == "consent"
    with pytest.raises(UserError) as error:
        write_for(person=newcomer().person, consent="来电", **words)
    assert error.value.field == "number"
    for who in (resident, officer(forum, "property"), newcomer()):
        with pytest.raises(NotAllowed):
            write_for(person=resident.person, consent="来电", **{**words, "by": who})
    assert not Post.objects.exists()


def test_for_you_gathers_what_one_began_is_named_in_follows_and_lives_beside(forum):
    reader, other = neighbour(forum, "苗苗"), neighbour(forum, "孔祥生")
    own = topic_by(reader, forum.board, "我发的", "借一架人字梯。")
    named = topic_by(other, forum.wide, "点名的", "想请教。", now=NOW + timedelta(minutes=1))
    far = topic_by(neighbour(forum, "远的", place="compound_b1"), forum.other, "远处的", "与我无关。")
    reply_by(reader, named, "在", now=NOW + timedelta(minutes=2))
    reply_by(other, named, "@苗苗 谢谢", now=NOW + timedelta(minutes=3))
    page = for_you(reader, NOW + timedelta(hours=1))
    assert [(one.line.pk, one.why) for one in page.found] == [(named.pk, "named"), (own.pk, "own")] and page.after is None
    assert far.pk not in {one.line.pk for one in page.found}


def test_for_you_leaves_out_what_one_has_muted_and_what_was_closed_to_one_since(forum):
    reader, other = neighbour(forum, "苗苗"), neighbour(forum, "孔祥生")
    kept = topic_by(other, forum.board, "还在看的", "一件事。", now=NOW)
    later = [NOW + timedelta(minutes=n) for n in range(1, 16)]
    muted = [Topic(board=forum.board, title="不想看的", author=other.person, at=at, last_at=at, last_number=1) for at in later]
    for topic in Topic.objects.bulk_create(muted):
        Reading.objects.create(person=reader.person, topic=topic, at=NOW, following=Following.MUTED)
    box = topic_by(other, forum.wide, "意见", "只给办事的看。")
    move_forward(person=reader.person_id, topic=box.pk, number=1, now=NOW, following=Following.FOLLOWED)
    hidden = topic_by(neighbour(forum, "邻居"), forum.wide, "隐去的", "一句。")
    Topic.objects.filter(pk=hidden.pk).update(state=PostState.HIDDEN)
    Board.objects.filter(pk=forum.wide.pk).update(reads=Audience.OWN)
    page = for_you(reader, NOW + timedelta(hours=1))
    assert [one.line.pk for one in page.found] == [kept.pk] and page.after is None


def test_for_you_goes_on_page_after_page_without_a_gap(forum):
    reader = neighbour(forum, "苗苗")
    people = [neighbour(forum, f"邻居{n}") for n in range(4)]
    made = [topic_by(people[n // 2], forum.board, f"话题{n}", f"第{n}件事。", now=NOW + timedelta(minutes=n)).pk for n in range(7)]
    seen, before = [], None
    while True:
        page = for_you(reader, NOW + timedelta(hours=1), before, 3)
        seen += [one.line.pk for one in page.found]
        before = page.after
        if before is None:
            break
    assert seen == made[::-1]


def test_near_goes_outwards_from_home(forum):
    reader = neighbour(forum, "苗苗")
    home = topic_by(reader, forum.board, "小区里的", "猫在车棚。")
    wide = topic_by(neighbour(forum, "孔祥生"), forum.wide, "社区里的", "拼游泳班。")
    topic_by(neighbour(forum, "远的", place="compound_b1"), forum.other, "别处的", "与我无关。")
    rings = near(reader, NOW + timedelta(hours=1))
    assert [(ring.key, [line.pk for line in ring.lines]) for ring in rings] == [("home", [home.pk]), ("community", [wide.pk])]
    assert near(newcomer(), NOW) == []


def test_an_agent_reads_with_his_own_marks(forum):
    agent = neighbour(forum, "代办的人")
    agent.mandate = Mandate(principal=make_person("沈奶奶"), agent=agent.person, how=MandateHow.ONLINE)
    topic = topic_by(neighbour(forum), forum.board)
    with pytest.raises(NotAllowed):
        toggle_reaction(post=first(topic).pk, kind="agree", by=agent, now=NOW)
    with pytest.raises(NotAllowed):
        mark_solved(post=first(topic).pk, by=agent, now=NOW)
