"""The boxes of a site's first page: kept for visitors, each by its nouns, never late, nobody's own."""

from datetime import timedelta

import pytest

from linli.activities.tests.factories import make_event
from linli.areas.api import rename_area
from linli.common import clock, slots
from linli.common.pagecache import bump, collected, parts
from linli.common.pagecache.parts import forget
from linli.people.actions.bodies import edit_body
from linli.people.models import Body
from linli.people.policy import Actor
from linli.people.rules import Role
from linli.people.tests.factories import TODAY, actor_of, make_person, make_post, make_residency
from linli.portal.models import Notice
from linli.portal.notice_queries import Listing, leading
from linli.sites import kept_boxes
from linli.sites.api import expect_boxes, noun_tag, place_tag, site_of

from .blog_kit import show
from .blog_kit import write as write_post
from .notice_kit import make_town, put_up, text
from .test_cached_pages import Site as Edge

pytestmark = pytest.mark.django_db(transaction=True)
CANARY = "金丝雀"
ANEW: set[str] = set()
NAMES = {"site_box": "phones", "urgent": "notices", "newest_box": "notices", "main_boxes": "blog", "album_boxes": "albums", "box": "events"}


@pytest.fixture
def town(settings):
    settings.LINLI_PAGE_CACHE = 16
    forget()
    yield make_town()
    forget()


@pytest.fixture
def rendered(monkeypatch):
    """The providers that were asked for boxes to keep."""
    asked, render = [], kept_boxes._render

    def noted(provider, site):
        asked.append(NAMES.get(provider.__name__, provider.__name__))
        return render(provider, site)

    monkeypatch.setattr(kept_boxes, "_render", noted)
    return asked


def up(town, title, **given):
    now = clock.now()
    return put_up(town, now=now, title=title, **{"valid_until": now + timedelta(days=3), **given})


def fill(town):
    """Something of every noun at the compound."""
    site, now = site_of(town["compound_a1"]), clock.now()
    resident = actor_of(town["he"])
    up(town, "换门禁卡")
    up(town, "今晚停水", level="urgent", short="今晚停水。")
    write_post(resident, site, title="亮了一盏灯", now=now)
    show(resident, site, title="院子里的一天", now=now)
    hold(town, "缝纫小组", timedelta(days=2))
    return site


def hold(town, title, ahead):
    now = clock.now()
    starts = now + ahead
    make_event(town["compound_a1"], town["committee"], title=title, now=now, starts=starts, ends=starts + timedelta(hours=1))


def page(client, site, cookies=""):
    client.cookies.clear()
    for pair in filter(None, cookies.split(";")):
        name, _, value = pair.partition("=")
        client.cookies[name] = value
    return text(client.get(site.url))


def test_every_box_of_a_first_page_is_kept(town):
    providers = [one for slot in kept_boxes.SLOTS for one in slots.providers(slot)]
    assert len(providers) >= 8
    new = {f"{one.__module__}.{one.__name__}" for one in providers if not hasattr(one, "kept")}
    assert new <= ANEW, "wrap it in kept_boxes, or it is made anew for every cold page"


@pytest.mark.parametrize("cookies", ["", "linli_mode=elder", "linli_lang=en", "linli_contrast=more"])
def test_a_page_of_kept_boxes_is_the_page_without_them(town, client, settings, cookies):
    site = fill(town)
    first, second = page(client, site, cookies), page(client, site, cookies)
    settings.LINLI_PAGE_CACHE = 0
    assert first == second == page(client, site, cookies)
    assert all(word in first for word in ("换门禁卡", "今晚停水", "亮了一盏灯", "院子里的一天", "缝纫小组"))


def test_a_write_to_one_noun_renders_its_boxes_alone(town, client, rendered):
    site, now = fill(town), clock.now()
    resident, shown = actor_of(town["he"]), []

    def after(word):
        rendered.clear()
        assert word in page(client, site)
        shown.append(set(rendered))

    page(client, site)
    up(town, "又一条公告")
    after("又一条公告")
    write_post(resident, site, title="又一篇", now=now)
    after("又一篇")
    show(resident, site, title="又一本", now=now + timedelta(seconds=1))
    after("又一本")
    hold(town, "又一场", timedelta(hours=1))
    after("又一场")
    rename_area(area=town["street"], name="新柳渡", official_name="新柳渡街道办事处", on=TODAY)
    after("新柳渡")
    assert shown[:4] == [{"notices"}, {"blog"}, {"albums"}, {"events"}]
    assert len(shown[4]) >= 6, "the names of places stand in every box"


def test_a_write_at_another_place_renders_nothing(town, client, rendered):
    site = fill(town)
    page(client, site)
    rendered.clear()
    up(town, "隔壁的公告", place="compound_a2", by="editor")
    assert "隔壁的公告" not in page(client, site)
    assert rendered == []


def test_the_name_of_an_issuer_is_never_late(town, client):
    site = fill(town)
    assert "青砖里居委会" in page(client, site)
    body = Body.objects.get(pk=town["committee"].pk)
    Body.objects.filter(pk=body.pk).update(name="新砖里居委会")
    edit_body(actor=actor_of(make_post(body=town["office"], role=Role.STREET_OFFICE, is_head=True).person), body=body, phone="", address="", hours="", now=clock.now())
    assert "新砖里居委会" in page(client, site)


