"""A busy honest evening passes; floods, the same text everywhere and waves of newcomers do not."""

import random
from datetime import timedelta

import pytest

from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.forum.actions import acts, speech
from linli.forum.actions.noting import Why
from linli.forum.actions.posts import edit_post
from linli.forum.models import Act, Post, SpeechLimits, SpeechRules, Topic, Word
from linli.forum.packaged import figures, levels
from linli.forum.queries.speech import limits_for, rules_for, words_for
from linli.forum.queries.standing import level_of_person
from linli.forum.speech_rules import as_data
from linli.people.rules import ResidencyKind
from linli.people.tests.factories import actor_of, make_person, make_residency

from .moderation_world import LATER, NOW, WHY, World, make_board

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def time(monkeypatch):
    class Time:
        now = NOW

    frozen = Time()
    monkeypatch.setattr(clock, "now", lambda: frozen.now)
    return frozen


@pytest.fixture
def world():
    return World()


def neighbours(world, number, days):
    found = []
    for n in range(number):
        person = make_person(f"邻居{days}{n}")
        make_residency(
            person, world.places["home"], ResidencyKind.FAMILY, claimed_at=NOW - timedelta(days=days, hours=1)
        )
        found.append(actor_of(person))
    return found


def test_an_honest_evening_of_two_hundred_posts_by_sixty_residents_is_not_slowed_down(world):
    """The lift stands still: everybody writes, many for the first time, most in the same few topics."""
    dice = random.Random(7)
    old, new = neighbours(world, 45, 60), neighbours(world, 15, 1)
    world.topic(now=NOW - timedelta(days=30))  # the board is not new
    topics = [world.topic(by=one) for one in old[:6]]
    for n in range(200):
        who = dice.choice(new) if n % 8 == 0 else dice.choice(old)
        topic = topics[0] if n % 2 else dice.choice(topics)
        text = "同问" if n % 5 == 0 else f"{n % 18 + 1} 楼的走道也停电了，手机照着下来的，第 {n} 分钟了。"
        world.post(topic, by=who, text=text, now=NOW + timedelta(seconds=36 * n))
    assert Post.objects.filter(state="shown").count() == 207
    assert not Act.objects.exists() and not Topic.objects.exclude(slow=0).exists()


def test_a_spammer_is_stopped(world):
    spammer = world.resident("广告", days=1)
    topics = [world.topic(by=world.resident(f"楼主{n}")) for n in range(8)]
    text = "专业通下水道二十四小时上门，电话看我头像，老客户优惠多多。"
    kept = []
    with pytest.raises(UserError, match="同样的话"):
        for n, topic in enumerate(topics):
            kept.append(world.post(topic, by=spammer, text=text, now=NOW + timedelta(minutes=n)))
    assert [post.state for post in kept] == ["shown", "waiting", "waiting", "waiting"]
    assert set(Act.objects.values_list("kind", "cause", "automatic")) == {("hold", "same", True)}


def test_a_flood_is_told_when_to_come_back_and_an_old_neighbour_has_more_room(world):
    topic = world.topic()
    flood = world.resident("话多", days=1)
    for n in range(levels()[0].posts_hour):
        world.post(topic, by=flood, now=NOW + timedelta(seconds=n))
    with pytest.raises(UserError, match=r"歇 \d+ 分钟再发"):
        world.post(topic, by=flood, now=NOW + timedelta(minutes=5))
    world.post(topic, by=flood, now=NOW + timedelta(minutes=61))
    steady = world.resident("老邻居", days=60)
    for n in range(5):
        world.post(topic, by=steady, now=NOW - timedelta(days=2, seconds=n))
    steady = actor_of(steady.person)
    for n in range(20):
        world.post(topic, by=steady, now=NOW + timedelta(seconds=n))


def test_newcomers_open_two_topics_a_day_and_put_in_one_address(world):
    new = world.resident("新来", days=1)
    world.topic(by=new)
    world.topic(by=new)
    with pytest.raises(UserError, match="今天开了 2 个话题"):
        world.topic(by=new)
    with pytest.raises(UserError) as error:
        world.post(world.topic(), by=new, text="看 https://a.example 和 https://b.example", now=NOW)
    assert error.value.field == "text"


def test_a_wave_of_newcomers_slows_the_topic_down_for_newcomers_and_ends_by_itself(world, time):
    old = world.resident("老住户", days=60)
    before = world.topic(by=old, now=NOW - timedelta(days=30))
    for n in range(5):
        world.post(before, by=old, now=NOW - timedelta(days=20, seconds=n))
    topic = world.topic(by=world.resident("楼主", days=60))
    crowd = neighbours(world, 9, 0)
    for n, one in enumerate(crowd):
        world.post(topic, by=one, now=NOW + timedelta(seconds=10 * n))
    topic.refresh_from_db()
    act = Act.objects.get(kind="slow")
    assert topic.slow == figures().wave_slow and (act.automatic, act.cause, act.by, act.person) == (
        True,
        "wave",
        None,
        None,
    )
    at = NOW + timedelta(seconds=100)
    with pytest.raises(UserError, match="放慢"):
        world.post(topic, by=crowd[-1], now=at)
    old = actor_of(old.person)
    world.post(topic, by=old, now=at)
    world.post(topic, by=old, now=at + timedelta(seconds=1))
    from linli.forum.actions.order import end_slow_modes

    end_slow_modes(now=NOW + timedelta(hours=3))
    topic.refresh_from_db()
    assert topic.slow == 0 and Act.objects.get(kind="lift").cause == "time"


