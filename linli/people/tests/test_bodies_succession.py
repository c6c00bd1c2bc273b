"""Bodies come, change and go; what was stays readable."""

from datetime import date, timedelta

import pytest

from linli.areas.tests.factories import make_cell
from linli.common.errors import NotAllowed, UserError
from linli.common.models import AuditRow
from linli.people.actions.bodies import create_body, edit_body, end_body, move_body
from linli.people.actions.succession import Successor, merge_bodies, rename_body, split_body
from linli.people.models import Body, BodyPlace, BodySuccession, Post, ResidencyEvent
from linli.people.policy import load_holdings
from linli.people.rules import BodyKind, ResidencyState, Role

from .factories import NOW, TODAY, actor_of, make_body, make_person, make_post, make_residency

pytestmark = pytest.mark.django_db
SOON = TODAY + timedelta(days=30)


@pytest.fixture
def places():
    return make_cell()


@pytest.fixture
def clerk(places):
    return actor_of(make_post(body=make_body(BodyKind.STREET_OFFICE, places["street"]), role=Role.STREET_OFFICE).person)


def make(clerk, *areas, kind=BodyKind.SOCIAL_ORG, name="银龄互助社", since=TODAY, **facts):
    return create_body(actor=clerk, kind=kind, name=name, places=list(areas), since=since, now=NOW, **facts)


def test_a_body_is_made_in_its_places_and_on_the_record(clerk, places):
    body = make(clerk, places["community_a"], places["community_b"], phone="0990-5550 101", hours="周一至周五 9:00—17:00")
    assert body.places.count() == 2 and body.exists_on(TODAY)
    assert AuditRow.objects.get(action="body.create").subject_id == str(body.pk)


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("name", {"name": ""}), ("name", {"name": " \u202e\u200b "}), ("name", {"name": "名" * 81}),
        ("name", {"name": "名" * 350_000}), ("hours", {"hours": "时" * 81}), ("kind", {"kind": "kingdom"}),
        ("since", {"since": date(1901, 1, 1)}), ("since", {"since": TODAY + timedelta(days=400)}),
    ],
)  # fmt: skip
def test_bad_facts_make_no_body_and_name_the_field(clerk, places, field, more):
    with pytest.raises(UserError) as error:
        make(clerk, places["community_a"], **more)
    assert error.value.field == field
    assert Body.objects.count() == 1


def test_bidi_and_line_breaks_are_taken_out_of_names(clerk, places):
    assert make(clerk, places["community_a"], name="银龄\u202e互\n助社").name == "银龄互 助社"


def test_nobody_makes_a_body_outside_his_places_or_above_them(clerk, places):
    for area in (places["district"],):
        with pytest.raises(NotAllowed):
            make(clerk, places["community_a"], area)
    with pytest.raises(UserError):
        make(clerk, places["street"], kind=BodyKind.DISTRICT)
    with pytest.raises(UserError):
        make(clerk)
    resident = make_person()
    make_residency(resident, places["home"])
    with pytest.raises(NotAllowed):
        make(actor_of(resident), places["compound_a1"])


def test_a_place_has_one_residents_committee_and_a_service_station_beside_it(clerk, places):
    make(clerk, places["community_a"], kind=BodyKind.RESIDENTS_COMMITTEE, name="青砖里居委会")
    make(clerk, places["community_a"], kind=BodyKind.SERVICE_STATION, name="青砖里服务站")
    for area in (places["community_a"], places["compound_a1"]):
        with pytest.raises(UserError) as error:
            make(clerk, area, kind=BodyKind.RESIDENTS_COMMITTEE, name="另一个居委会")
        assert error.value.field == "places"
    make(clerk, places["community_a"])
    with pytest.raises(UserError):
        make(clerk, places["community_a"])


def test_a_renamed_body_keeps_its_people_places_and_the_old_name(clerk, places):
    old = make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"], name="青砖里居委会")
    post = make_post(body=old, is_head=True, title="主任")
    new = rename_body(actor=clerk, body=old, name="青砖里社区居委会", official_name="", on=SOON, now=NOW)
    assert [h.body_id for h in load_holdings(post.person, SOON - timedelta(days=1))] == [old.pk]
    (holding,) = load_holdings(post.person, SOON)
    assert (holding.body_id, holding.title, holding.is_head) == (new.pk, "主任", True)
    assert holding.paths == (places["community_a"].path,)
    assert Body.objects.get(pk=old.pk).name == "青砖里居委会"
    assert BodySuccession.objects.get().new == new


def test_what_the_old_body_decided_still_names_it(clerk, places):
    old = make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"], name="青砖里居委会")
    post = make_post(body=old)
    stay = make_residency(make_person(), places["home"])
    ResidencyEvent.objects.create(
        residency=stay, at=NOW, event="verify", state=ResidencyState.VERIFIED, by=post.person, post_id=post.pk
    )
    rename_body(actor=clerk, body=old, name="新名", official_name="", on=TODAY, now=NOW)
    assert Post.objects.get(pk=stay.events.get().post_id).body.name == "青砖里居委会"


def split(clerk, body, places, fates, on=SOON):
    parts = [
        Successor("巷北居委会", places=(places["compound_a1"],)),
        Successor("巷南居委会", places=(places["compound_a2"],)),
    ]
    return split_body(actor=clerk, body=body, new=parts, posts=fates, on=on, now=NOW)