def test_a_kept_box_ends_when_time_alone_changes_it(town, client, monkeypatch):
    site, now = fill(town), clock.now()
    up(town, "只到一会儿", level="urgent", short="只到一会儿。", valid_until=now + timedelta(minutes=5))
    assert "只到一会儿" in page(client, site)
    edge = Edge(8 << 20)
    for _ in range(2):  # the second page is made of kept boxes and has to end as early
        edge.edge.store.clear()
        assert "只到一会儿" in edge.get(site.url).text
        (kept,) = edge.edge.store.pages.values()
        assert kept.until <= now + timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=6))
    assert "只到一会儿" not in page(client, site)


def test_nothing_of_a_person_gets_into_a_kept_box(town, client):
    site = fill(town)
    reader = make_person(CANARY)
    make_residency(reader, town["home"])
    up(town, "说的是 3 幢", buildings=[town["building"]])
    client.force_login(reader)
    own = text(client.get(site.url))
    assert "说的是您那幢" in own and CANARY in own
    assert not [key for key in parts._parts if key[0] == "boxes"], "nothing was kept for or from somebody signed in"
    client.logout()
    assert "说的是您那幢" not in page(client, site, f"canary=canary-bird;csrftoken={'c' * 32}")
    kept = repr([value for key, (_v, _u, value) in parts._parts.items() if key[0] == "boxes"])
    assert "换门禁卡" in kept
    assert all(word not in kept for word in (CANARY, "canary-bird", "您那幢", "csrf", "c" * 32, "退出"))


def test_a_box_is_rendered_for_nobody_in_particular(town, client):
    seen = []

    @kept_boxes.kept_boxes()
    def curious(request, site):
        seen.append((dict(request.COOKIES), dict(request.META), dict(request.GET), request.actor, hasattr(request, "session")))
        return []

    request = client.get("/", headers={"user-agent": CANARY}).wsgi_request
    request.COOKIES["x"], request.actor = CANARY, Actor()
    curious(request, site=site_of(town["street"]))
    assert seen == [({}, {"QUERY_STRING": ""}, {}, Actor(), False)]


def test_the_versions_of_all_boxes_come_by_one_statement(town, client, django_assert_max_num_queries):
    site = fill(town)
    page(client, site)
    with django_assert_max_num_queries(3):  # those of the frame, of the arrangement, of the boxes
        page(client, site)
    expect_boxes(site)  # outside a page it does nothing


def test_who_leads_is_the_same_as_in_the_list_also_where_the_ticker_stands_still(town):
    now, pattern = clock.now(), up(town, "零")
    site = site_of(town["compound_a1"])
    rows = []
    for n in range(26):
        over, at = n % 3 == 0 or n > 12, now - timedelta(minutes=n)
        values = {f.attname: getattr(pattern, f.attname) for f in Notice._meta.concrete_fields if f.name != "id"}
        level = "urgent" if n % 2 else "ordinary"
        changed = {"title": f"{n}", "published_at": at, "level": level, "pinned": n % 5 == 0, "valid_until": now + timedelta(days=2)}
        rows.append(Notice(**{**values, **changed, "valid_until": at + timedelta(seconds=1) if over and n else now + timedelta(days=2)}))
    Notice.objects.bulk_create(rows)
    for limit in (1, 3, 8):
        assert leading(site, now, limit) == Listing(site, now)[0:limit]
        assert leading(site, now, limit, urgent=True) == Listing(site, now, level="urgent")[0:limit]


def test_moments_are_collected_for_the_part_that_is_being_made(town):
    from linli.common.pagecache import valid_until

    request = kept_boxes.nobody(site_of(town["street"]))
    with collected() as moments:
        valid_until(request, None)
        valid_until(request, clock.now())
    assert len(moments) == 1
    valid_until(request, clock.now())
    assert len(moments) == 1


def test_a_noun_has_a_tag_of_its_own_beside_its_places(town, client, rendered):
    site = fill(town)
    page(client, site)
    rendered.clear()
    bump(noun_tag("events", town["community_a"].pk))
    page(client, site)
    assert rendered == ["events"]
    rendered.clear()
    bump(place_tag(town["community_a"].pk))
    page(client, site)
    assert rendered == []


def test_what_is_said_in_a_compound_shows_at_once_on_the_pages_of_its_community_and_beside_it_nothing_is_made_anew(settings, rendered):
    from linli.forum.tests.factories import make_forum, neighbour, topic_by

    settings.LINLI_PAGE_CACHE = 16
    forget()
    forum = make_forum()
    above, beside = site_of(forum.wide.place), site_of(forum.other.place)
    edge = Edge(8 << 20)
    paths = [above.url, f"{above.url}forum/", beside.url]
    topic_by(neighbour(forum), forum.board, "第一个话题", now=clock.now())
    before = [edge.get(path).text for path in paths]
    assert ["第一个话题" in page for page in before] == [True, True, False]
    rendered.clear()
    topic_by(neighbour(forum, name="孔祥生"), forum.board, "第二个话题", now=clock.now())
    assert ["第二个话题" in edge.get(path).text for path in paths] == [True, True, False]
    forget()
