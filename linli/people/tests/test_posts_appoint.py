"""Appointing authority: nobody appoints outside his places, term and authority, never upward, never himself."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.areas.tests.factories import make_cell
from linli.common.errors import NotAllowed, UserError
from linli.common.models import AuditRow, Session
from linli.common.sessions import SessionStore
from linli.gateways.api import OutgoingMessage
from linli.people.actions.posts import appoint, dismiss
from linli.people.models import Post
from linli.people.permissions import P
from linli.people.policy import load_holdings, may
from linli.people.rules import MAY_APPOINT, OWN_BODY_ONLY, ROLES_OF_BODY, BodyKind, Role

from .factories import LONG_AGO, NOW, TODAY, actor_of, make_body, make_person, make_post

pytestmark = pytest.mark.django_db
B, R = BodyKind, Role
SOON = TODAY + timedelta(days=100)


@pytest.fixture
def town():
    places = make_cell()
    places["street2"] = type(places["street"]).objects.create(
        parent=places["district"], level=4, name="新机街道", path="x"
    )
    places["street2"].path = f"{places['district'].path}{places['street2'].pk}/"
    places["street2"].save()
    bodies = {
        "district": make_body(B.DISTRICT, places["district"]),
        "street": make_body(B.STREET_OFFICE, places["street"]),
        "street2": make_body(B.STREET_OFFICE, places["street2"]),
        "committee": make_body(B.RESIDENTS_COMMITTEE, places["community_a"]),
        "committee_b": make_body(B.RESIDENTS_COMMITTEE, places["community_b"]),
        "station": make_body(B.SERVICE_STATION, places["community_a"]),
        "property": make_body(B.PROPERTY_COMPANY, places["compound_a1"], places["compound_b1"]),
        "owners": make_body(B.OWNERS_COMMITTEE, places["compound_a1"]),
        "shop": make_body(B.MERCHANT, places["community_b"]),
    }
    return places, bodies


def head(body, role, **fields):
    return actor_of(make_post(body=body, role=role, is_head=True, title="主任", **fields).person)


def give(actor, body, role, person=None, **more):
    values = {"title": "社工", "since": TODAY, "now": NOW, **more}
    return appoint(actor=actor, person=person or make_person("沈玉兰"), body=body, role=role, **values)


def test_a_street_head_appoints_in_the_bodies_of_his_street_and_the_person_is_told(town):
    _places, bodies = town
    person = make_person("沈玉兰", "+8613800001234")
    post = give(head(bodies["street"], R.STREET_OFFICE), bodies["committee"], R.RESIDENTS_COMMITTEE, person, until=SOON)
    assert [h.id for h in load_holdings(person, TODAY)] == [post.pk]
    row = AuditRow.objects.get(action="post.appoint")
    assert row.about == person.pk and row.detail["until"] == SOON.isoformat()
    assert OutgoingMessage.objects.get().person_id == person.pk


APPOINTERS = st.sampled_from([
    ("district", R.DISTRICT), ("district", R.OPERATOR), ("district", R.AUDITOR), ("street", R.STREET_OFFICE),
    ("street", R.CALL_AGENT), ("committee", R.RESIDENTS_COMMITTEE), ("station", R.SERVICE_STATION),
    ("property", R.PROPERTY_COMPANY), ("owners", R.OWNERS_COMMITTEE), ("shop", R.PROVIDER),
])  # fmt: skip
WHERE = {  # by hand: inside whose places a body wholly lies
    "district": {"district", "street", "street2", "committee", "committee_b", "station", "property", "owners", "shop"},
    "street": {"street", "committee", "committee_b", "station", "property", "owners", "shop"},
    "committee": {"committee", "station", "owners"},
    "station": {"station", "committee", "owners"},
    "property": {"property", "owners"},
    "owners": {"owners"},
    "shop": {"shop", "committee_b"},
}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    who=APPOINTERS,
    target=st.sampled_from(sorted(WHERE["district"])),
    role=st.sampled_from([*Role, "king"]),
    is_head=st.booleans(),
    own_until=st.sampled_from([None, SOON]),
    until=st.sampled_from([None, TODAY, SOON, SOON + timedelta(days=1)]),
    oneself=st.booleans(),
)
def test_whatever_is_tried_only_what_authority_place_and_term_allow_is_done(
    town, who, target, role, is_head, own_until, until, oneself
):
    _places, bodies = town
    name, acting = who
    post = make_post(body=bodies[name], role=acting, is_head=is_head, until=own_until)
    actor = actor_of(post.person)
    person = post.person if oneself else make_person()
    allowed = (
        is_head
        and not oneself
        and role in MAY_APPOINT.get(acting, ())
        and (name == target or (target in WHERE[name] and role not in OWN_BODY_ONLY.get(acting, ())))
        and role in ROLES_OF_BODY[BodyKind(bodies[target].kind)]
        and (until is None or until > TODAY)
        and (own_until is None or (until is not None and until <= own_until))
    )
    before = Post.objects.count()
    try:
        give(actor, bodies[target], role, person, until=until)
        done = True
    except UserError:
        done = False
    assert done == allowed
    assert Post.objects.count() == before + done


def test_a_post_gives_no_right_that_its_appointer_could_not_give(town):
    _places, bodies = town
    committee = head(bodies["committee"], R.RESIDENTS_COMMITTEE)
    for body, role in (("committee_b", R.RESIDENTS_COMMITTEE), ("street", R.STREET_OFFICE), ("district", R.AUDITOR)):
        with pytest.raises(NotAllowed):
            give(committee, bodies[body], role)


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (TODAY, TODAY), (TODAY, date(2020, 1, 1)), (date(2019, 12, 31), None), (TODAY - timedelta(days=32), None),
        (TODAY + timedelta(days=367), None), (TODAY - timedelta(days=3), TODAY),
    ],
)  # fmt: skip
def test_a_term_ends_after_it_begins_and_begins_near_today(town, since, until):
    _places, bodies = town
    with pytest.raises(UserError):
        give(head(bodies["street"], R.STREET_OFFICE), bodies["committee"], R.RESIDENTS_COMMITTEE, since=since, until=until)


@pytest.mark.parametrize("title", ["", "  ", "\u202e\u200b", "字" * 41, "字" * 350_000])
def test_a_title_is_some_words(town, title):
    _places, bodies = town
    with pytest.raises(UserError) as error:
        give(head(bodies["street"], R.STREET_OFFICE), bodies["committee"], R.RESIDENTS_COMMITTEE, title=title)
    assert error.value.field == "title"


def test_the_same_post_twice_is_one_and_two_posts_in_two_bodies_are_two(town):
    _places, bodies = town
    actor, person = head(bodies["street"], R.STREET_OFFICE), make_person()
    give(actor, bodies["committee"], R.RESIDENTS_COMMITTEE, person)
    with pytest.raises(UserError):
        give(actor, bodies["committee"], R.RESIDENTS_COMMITTEE, person, title="书记")
    give(actor, bodies["station"], R.SERVICE_STATION, person)
    assert len(load_holdings(person, TODAY)) == 2


def test_a_closed_account_gets_no_post(town):
    _places, bodies = town
    with pytest.raises(UserError):
        give(head(bodies["street"], R.STREET_OFFICE), bodies["committee"], R.RESIDENTS_COMMITTEE, make_person(closed_at=NOW))


def test_a_term_ends_at_midnight_in_shanghai(town):
    from linli.common.clock import local_date

    _places, bodies = town
    post = give(head(bodies["street"], R.STREET_OFFICE), bodies["committee"], R.RESIDENTS_COMMITTEE, until=SOON)
    midnight = datetime(SOON.year, SOON.month, SOON.day, tzinfo=UTC) - timedelta(hours=8)
    assert load_holdings(post.person, local_date(midnight - timedelta(seconds=1)))
    assert not load_holdings(post.person, local_date(midnight))


def test_the_dismissed_loses_rights_and_sessions_at_once_and_reads_why(town):
    places, bodies = town
    post = make_post(make_person("沈玉兰", "+8613800001234"), bodies["committee"], R.RESIDENTS_COMMITTEE)
    session = SessionStore()
    session["_auth_user_id"] = str(post.person_id)
    session.save()
    assert may(actor_of(post.person), P.CLAIMS_DECIDE, places["home"])
    dismiss(actor=head(bodies["street"], R.STREET_OFFICE), post=post, reason="调往社区服务站", now=NOW)
    assert not may(actor_of(post.person), P.CLAIMS_DECIDE, places["home"])
    assert not Session.objects.exists()
    post.refresh_from_db()
    assert (post.until, post.ended_why) == (TODAY, "调往社区服务站")
    row = AuditRow.objects.get(action="post.dismiss")
    assert row.about == post.person_id and OutgoingMessage.objects.count() == 1


def test_nobody_dismisses_himself_upward_elsewhere_or_a_fellow_head(town):
    _places, bodies = town
    actor = head(bodies["street"], R.STREET_OFFICE)
    fellow = make_post(body=bodies["street"], role=R.STREET_OFFICE, is_head=True)
    own = Post.objects.get(person=actor.person)
    above = make_post(body=bodies["district"], role=R.DISTRICT)
    abroad = make_post(body=bodies["street2"], role=R.STREET_OFFICE)
    for post in (own, fellow, above, abroad):
        with pytest.raises(NotAllowed):
            dismiss(actor=actor, post=post, reason="想换人", now=NOW)
    assert not Post.objects.exclude(until=None).exists()


def test_without_a_reason_or_twice_nobody_is_dismissed(town):
    _places, bodies = town
    actor = head(bodies["street"], R.STREET_OFFICE)
    post = make_post(body=bodies["committee"])
    for reason in ("", " \u202e", "字" * 121):
        with pytest.raises(UserError):
            dismiss(actor=actor, post=post, reason=reason, now=NOW)
    dismiss(actor=actor, post=post, reason="任期满", now=NOW)
    with pytest.raises(UserError):
        dismiss(actor=actor, post=post, reason="任期满", now=NOW)


def test_a_post_not_yet_begun_is_voided(town):
    _places, bodies = town
    post = make_post(body=bodies["committee"], since=SOON)
    dismiss(actor=head(bodies["street"], R.STREET_OFFICE), post=post, reason="本人不来了", now=NOW)
    assert not load_holdings(post.person, SOON) and LONG_AGO < SOON
