"""What residents see and press, in the frame of a site."""

import re
import xml.etree.ElementTree as ET
from datetime import timedelta

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.activities.actions.events import cancel_event, edit_event, publish_event
from linli.activities.actions.signups import cancel_signup, check_in
from linli.activities.models import Event, Signup
from linli.areas.tests.factories import make_cell
from linli.common import clock
from linli.common.pagecache.parts import forget
from linli.common.tests.cache_kit import Site as Edge
from linli.people.models import Mandate
from linli.people.policy import Actor
from linli.people.rules import BodyKind, MandateHow
from linli.people.tests.factories import TODAY, make_body, make_person
from linli.search.api import read_question, search
from linli.sites.api import SiteKind, nearest_site, open_group_site, site_of

from .factories import NOW, STARTS, join, make_event, make_facts, make_guest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def time(monkeypatch):
    class Time:
        now = NOW

    frozen = Time()
    monkeypatch.setattr(clock, "now", lambda: frozen.now)
    forget()
    return frozen


@pytest.fixture
def places():
    return make_cell()


def url(name, *args):
    return reverse(f"activities:{name}", args=args)


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()).replace("\u00a0", " "))


def test_a_site_lists_what_is_for_it_day_by_day_and_nothing_of_its_neighbours(places, client):
    make_event(
        places["street"],
        title="护河日",
        starts=STARTS + timedelta(days=2),
        ends=STARTS + timedelta(days=2, hours=1),
    )
    make_event(places["compound_a1"], title="放电影")
    make_event(places["compound_a2"], title="换书会")
    make_event(places["compound_a1"], title="还没想好", published=False)
    page = client.get(url("coming", nearest_site(places["compound_a1"]).slug)).content.decode()
    assert page.index("放电影") < page.index("护河日") and "换书会" not in page and "还没想好" not in page
    assert page.count('class="datep"') == 2
    street = client.get(url("coming", site_of(places["street"]).slug)).content.decode()
    assert "护河日" in street and "放电影" not in street, "a compound's event stays there"


def test_past_events_have_pages_of_their_own_with_how_many_came(places, client, time):
    event = make_event(places["compound_a1"])
    row = join(event, make_guest(places["home"]), 1)
    check_in(signup=row.pk, by=Actor(), now=STARTS)
    time.now = STARTS + timedelta(days=1)
    slug = nearest_site(places["compound_a1"]).slug
    assert "旧衣改一改" not in text(client.get(url("coming", slug)))
    assert "来了 2 人" in text(client.get(url("past", slug)))


def test_a_groups_site_shows_its_own_events(places, client):
    group = make_body(BodyKind.SOCIAL_ORG, places["community_a"], name="缝纫小组")
    site = open_group_site(body=group, place=places["community_a"], kind=SiteKind.CLUB, lead="", now=NOW)
    make_event(places["community_a"], body=group, title="教锁边")
    make_event(places["community_a"], title="义诊")
    page = text(client.get(url("coming", site.slug)))
    assert "教锁边" in page and "义诊" not in page
    assert "教锁边" in text(client.get(site_of(places["community_a"]).url)), "and so does its place"


def test_an_events_page_says_first_whether_there_is_room(places, client):
    event = make_event(
        places["compound_a1"], capacity=2, text="带**剪刀**\n\n- <script>alert(1)</script>", fee=500
    )
    answer = client.get(url("event", event.pk))
    page = answer.content.decode()
    assert "还有 2 个位子" in text(answer) and "5 元" in text(answer) and "14:00—16:00" in text(answer)
    assert "<strong>剪刀</strong>" in page and "<script>alert" not in page
    assert 'property="og:title" content="旧衣改一改"' in page and "og:url" in page
    for _ in range(3):
        join(event, make_guest(places["home"]))
    assert "报满了，1 人候补" in text(client.get(url("event", event.pk)))
    cancel_event(event=event, why="老师病了", by=None, now=NOW)
    page = text(client.get(url("event", event.pk)))
    assert "已取消" in page and "老师病了" in page and "报名</a>" not in page


def test_drafts_are_not_there(places, client):
    event = make_event(places["compound_a1"], published=False)
    for name in ("event", "ics"):
        assert client.get(url(name, event.pk)).status_code == 404
    client.force_login(make_guest(places["home"]))
    assert client.get(url("join", event.pk)).status_code == 404


def test_a_resident_signs_up_with_a_companion_and_gets_a_ticket(places, client):
    event, guest = make_event(places["compound_a1"]), make_guest(places["home"])
    client.force_login(guest)
    answer = client.post(url("join", event.pk), {"companions": "1"})
    row = Signup.objects.get()
    assert answer["Location"] == url("ticket", row.code) and row.companions == 1
    page = client.get(answer["Location"])
    assert "data:image/svg+xml" in page.content.decode() and "您报上了" in text(page)
    code = f"{row.code[:4]} {row.code[4:8]} {row.code[8:]}"
    assert code in text(page)
    assert "您报上了，2 人" in text(client.get(url("event", event.pk)))
    assert "旧衣改一改" in text(client.get(url("mine")))
    assert client.post(url("leave", event.pk))["Location"] == url("event", event.pk)
    assert Signup.objects.get().state == "gone"


