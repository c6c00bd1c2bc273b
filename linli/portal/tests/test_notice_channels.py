"""A published notice rings where it should, and nowhere else; and many notices cost no more than few."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from linli.areas.api import Area
from linli.common import clock, outbox
from linli.common.bus import publish
from linli.events.people import AccountClosed, AccountsMerged
from linli.messaging.models import Delivery, Message
from linli.people.models import Identifier
from linli.people.tests.factories import NOW
from linli.portal.actions import notices as verbs
from linli.portal.actions.notice_reads import note_readings
from linli.portal.models import Notice, NoticeRead
from linli.portal.notice_queries import Listing, leading
from linli.sites.api import site_of

from .notice_kit import make_town, put_up, text

pytestmark = pytest.mark.django_db
SHORT = "今天停水到二十点半，送水车在三幢南门口。"


@pytest.fixture
def town():
    town = make_town()
    for n, who in enumerate(("he", "zhou", "hu")):
        Identifier.objects.create(
            person=town[who], kind="phone", value=f"+8613800001{n:03d}", verified_at=NOW
        )
    return town


def told():
    return set(Delivery.objects.values_list("person__display_name", "channel"))


def test_an_urgent_notice_for_one_building_reaches_its_residents_by_inbox_and_sms_and_nobody_else(town):
    put_up(town, level="urgent", short=SHORT, buildings=[town["building"]], title="3 幢停水")
    outbox.run(NOW)
    assert told() == {("何立群", "inbox"), ("何立群", "sms")}
    assert Message.objects.get().urgent


def test_an_important_one_goes_to_inboxes_alone_and_an_ordinary_one_nowhere(town):
    put_up(town, level="important", short=SHORT)
    put_up(town, title="一般的")
    outbox.run(NOW)
    assert told() == {("何立群", "inbox"), ("周秀英", "inbox")}


def test_it_rings_once_however_often_it_is_told_and_not_when_it_is_over_or_late(town):
    notice = put_up(town, level="important", short=SHORT)
    verbs.withdraw_notice(by=town["editor"], pk=notice.pk, reason="错了", now=NOW)
    outbox.run(NOW)
    put_up(town, level="important", short=SHORT, title="晚的")
    outbox.run(NOW + timedelta(days=2))
    assert told() == set()


def test_the_letter_leads_to_the_notice(client, town):
    notice = put_up(town, level="important", short=SHORT, title="3 幢停水")
    outbox.run(NOW)
    letter = Delivery.objects.get(person=town["he"])
    client.force_login(town["he"])
    html = text(client.get(f"/inbox/{letter.pk}/"))
    assert f'href="{notice.url}"' in html and SHORT in html and "青砖里居委会" in html


def test_what_two_accounts_of_one_person_have_read_becomes_one_reading(town):
    notice, other = put_up(town), put_up(town, title="另一条")
    home = town["home"]
    for who, what in (("he", notice), ("zhou", notice), ("zhou", other)):
        note_readings(notice=what, stays=[(town[who].pk, home.pk)], now=NOW)
    with transaction.atomic():
        publish(AccountsMerged(kept_id=town["he"].pk, dropped_id=town["zhou"].pk), now=NOW)
    outbox.run(NOW)
    assert set(NoticeRead.objects.values_list("person", "notice")) == {
        (town["he"].pk, notice.pk),
        (town["he"].pk, other.pk),
    }
    with transaction.atomic():
        publish(AccountClosed(person_id=town["he"].pk), now=NOW)
    outbox.run(NOW)
    assert not NoticeRead.objects.exists()


def _many(town, amount, now):
    """That many live notices on the street's site and below, and as many past ones."""
    pattern = put_up(town, now=now, valid_until=now + timedelta(days=9))
    sites = [site_of(place) for place in Area.objects.filter(level__in=(4, 5, 6))]
    rows = []
    for n in range(amount):
        site, at = sites[n % len(sites)], now - timedelta(minutes=n)
        past = n % 2
        rows.append(
            Notice(
                pk=uuid4(), site=site, place_id=site.place_id, issuer_id=pattern.issuer_id, kind="other", title=f"第 {n} 条", text="照常。",
                state="expired" if past else "published", writer_id=pattern.writer_id, created_at=at, published_at=at,
                valid_until=at + timedelta(days=30), level="urgent" if n % 50 == 0 else "ordinary",
            )
        )  # fmt: skip
    Notice.objects.bulk_create(rows, batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.mark.slow
def test_among_thirty_thousand_lists_and_boxes_go_by_index(client, town):
    now = clock.now()
    _many(town, 30_000, now)
    site = site_of(town["compound_a1"])
    plans = []
    with CaptureQueriesContext(connection) as seen:
        listing = Listing(site, now)
        assert len(listing[0:20]) == 20 and listing.count() > 1000
        assert len(leading(site, now, 3, urgent=True)) == 3 and len(leading(site, now, 8)) == 8
        assert len(Listing(site, now, past=True)[0:20]) == 20
    for query in seen.captured_queries:
        if connection.vendor == "sqlite" and "linli_portal_notice" in query["sql"]:
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN QUERY PLAN " + query["sql"])
                plans += [row[3] for row in cursor.fetchall()]
    assert not [line for line in plans if line.startswith(("SCAN linli_portal_notice", "SCAN U0"))], plans
    for path in (site.url, f"{site.url}notices/", f"{site.url}notices/?page=50"):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        assert len(seen) < 40
        assert sum(float(query["time"]) for query in seen.captured_queries) < 0.5