def test_levels_grow_with_time_and_conduct(world):
    lin = world.resident("常来", days=60)
    topic = world.topic()
    assert level_of_person(lin.person, levels(), NOW) == 0
    posts = [world.post(topic, by=lin, now=NOW + timedelta(minutes=n)) for n in range(5)]
    assert level_of_person(lin.person, levels(), NOW) == 1
    act = acts.warn_author(post=posts[0], why=WHY, by=world.shen, now=LATER)
    assert level_of_person(lin.person, levels(), LATER) == 0
    acts.lift_act(act=act, why=Why(0, "弄错了"), by=world.shen, now=LATER)
    assert level_of_person(lin.person, levels(), LATER) == 1


def test_a_listed_word_holds_a_post_and_an_edit_and_drops_nothing(world):
    speech.set_words(
        place=world.places["community_a"], words=["代办驾照", " ", "加ＶＸ"], by=world.shen, now=NOW
    )
    assert words_for(world.place) == ("代办驾照", "加vx") and Word.objects.count() == 2
    topic = world.topic()
    held = world.post(topic, text="谁知道哪里代 办 驾 照？")
    assert held.state == "waiting" and held.text and Act.objects.get(post=held).cause == "words"
    shown = world.post(topic, text="我也想问。")
    edited = edit_post(by=world.lin, post=shown, text="我也想问，加VX。", now=LATER)
    edited.refresh_from_db()
    assert edited.state == "waiting" and Act.objects.get(post=edited).cause == "words"
    topic.refresh_from_db()
    assert topic.replies == 0


def test_a_board_can_look_at_newcomers_first(world):
    board = make_board(world.place, "new", approval="new")
    assert world.topic(by=world.resident("头一回", days=1), board=board).state == "waiting"
    steady = world.resident("老邻居", days=60)
    topic = world.topic()
    for n in range(5):
        world.post(topic, by=steady, now=NOW + timedelta(seconds=n))
    assert world.topic(by=actor_of(steady.person), board=board, now=LATER).state == "shown"


def test_rules_are_the_places_own_else_those_above_else_the_packaged(world):
    assert rules_for(world.place).pk is None and len(rules_for(world.place).articles) == 10
    day = clock.local_date(NOW)
    street = speech.adopt_rules(
        place=world.places["street"],
        articles=["好好说话", "", "不发广告"],
        lead="",
        adopted_on=day,
        by=world.limin,
        now=NOW,
    )
    assert rules_for(world.place).articles == ("好好说话", "不发广告")
    own = {"place": world.place, "articles": ["只说本小区的事"], "lead": "", "by": world.fang, "now": NOW}
    speech.adopt_rules(**own, adopted_on=day + timedelta(days=3))
    assert rules_for(world.place).pk == street.pk  # adopted for later
    first = speech.adopt_rules(
        **{**own, "articles": ["只说本小区的事", "楼道不堆东西"]}, adopted_on=day + timedelta(days=3)
    )
    assert first.version == 2 and SpeechRules.objects.filter(place=world.place).count() == 2
    again = speech.adopt_rules(
        **{**own, "articles": ["只说本小区的事", "楼道不堆东西"]}, adopted_on=day + timedelta(days=9)
    )
    assert again.pk == first.pk
    with pytest.raises(UserError) as error:
        speech.adopt_rules(**{**own, "articles": ["又一版"]}, adopted_on=day)
    assert error.value.field == "adopted_on"
    for by in (world.lin, world.property, world.stranger, world.shen):
        place = world.places["street"]
        with pytest.raises(NotAllowed):
            speech.adopt_rules(place=place, articles=["我说了算"], lead="", adopted_on=day, by=by, now=NOW)


def test_limits_are_data_of_a_place(world):
    mine = [as_data(level) for level in levels()]
    mine[0]["topics_day"] = 1
    speech.set_limits(place=world.place, levels=mine, figures=as_data(figures()), by=world.fang, now=NOW)
    assert (
        limits_for(world.place).levels[0].topics_day == 1
        and limits_for(world.place).place == world.place.name
    )
    world.topic()
    with pytest.raises(UserError, match="今天开了 1 个话题"):
        world.topic()
    for wrong in ([], [{**mine[0], "posts_hour": 0}], [{"days": 0}]):
        with pytest.raises(UserError):
            speech.set_limits(
                place=world.place, levels=wrong, figures=as_data(figures()), by=world.fang, now=NOW
            )
    assert SpeechLimits.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "value"), [("same_hold", 1), ("same_refuse", 1), ("wave_slow", 2), ("wave_hours", 100), ("wave_minutes", 0)]
)
def test_a_figure_that_would_hold_everything_or_break_a_slow_mode_is_refused_at_its_field(world, name, value):
    mine = [as_data(level) for level in levels()]
    wrong = {**as_data(figures()), name: value}
    with pytest.raises(UserError) as error:
        speech.set_limits(place=world.place, levels=mine, figures=wrong, by=world.fang, now=NOW)
    assert error.value.field == name
    assert not SpeechLimits.objects.exists()