def test_what_was_chosen_is_kept_and_the_error_stands_at_its_field(places, client):
    event = make_event(places["compound_a1"], capacity=2)
    join(event, make_guest(places["home2"]), 0)
    client.force_login(make_guest(places["home"]))
    join(event, Signup.objects.get().person)
    answer = client.post(url("join", event.pk), {"companions": "2"})
    assert (
        answer.status_code == 200
        and "一共只有 2 个位子" in text(answer)
        and "checked" in answer.content.decode()
    )
    assert client.post(url("join", event.pk), {"companions": "9"}).status_code == 200
    assert Signup.objects.count() == 1


def test_who_has_no_proved_home_there_is_led_to_prove_one(places, client):
    event = make_event(places["compound_a1"])
    client.force_login(make_person())
    page = client.get(url("join", event.pk)).content.decode()
    assert reverse("people:residency") in page and '<button class="btn">' not in page


def test_a_daughter_signs_up_her_mother_and_not_herself(places, client):
    event, mother, daughter = (
        make_event(places["compound_a1"]),
        make_guest(places["home"]),
        make_person("陆文静"),
    )
    mandate = Mandate.objects.create(
        principal=mother, agent=daughter, scopes=["all"], how=MandateHow.PAPER, since=TODAY,
        until=TODAY + timedelta(days=9), recorded_by=daughter, recorded_at=NOW,
    )  # fmt: skip
    client.force_login(daughter)
    session = client.session
    session["acting_for"] = str(mandate.pk)
    session.save()
    assert client.post(url("join", event.pk), {"companions": "0"}).status_code == 302
    row = Signup.objects.get()
    assert (row.person, row.by, row.how) == (mother, daughter, "mandate")
    assert "您报上了" in text(client.get(url("ticket", row.code)))


def test_a_mandate_for_other_things_does_not_sign_up(places, client):
    event, mother, daughter = (
        make_event(places["compound_a1"]),
        make_guest(places["home"]),
        make_person("陆文静"),
    )
    mandate = Mandate.objects.create(
        principal=mother, agent=daughter, scopes=["account"], how=MandateHow.PAPER, since=TODAY,
        until=TODAY + timedelta(days=9), recorded_by=daughter, recorded_at=NOW,
    )  # fmt: skip
    client.force_login(daughter)
    session = client.session
    session["acting_for"] = str(mandate.pk)
    session.save()
    assert client.post(url("join", event.pk), {"companions": "0"}).status_code == 403
    assert not Signup.objects.exists()


def test_nobody_sees_anothers_ticket(places, client):
    row = join(make_event(places["compound_a1"]), make_guest(places["home"]))
    assert client.get(url("ticket", row.code)).status_code == 302, "sign in first"
    client.force_login(make_guest(places["home2"]))
    assert client.get(url("ticket", row.code)).status_code == 404
    assert client.get(url("ticket", "1234567890")).status_code == 404


