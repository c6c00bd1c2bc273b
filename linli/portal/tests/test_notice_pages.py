"""Notices as visitors, residents and the office see them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.common import clock
from linli.common.models import AuditRow
from linli.people.rules import Role
from linli.people.tests.factories import actor_of, make_person, make_post
from linli.portal.actions import notice_time as timed
from linli.portal.actions import notices as verbs
from linli.portal.models import Notice, NoticeRead
from linli.sites.api import site_of

from .notice_kit import make_town, put_up, text, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def town():
    return make_town()


def up(town, now, place="compound_a1", **given):
    values = {"valid_until": now + timedelta(days=5), **given}
    return put_up(town, place, now=now, **values)


def page_of(client, place):
    return client.get(reverse("portal:notices", args=[site_of(place).slug]))


def home_of(client, place):
    return client.get(site_of(place).url)


def test_a_streets_notice_shows_on_all_sites_below_and_says_whose_it_is(client, town, now):
    second = make_person("钱立")
    make_post(second, town["office"], Role.STREET_OFFICE)
    town["second"] = actor_of(second)
    up(town, now, "street", by="director", checker="second", title="街道办夏季开门时间")
    for place in ("street", "community_a", "community_b", "compound_a1", "compound_b1"):
        html = text(page_of(client, town[place]))
        assert "街道办夏季开门时间" in html and "柳渡街道办" in html


def test_a_compounds_notice_shows_nowhere_else(client, town, now):
    up(town, now, title="换门禁卡")
    assert "换门禁卡" in text(page_of(client, town["compound_a1"]))
    assert "换门禁卡" in text(home_of(client, town["compound_a1"]))
    for place in ("compound_a2", "community_a", "street", "compound_b1"):
        assert "换门禁卡" not in text(page_of(client, town[place]))
        assert "换门禁卡" not in text(home_of(client, town[place]))


def test_for_chosen_buildings_the_public_list_names_them_and_their_residents_see_it_is_theirs(
    client, town, now
):
    notice = up(town, now, buildings=[town["building"]], title="换单元门")
    html = text(page_of(client, town["compound_a1"]))
    assert "给3 幢" in html and "说的是您那幢" not in html
    client.force_login(town["he"])
    assert "说的是您那幢" in text(page_of(client, town["compound_a1"]))
    assert "未读" in text(home_of(client, town["compound_a1"]))
    assert "说的是您那幢" in text(client.get(notice.url))
    client.force_login(town["zhou"])
    html = text(page_of(client, town["compound_a1"]))
    assert "换单元门" in html and "说的是您那幢" not in html
    client.force_login(town["hu"])
    assert "换单元门" not in text(page_of(client, town["compound_a1"])), "he lives in the next compound"
    assert "换单元门" not in text(home_of(client, town["compound_a2"]))


def test_what_is_urgent_stands_in_red_above_and_not_in_the_box_below(client, town, now):
    up(town, now, level="urgent", title="停水到 20:30", short="今天停水到二十点半。")
    html = text(home_of(client, town["compound_a1"]))
    assert html.count("停水到 20:30") == 1 and 'class="urgent"' in html


def test_expired_ones_leave_the_list_by_themselves_and_stay_readable(client, town, now):
    notice = up(town, now, title="讲座")
    Notice.objects.filter(pk=notice.pk).update(
        published_at=now - timedelta(days=3), valid_until=now - timedelta(minutes=1)
    )
    assert "讲座" not in text(page_of(client, town["compound_a1"]))
    assert "已经过期" in text(client.get(notice.url))
    timed.expire_due(now=now)
    past = client.get(reverse("portal:notices", args=[site_of(town["compound_a1"]).slug]) + "?when=past")
    assert "讲座" in text(past)


def test_filters_and_odd_ones(client, town, now):
    up(town, now, title="停水两小时", kind="outage")
    url = reverse("portal:notices", args=[site_of(town["compound_a1"]).slug])
    assert "停水两小时" in text(client.get(url + "?kind=outage&level=ordinary"))
    assert "没有符合的公告" in text(client.get(url + "?kind=event"))
    for odd in ("?kind=%00", "?kind=x&page=99999", "?page=-1", "?when=never", "?level='--"):
        assert client.get(url + odd).status_code == 200


def test_drafts_are_nobodys_to_read(client, town, now):
    notice = write(town, valid_until=now + timedelta(days=5), now=now)
    assert client.get(notice.url).status_code == 404
    client.force_login(town["he"])
    assert client.get(notice.url).status_code == 404
    assert client.get(reverse("portal:notice_desk", args=[notice.pk])).status_code == 404


def test_a_withdrawn_notice_says_why_and_no_longer_what(client, town, now):
    notice = up(town, now, title="写错的标题", text="写错的正文")
    verbs.withdraw_notice(by=town["editor"], pk=notice.pk, reason="日期写错了", now=now)
    response = client.get(notice.url)
    assert response.status_code == 410
    assert (
        "日期写错了" in text(response)
        and "写错的标题" not in text(response)
        and "写错的正文" not in text(response)
    )


def test_a_correction_is_marked_and_leads_to_the_former_words(client, town, now):
    old = up(town, now, title="停水到 18:00")
    new = verbs.correct_notice(by=town["editor"], pk=old.pk, key=uuid4(), now=now)
    verbs.submit_notice(by=town["editor"], pk=new.pk, now=now)
    verbs.check_notice(by=town["chair"], pk=new.pk, version=1, now=now)
    html = text(client.get(new.url))
    assert "更正" in html and old.url in html
    html = text(client.get(old.url))
    assert "这条已经更正" in html and new.url in html and "停水到 18:00" in html


def test_homes_that_opened_it_are_counted_once_each_and_others_not_at_all(client, town, now):
    notice = up(town, now, buildings=[town["building"]])
    assert "户看过" not in text(client.get(notice.url))
    for who in ("he", "he", "zhou", "hu"):
        client.force_login(town[who])
        client.get(notice.url)
    assert NoticeRead.objects.filter(notice=notice).count() == 1
    client.logout()
    assert "已有 1 户看过" in text(client.get(notice.url))


def test_the_issuer_sees_which_homes_opened_it_without_names_and_it_is_written_down(client, town, now):
    notice = up(town, now)
    client.force_login(town["he"])
    client.get(notice.url)
    client.force_login(town["chair"].person)
    url = reverse("portal:notice_readers", args=[notice.pk])
    html = text(client.get(url))
    assert "1 / 3 户看过" in html
    html = text(client.get(url + f"?at={town['building'].pk}"))
    assert "1 / 2 户看过" in html and "何立群" not in html and "1 单元 101" in html
    assert AuditRow.objects.filter(action="notice.look", subject_id=str(notice.pk)).count() == 1
    assert client.get(url + f"?at={town['compound_a2'].pk}").status_code == 404
    client.force_login(town["editor"].person)
    assert "1 / 3" in text(client.get(url))
    assert client.get(url + f"?at={town['building'].pk}").status_code == 404, "an editor does not see doors"
    client.force_login(town["manager"].person)
    assert client.get(url).status_code == 404


def test_light_marks_become_html_and_nothing_else_does(client, town, now):
    notice = up(
        town, now, text="第一段\n换行\n\n- 一\n- 二 https://example.org/a?b=1&c=2。\n\n1. 甲\n2. 乙 & <b>"
    )
    html = client.get(notice.url).content.decode()
    assert '<p>第一段<br>换行</p>\n<ul><li>一</li><li>二 <a href="https://example.org/a?b=1&amp;c=2"' in html
    assert "<ol><li>甲</li><li>乙 &amp; &lt;b&gt;</li></ol>" in html


def test_open_graph_and_atom(client, town, now):
    notice = up(town, now, title="开门时间")
    html = client.get(notice.url).content.decode()
    assert '<meta property="og:title" content="开门时间">' in html
    url = reverse("portal:notices_feed", args=[site_of(town["compound_a1"]).slug])
    feed = client.get(url)
    assert feed["Content-Type"].startswith("application/atom+xml") and "开门时间" in feed.content.decode()
    text = feed.content.decode()
    assert f"{notice.pk}" in text and notice.issuer.name in text and notice.get_kind_display() in text
    again = client.get(url, headers={"if-none-match": feed["ETag"]})
    assert again.status_code == 304 and not again.content
    up(town, now, title="又一条")
    assert client.get(url, headers={"if-none-match": feed["ETag"]}).status_code == 200
    assert (
        url
        in client.get(reverse("portal:notices", args=[site_of(town["compound_a1"]).slug])).content.decode()
    )


def test_the_map_names_notices_that_stand(client, town, now):
    notice, gone = up(town, now), up(town, now, title="撤下的")
    verbs.withdraw_notice(by=town["editor"], pk=gone.pk, reason="写错了", now=now)
    found = b"".join(client.get(f"{notice.site.url}sitemap.xml").streaming_content).decode()
    assert notice.url in found and gone.url not in found


@pytest.mark.parametrize("who", [None, "he"])
def test_ten_times_the_notices_take_as_many_statements(client, town, now, who):
    if who:
        client.force_login(town[who])
    urls = [
        reverse("portal:notices", args=[site_of(town["compound_a1"]).slug]),
        site_of(town["compound_a1"]).url,
    ]
    counts = []
    for amount in (3, 30):
        while Notice.objects.filter(state="published").count() < amount:
            up(town, now, buildings=[town["building"]])
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as seen:
                client.get(url)
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