def test_a_split_sends_everybody_where_it_was_said(clerk, places):
    body = make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"])
    north, south, gone = (make_post(make_person(), body) for _n in range(3))
    with pytest.raises(UserError):
        split(clerk, body, places, {north.pk: 0, south.pk: 1})
    made = split(clerk, body, places, {north.pk: 0, south.pk: 1, gone.pk: None})
    assert [load_holdings(p.person, SOON)[0].body_id for p in (north, south)] == [m.pk for m in made]
    assert load_holdings(gone.person, SOON) == () and load_holdings(gone.person, SOON - timedelta(days=1))
    assert Post.objects.filter(body=body).count() == 3
    assert set(body.successions.values_list("new", flat=True)) == {m.pk for m in made}


def test_a_split_deals_out_only_the_bodys_own_places_and_each_once(clerk, places):
    body = make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"])
    for one, two in (
        ((places["compound_a1"],), ()),
        ((places["compound_a1"],), (places["compound_a1"],)),
        ((places["compound_a1"],), (places["compound_b1"],)),
    ):
        parts = [Successor("甲居委会", places=one), Successor("乙居委会", places=two)]
        with pytest.raises(UserError):
            split_body(actor=clerk, body=body, new=parts, posts={}, on=SOON, now=NOW)
    assert Body.objects.filter(valid_to=None, kind=BodyKind.RESIDENTS_COMMITTEE).get() == body


def test_a_merged_body_acts_in_all_the_places(clerk, places):
    bodies = [make_body(BodyKind.RESIDENTS_COMMITTEE, places[f"community_{x}"]) for x in "ab"]
    posts = [make_post(body=body) for body in bodies]
    new = merge_bodies(
        actor=clerk, bodies=bodies, new=Successor("青银居委会"), posts={p.pk: 0 for p in posts}, on=SOON, now=NOW
    )
    assert set(load_holdings(posts[0].person, SOON)[0].paths) == {places["community_a"].path, places["community_b"].path}
    assert new.origins.count() == 2
    assert not BodyPlace.objects.filter(body__in=bodies, until=None).exists()


def test_only_two_or_more_of_one_kind_are_merged(clerk, places):
    committee = make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"])
    station = make_body(BodyKind.SERVICE_STATION, places["community_a"])
    for bodies in ([committee], [committee, committee], [committee, station], []):
        with pytest.raises(UserError):
            merge_bodies(actor=clerk, bodies=bodies, new=Successor("新"), posts={}, on=SOON, now=NOW)


@pytest.mark.parametrize("on", [date(2020, 1, 1), date(2019, 1, 1), date(2025, 1, 1), TODAY + timedelta(days=400)])
def test_no_change_before_the_body_began_or_far_from_today(clerk, places, on):
    body = make_body(BodyKind.SOCIAL_ORG, places["community_a"])
    with pytest.raises(UserError) as error:
        rename_body(actor=clerk, body=body, name="新名", official_name="", on=on, now=NOW)
    assert error.value.field == "on"
    with pytest.raises(UserError):
        end_body(actor=clerk, body=body, on=on, end_posts=True, now=NOW)


def test_a_body_whose_end_is_fixed_is_not_changed_again(clerk, places):
    body = make_body(BodyKind.SOCIAL_ORG, places["community_a"])
    rename_body(actor=clerk, body=body, name="新名", official_name="", on=SOON, now=NOW)
    with pytest.raises(UserError):
        rename_body(actor=clerk, body=body, name="又一个名", official_name="", on=SOON, now=NOW)


def test_ending_a_body_ends_its_posts_only_when_that_is_said(clerk, places):
    body = make_body(BodyKind.OWNERS_COMMITTEE, places["compound_a1"])
    post = make_post(body=body, role=Role.OWNERS_COMMITTEE)
    with pytest.raises(UserError):
        end_body(actor=clerk, body=body, on=TODAY, end_posts=False, now=NOW)
    end_body(actor=clerk, body=body, on=TODAY, end_posts=True, now=NOW)
    assert load_holdings(post.person, TODAY) == ()
    post.refresh_from_db()
    assert post.until == TODAY and post.ended_by == clerk.person


def test_places_are_moved_with_their_days(clerk, places):
    body = make_body(BodyKind.PROPERTY_COMPANY, places["compound_a1"], places["compound_a2"])
    move_body(actor=clerk, body=body, places=[places["compound_a2"], places["compound_b1"]], on=SOON, now=NOW)
    dates = {row.area_id: (row.since, row.until) for row in body.places.all()}
    assert dates[places["compound_a1"].pk][1] == SOON
    assert dates[places["compound_b1"].pk][0] == SOON
    assert dates[places["compound_a2"].pk][1] is None


def test_nobody_changes_a_body_beyond_his_places_or_his_own(clerk, places):
    district = make_body(BodyKind.DISTRICT, places["district"])
    with pytest.raises(NotAllowed):
        rename_body(actor=clerk, body=district, name="新区", official_name="", on=SOON, now=NOW)
    with pytest.raises(NotAllowed):
        edit_body(actor=clerk, body=district, phone="110", now=NOW)
    own = Body.objects.get(kind=BodyKind.STREET_OFFICE)
    with pytest.raises(UserError):
        end_body(actor=clerk, body=own, on=SOON, end_posts=True, now=NOW)