def test_who_waits_sees_his_place_in_the_line_and_after_that_his_code(places, client):
    event, guest = make_event(places["compound_a1"], capacity=1), make_guest(places["home"])
    first = join(event, make_guest(places["home2"]))
    row = join(event, guest)
    client.force_login(guest)
    page = client.get(url("ticket", row.code))
    assert "您排第 1 家" in text(page) and "data:image" not in page.content.decode()
    cancel_signup(signup=first.pk, by=Actor(person=first.person), now=NOW)
    assert "data:image" in client.get(url("ticket", row.code)).content.decode()


ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_a_reader_of_feeds_is_told_what_was_published_and_what_was_called_off(places, client):
    event = make_event(places["street"], title="护河日", text="**手套**自带 <b>")
    make_event(places["compound_b1"], title="邻居的活动")
    make_event(places["street"], title="草稿", published=False)
    slug = nearest_site(places["compound_a1"]).slug
    answer = client.get(url("atom", slug))
    assert answer["Content-Type"].startswith("application/atom+xml")
    entries = ET.fromstring(answer.content).findall(f"{ATOM}entry")  # noqa: S314 - written by ourselves
    assert [entry.find(f"{ATOM}title").text for entry in entries] == ["护河日"]
    assert entries[0].find(f"{ATOM}link").get("href").endswith(url("event", event.pk))
    said = entries[0].find(f"{ATOM}summary").text
    assert "<strong>手套</strong>自带 &lt;b&gt;" in said and "社区 2 楼" in said and "已取消" not in said
    again = client.get(url("atom", slug), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304 and not again.content
    cancel_event(event=event, why="下大雨", by=None, now=NOW)
    later = client.get(url("atom", slug), headers={"If-None-Match": answer["ETag"]})
    assert later.status_code == 200 and "下大雨" in later.content.decode()
    assert url("atom", slug) in client.get(url("coming", slug)).content.decode()


def test_the_map_names_events_where_their_pages_stand(places, client):
    event = make_event(places["street"])
    make_event(places["street"], title="草稿", published=False)

    def mapped(place):
        found = b"".join(client.get(f"{nearest_site(place).url}sitemap.xml").streaming_content)
        return [one.text for one in ET.fromstring(found).iter(f"{MAP}loc") if "/events/" in one.text]  # noqa: S314 - ours

    assert [one.endswith(url("event", event.pk)) for one in mapped(places["street"])] == [True]
    assert mapped(places["compound_a1"]) == []


def test_the_feed_of_a_site_is_a_calendar_with_what_was_cancelled(places, client):
    one = make_event(places["community_a"], title="义诊")
    two = make_event(places["compound_a1"], title="放电影")
    make_event(places["compound_a2"], title="换书会")
    cancel_event(event=two, why="下雨", by=None, now=NOW)
    answer = client.get(url("feed", nearest_site(places["compound_a1"]).slug))
    book = icalendar.Calendar.from_ical(answer.content)
    assert answer["Content-Type"].startswith("text/calendar") and not book.errors
    assert [(str(e["SUMMARY"]), str(e["STATUS"])) for e in book.walk("VEVENT")] == [
        ("义诊", "CONFIRMED"),
        ("放电影", "CANCELLED"),
    ]
    single = icalendar.Calendar.from_ical(client.get(url("ics", one.pk)).content)
    assert single.walk("VEVENT")[0]["UID"] == book.walk("VEVENT")[0]["UID"]


def test_events_are_found_by_their_words(places):
    event = make_event(places["compound_a1"], text="缝纫小组教锁边")
    make_event(places["compound_a1"], title="草稿里的锁边", published=False)
    found = search(read_question("锁边", []), actor=Actor())
    assert [entry.url for entry in found.entries] == [url("event", event.pk)]


@pytest.mark.parametrize("many", [30])
def test_ten_times_as_many_events_ask_the_database_as_often(places, client, many):
    site = site_of(places["community_a"])
    paths = [url("coming", site.slug), url("past", site.slug), url("feed", site.slug), url("atom", site.slug), site.url, None]

    def count():
        found = []
        for path in paths:
            path = path or url("event", Event.objects.first().pk)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(path).status_code == 200
            found.append(len(asked))
        return found

    def some(n):
        for _ in range(n):
            make_event(places["community_a"])
            make_event(
                places["community_a"],
                published=True,
                starts=NOW + timedelta(minutes=5),
                ends=NOW + timedelta(minutes=9),
            )
            Event.objects.filter(ends=NOW + timedelta(minutes=9)).update(
                starts=NOW - timedelta(days=3), ends=NOW - timedelta(days=2)
            )

    some(3)
    client.get(paths[0])
    few = count()
    some(many)
    assert count() == few


@pytest.mark.django_db(transaction=True)
def test_kept_pages_move_with_every_verb_and_by_themselves_with_time(time):
    places = make_cell()
    event = make_event(places["compound_a1"], capacity=5, signup_until=NOW + timedelta(hours=3))
    slug, edge = nearest_site(places["compound_a1"]).slug, Edge(8 << 20)
    guest = make_guest(places["home"])

    def says(path):
        page = edge.get(path)
        assert page.status == 200
        return re.sub(r"<[^>]+>", "", page.text).replace("\u00a0", " ")

    def all_say(words):
        for path in (url("event", event.pk), url("coming", slug), f"/s/{slug}/"):
            assert words in says(path), (path, words)
            before = edge.edge.renders
            says(path)
            assert edge.edge.renders == before, f"{path} is kept"

    all_say("还有 5 个位子")
    row = join(event, guest, 1)
    all_say("还有 3 个位子")
    cancel_signup(signup=row.pk, by=Actor(person=guest), now=NOW)
    all_say("还有 5 个位子")
    edit_event(
        event=event,
        facts=make_facts(title="改名了", capacity=5, signup_until=NOW + timedelta(hours=3)),
        by=None,
        now=NOW,
    )
    all_say("改名了")
    time.now = NOW + timedelta(hours=3, seconds=1)
    all_say("报名截止")
    other = make_event(places["compound_a1"], published=False, title="第二个")
    publish_event(event=other, by=None, now=time.now)
    assert "第二个" in says(url("coming", slug))
    cancel_event(event=event, why="下雨", by=None, now=time.now)
    assert "已取消" in says(url("event", event.pk)) and "已取消" in says(url("coming", slug))


@pytest.mark.django_db(transaction=True)
def test_a_kept_page_holds_nothing_of_who_signed_up(client):
    places = make_cell()
    event, guest = make_event(places["compound_a1"]), make_guest(places["home"], "金丝雀")
    row, edge = join(event, guest), Edge(8 << 20)
    client.force_login(guest)
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    assert "您报上了" in edge.get(url("event", event.pk), HTTP_COOKIE=cookie).text
    page = edge.get(url("event", event.pk)).text
    assert (
        "您报上了" not in page
        and row.code not in page
        and "金丝雀" not in page
        and 'method="post"' not in page
    )
