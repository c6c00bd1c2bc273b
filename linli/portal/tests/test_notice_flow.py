"""A notice from the first word to its end, and who may take which step."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from linli.common.errors import NotAllowed, UserError
from linli.common.models import AuditRow, CacheTag, OutboxRow
from linli.common.states import tables
from linli.people.rules import BodyKind, Role
from linli.people.tests.factories import NOW, actor_of, make_body, make_person, make_post
from linli.portal.actions import notice_time as timed
from linli.portal.actions import notices as verbs
from linli.portal.models import Notice, NoticeEvent
from linli.portal.notice_rules import NOTICE, NoticeState
from linli.search.api import SearchEntry
from linli.sites.api import SiteKind, open_group_site, place_tag

from .notice_kit import make_town, put_up, words, write

pytestmark = pytest.mark.django_db
S = NoticeState


@pytest.fixture
def town():
    return make_town()


def test_the_table_of_the_flow_is_sound_and_registered():
    assert NOTICE.problems() == []
    assert NOTICE in tables()


def test_a_notice_is_written_checked_by_another_and_published(town):
    notice = put_up(town)
    assert notice.state == S.PUBLISHED and notice.published_at == NOW
    assert list(notice.events.order_by("pk").values_list("event", flat=True)) == [
        "write",
        "submit",
        "check",
        "publish",
    ]
    assert AuditRow.objects.filter(action="notice.publish", subject_id=str(notice.pk)).exists()


def test_publishing_leaves_one_event_with_all_that_another_channel_needs(town):
    notice = put_up(
        town, level="urgent", short="今天停水到二十点半。", buildings=[town["building"]], title="3 幢停水"
    )
    row = OutboxRow.objects.filter(kind__startswith="NoticePublished>").order_by("kind")[0]  # one for each who listens
    payload = row.payload
    assert payload["short"] == "今天停水到二十点半。" and payload["level"] == "urgent"
    assert payload["audience_paths"] == town["compound_a1"].path
    assert payload["building_ids"] == str(town["building"].pk)
    assert payload["url_path"] == f"/notices/{notice.pk}/" and payload["issuer_name"] == "青砖里居委会"
    assert payload["valid_until"] == notice.valid_until.isoformat()


def test_publishing_makes_kept_pages_of_the_place_anew_and_the_notice_findable(town):
    before = (
        CacheTag.objects.filter(tag=place_tag(town["compound_a1"].pk))
        .values_list("version", flat=True)
        .first()
        or 0
    )
    notice = put_up(town)
    assert CacheTag.objects.get(tag=place_tag(town["compound_a1"].pk)).version == before + 1
    assert CacheTag.objects.filter(tag=f"notice:{notice.pk}").exists()
    assert SearchEntry.objects.get(kind="notice", subject=str(notice.pk)).title == notice.title


def test_nobody_checks_his_own(town):
    notice = write(town, by="chair")
    verbs.submit_notice(by=town["chair"], pk=notice.pk, now=NOW)
    with pytest.raises(UserError, match="自己写的"):
        verbs.check_notice(by=town["chair"], pk=notice.pk, version=1, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(checker=notice.writer_id)


@pytest.mark.parametrize(
    ("writer", "checker", "may"),
    [("editor", "chair", True), ("manager", "chair", True), ("chair", "director", True), ("manager", "director", True),
     ("chair", "editor", False), ("editor", "manager", False), ("chair", "manager", False)],
)  # fmt: skip
def test_checking_belongs_to_the_same_body_or_one_above(town, writer, checker, may):
    notice = write(town, by=writer)
    verbs.submit_notice(by=town[writer], pk=notice.pk, now=NOW)
    if may:
        assert verbs.check_notice(by=town[checker], pk=notice.pk, version=1, now=NOW).state == S.PUBLISHED
    else:
        with pytest.raises(NotAllowed):
            verbs.check_notice(by=town[checker], pk=notice.pk, version=1, now=NOW)


def test_of_two_checkers_at_once_one_wins_and_the_other_reads_who_and_when(town):
    second = make_person("宋佳明")
    make_post(second, town["committee"], Role.RESIDENTS_COMMITTEE)
    notice = write(town)
    verbs.submit_notice(by=town["editor"], pk=notice.pk, now=NOW)
    verbs.check_notice(by=town["chair"], pk=notice.pk, version=1, now=NOW)
    with pytest.raises(UserError, match=r"沈玉兰在 .* 已经办过，现在是“已发布”"):
        verbs.check_notice(by=actor_of(second), pk=notice.pk, version=1, now=NOW)
    with pytest.raises(UserError, match="已经办过"):
        verbs.return_notice(by=actor_of(second), pk=notice.pk, version=1, reason="日期不对", now=NOW)
    kinds = list(OutboxRow.objects.filter(kind__startswith="NoticePublished>").values_list("kind", flat=True))
    assert kinds and len(kinds) == len(set(kinds)), "told once to each who listens"


def test_a_text_that_changed_since_it_was_read_is_not_checked_blindly(town):
    notice = write(town)
    verbs.submit_notice(by=town["editor"], pk=notice.pk, now=NOW)
    verbs.take_back(by=town["editor"], pk=notice.pk, now=NOW)
    verbs.write_notice(
        by=town["editor"], key=notice.pk, words=words(town["compound_a1"], title="另一句话"), now=NOW
    )
    verbs.submit_notice(by=town["editor"], pk=notice.pk, now=NOW)
    with pytest.raises(UserError, match="作者刚改过"):
        verbs.check_notice(by=town["chair"], pk=notice.pk, version=1, now=NOW)


def test_a_returned_notice_says_why_and_goes_on_as_a_draft(town):
    notice = write(town)
    verbs.submit_notice(by=town["editor"], pk=notice.pk, now=NOW)
    with pytest.raises(UserError) as error:
        verbs.return_notice(by=town["chair"], pk=notice.pk, version=1, reason=" ", now=NOW)
    assert error.value.field == "reason"
    back = verbs.return_notice(by=town["chair"], pk=notice.pk, version=1, reason="电话错了", now=NOW)
    assert back.state == S.DRAFT
    assert NoticeEvent.objects.get(notice=notice, event="return").reason == "电话错了"


def test_a_scheduled_notice_waits_for_its_hour_and_goes_out_by_itself(town):
    at = NOW + timedelta(hours=5)
    notice = put_up(town, publish_at=at)
    assert notice.state == S.CHECKED and notice.published_at is None
    assert timed.publish_due(now=at - timedelta(seconds=1)) == 0
    assert timed.publish_due(now=at) == 1
    assert timed.publish_due(now=at) == 0
    assert Notice.objects.get(pk=notice.pk).published_at == at


def test_what_misses_its_own_end_lapses(town):
    notice = put_up(town, publish_at=NOW + timedelta(hours=5), valid_until=NOW + timedelta(hours=6))
    assert timed.publish_due(now=NOW + timedelta(hours=7)) == 0
    assert Notice.objects.get(pk=notice.pk).state == S.WITHDRAWN


def test_time_ends_a_notice_and_leaves_it_findable(town):
    notice = put_up(town, valid_until=NOW + timedelta(days=1))
    assert timed.expire_due(now=NOW + timedelta(hours=23)) == 0
    assert timed.expire_due(now=NOW + timedelta(days=1)) == 1
    assert Notice.objects.get(pk=notice.pk).state == S.EXPIRED
    assert SearchEntry.objects.filter(kind="notice", subject=str(notice.pk)).exists()


def test_a_withdrawn_notice_needs_a_reason_and_can_no_longer_be_found(town):
    notice = put_up(town)
    with pytest.raises(UserError) as error:
        verbs.withdraw_notice(by=town["editor"], pk=notice.pk, reason="", now=NOW)
    assert error.value.field == "reason"
    verbs.withdraw_notice(by=town["director"], pk=notice.pk, reason="日期错了", now=NOW)
    assert not SearchEntry.objects.filter(kind="notice", subject=str(notice.pk)).exists()


def test_a_correction_takes_the_place_of_the_former_which_keeps_its_words(town):
    old = put_up(town, title="停水到 18:00")
    new = verbs.correct_notice(by=town["editor"], pk=old.pk, key=uuid4(), now=NOW)
    assert new.state == S.DRAFT and Notice.objects.get(pk=old.pk).state == S.PUBLISHED
    assert verbs.correct_notice(by=town["editor"], pk=old.pk, key=uuid4(), now=NOW) == new
    with pytest.raises(UserError, match="已经在写"):
        verbs.correct_notice(by=town["chair"], pk=old.pk, key=uuid4(), now=NOW)
    verbs.write_notice(
        by=town["editor"], key=new.pk, words=words(town["compound_a1"], title="停水到 20:30"), now=NOW
    )
    verbs.submit_notice(by=town["editor"], pk=new.pk, now=NOW)
    verbs.check_notice(by=town["chair"], pk=new.pk, version=2, now=NOW)
    old.refresh_from_db()
    assert old.state == S.CORRECTED and old.title == "停水到 18:00"
    assert old.events.filter(event="correct").exists()


def test_after_the_hand_over_the_words_stay_as_they_are(town):
    notice = write(town)
    verbs.submit_notice(by=town["editor"], pk=notice.pk, now=NOW)
    with pytest.raises(UserError):
        verbs.write_notice(
            by=town["editor"], key=notice.pk, words=words(town["compound_a1"], title="改"), now=NOW
        )
    with pytest.raises(NotAllowed):
        verbs.write_notice(
            by=town["manager"], key=notice.pk, words=words(town["compound_a1"], title="改"), now=NOW
        )


def test_history_cannot_be_written_anew(town):
    write(town)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        NoticeEvent.objects.update(reason="x")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"valid_until": NOW - timedelta(minutes=1)}, "valid_until"),
        ({"publish_at": NOW + timedelta(days=11)}, "valid_until"),
        ({"valid_until": NOW + timedelta(days=800)}, "valid_until"),
        ({"level": "urgent"}, "short"),
        ({"short": "停" * 71}, "short"),
        ({"short": "看 https://example.org"}, "short"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(town, given, field):
    with pytest.raises(UserError) as error:
        write(town, **given)
    assert error.value.field == field
    assert not Notice.objects.exists(), "nothing half saved"


def test_buildings_of_another_compound_are_refused(town):
    with pytest.raises(UserError) as error:
        write(town, "compound_a2", buildings=[town["building"]])
    assert error.value.field == "buildings"


def test_a_company_writes_for_its_compound_alone(town):
    with pytest.raises(NotAllowed):
        write(town, "compound_a2", by="manager")
    with pytest.raises(NotAllowed):
        write(town, "community_a", by="manager")


def test_a_group_publishes_on_its_own_site_and_rings_nobody(town):
    body = make_body(BodyKind.SOCIAL_ORG, town["street"], name="护河志愿队")
    lead = make_person("方洁")
    make_post(lead, body, Role.SITE_EDITOR)
    town["lead"] = actor_of(lead)
    with pytest.raises(NotAllowed):
        write(town, "street", by="lead")
    site = open_group_site(body=body, place=town["street"], kind=SiteKind.GROUP, lead="", now=NOW)
    with pytest.raises(NotAllowed):
        write(town, "street", by="lead")
    with pytest.raises(NotAllowed):
        write(town, "street", by="manager", site=site)
    with pytest.raises(UserError) as error:
        write(town, "street", by="lead", site=site, level="important", short="周日河边集合。")
    assert error.value.field == "level"
    notice = put_up(town, "street", by="lead", checker="director", site=site)
    assert notice.site == site and notice.state == "published"
