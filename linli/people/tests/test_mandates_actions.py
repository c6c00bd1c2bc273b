"""Who may act for whom, until when, and what remains of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given as examples
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from linli.areas.tests.factories import make_cell
from linli.common.errors import NotAllowed, UserError
from linli.common.models import AuditRow
from linli.gateways.models import OutgoingMessage
from linli.people.actions.mandates import give_mandate, record_mandate, revoke_mandate
from linli.people.mandate_rules import (
    GIVEN_AT_ONCE,
    clean_scopes,
    end_of,
    last_day_of,
    read_back,
    scope_words,
)
from linli.people.models import Guardianship, Mandate
from linli.people.policy import Actor
from linli.people.queries import mandates as queries
from linli.people.rules import MANDATE_MAX_DAYS, BodyKind, MandateHow, MandateScope, Role

from .factories import NOW, TODAY, actor_of, make_body, make_person, make_post, make_residency

pytestmark = pytest.mark.django_db
NEXT_WEEK = TODAY + timedelta(days=7)
S = MandateScope
days = st.integers(min_value=-40, max_value=MANDATE_MAX_DAYS + 40).map(lambda n: TODAY + timedelta(days=n))
scope_sets = st.sets(st.sampled_from(MandateScope.values))


@pytest.fixture
def granny():
    return make_person("何阿婆", phone="+8613800005678")


@pytest.fixture
def grandson():
    return make_person("何立群")


@pytest.fixture
def places():
    return make_cell()


@pytest.fixture
def clerk(places):
    return make_post(make_person("沈玉兰"), make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"])).person


def give(granny, grandson, scopes=(S.REQUESTS,), last_day=NEXT_WEEK, **more):
    return give_mandate(by=Actor(person=granny), agent=grandson, scopes=scopes, last_day=last_day, now=NOW, **more)


def record(by, granny, grandson, **more):
    values = {"scopes": [S.CARE], "last_day": NEXT_WEEK, "how": MandateHow.PHONE, "confirmed": True, "now": NOW, **more}
    return record_mandate(by=actor_of(by), principal=granny, agent=grandson, **values)


@examples(last=days, ask=days)
@hypothesis_settings(max_examples=300)
def test_no_mandate_outlives_its_end(last, ask):
    try:
        until = end_of(last, TODAY)
    except UserError:
        assert last < TODAY or (last - TODAY).days >= MANDATE_MAX_DAYS
        return
    row = Mandate(since=TODAY, until=until)
    assert (row.since <= ask < row.until) == (TODAY <= ask <= last)
    assert (until - TODAY).days <= MANDATE_MAX_DAYS


@examples(given=scope_sets, asked=st.sampled_from(MandateScope))
def test_no_scope_leaks(given, asked):
    try:
        scopes = clean_scopes(given)
    except UserError:
        assert not given
        return
    assert Mandate(scopes=scopes).allows(asked) == (S.ALL in given or asked in given)
    assert scope_words(scopes)


def test_scopes_that_are_none_are_refused():
    with pytest.raises(UserError):
        clean_scopes(["requests", "votes"])


def test_a_period_without_its_day_is_asked_for():
    with pytest.raises(UserError):
        last_day_of("day", None, TODAY)
    assert end_of(last_day_of("730", None, TODAY), TODAY) == TODAY + timedelta(days=730)


@pytest.mark.parametrize("ask", [TODAY - timedelta(days=1), TODAY, NEXT_WEEK, NEXT_WEEK + timedelta(days=1)])
def test_the_database_agrees_about_the_last_day(granny, grandson, ask):
    mandate = give(granny, grandson)
    counts = TODAY <= ask <= NEXT_WEEK
    assert bool(queries.right_to_act(grandson, mandate.pk, ask)) == counts
    assert bool(queries.held(grandson, ask)) == counts


def test_it_is_audited_for_the_person_whose_it_is(granny, grandson):
    mandate = give(granny, grandson)
    row = AuditRow.objects.get(action="mandate.give")
    assert (row.actor, row.about, row.subject_id) == (granny.pk, granny.pk, str(mandate.pk))
    assert row.detail == {"agent": str(grandson.pk), "scopes": ["requests"], "how": "online", "until": "2026-05-27"}


def test_nobody_gives_one_to_himself(granny):
    with pytest.raises(UserError, match="自己"):
        give(granny, granny)


def test_whoever_acts_for_another_passes_nothing_on(granny, grandson):
    by = Actor(person=grandson, mandate=give(granny, grandson, [S.ALL]))
    with pytest.raises(NotAllowed):
        give_mandate(by=by, agent=make_person("外人"), scopes=[S.ALL], last_day=NEXT_WEEK, now=NOW)


def test_a_new_one_takes_the_place_of_the_old(granny, grandson):
    old, new = give(granny, grandson), give(granny, grandson, [S.CARE])
    assert queries.given(granny, TODAY) == [new]
    old.refresh_from_db()
    assert old.revoked_at == NOW


def test_there_is_an_end_to_how_many_one_gives(granny):
    for n in range(GIVEN_AT_ONCE):
        give(granny, make_person(f"邻居{n}"))
    with pytest.raises(UserError, match="10"):
        give(granny, make_person("多一个"))


def test_the_agent_must_be_alive_and_grown(granny):
    with pytest.raises(UserError):
        give(granny, make_person("走了的", closed_at=NOW))
    with pytest.raises(UserError):
        give(granny, make_person("小囡", born="2015-01-01"))


def test_a_revoked_one_is_over_at_once_and_only_once(granny, grandson):
    mandate = give(granny, grandson)
    assert revoke_mandate(by=Actor(person=granny), mandate=mandate, now=NOW)
    assert queries.right_to_act(grandson, mandate.pk, TODAY) is None
    assert not revoke_mandate(by=Actor(person=granny), mandate=mandate, now=NOW)
    assert AuditRow.objects.filter(action="mandate.revoke").count() == 1


def test_the_agent_gives_it_back_and_the_principal_is_told(granny, grandson):
    revoke_mandate(by=Actor(person=grandson), mandate=give(granny, grandson), now=NOW)
    assert "何立群" in OutgoingMessage.objects.get().body


def test_a_stranger_revokes_nothing(granny, grandson, clerk):
    mandate = give(granny, grandson)
    for by in (Actor(person=make_person("外人")), actor_of(clerk), Actor(person=grandson, mandate=mandate), Actor()):
        with pytest.raises(NotAllowed):
            revoke_mandate(by=by, mandate=mandate, now=NOW)


def test_a_clerk_takes_one_down_for_a_person_of_her_places(granny, grandson, clerk, places):
    make_residency(granny, places["home"])
    mandate = record(clerk, granny, grandson)
    assert (mandate.how, mandate.recorded_by) == (MandateHow.PHONE, clerk)
    row = AuditRow.objects.get(action="mandate.give")
    assert (row.actor, row.about, row.place) == (clerk.pk, granny.pk, places["home"].path)
    sms = OutgoingMessage.objects.get()
    assert (sms.person_id, sms.kind) == (granny.pk, "security")
    assert revoke_mandate(by=actor_of(clerk), mandate=mandate, now=NOW)


def test_a_call_agent_may_too_and_others_may_not(granny, grandson, places):
    make_residency(granny, places["home"])
    agent = make_post(make_person("坐席"), make_body(BodyKind.STREET_OFFICE, places["street"]), Role.CALL_AGENT).person
    assert record(agent, granny, grandson)
    guard = make_post(make_person("保安"), make_body(BodyKind.PROPERTY_COMPANY, places["compound_a1"]), Role.PROPERTY_COMPANY)
    for person in (guard.person, make_person("邻居")):
        with pytest.raises(NotAllowed):
            record(person, granny, grandson)


def test_outside_her_places_a_clerk_takes_down_nothing(granny, grandson, clerk, places):
    make_residency(granny, places["community_b"], "lives_here")
    with pytest.raises(NotAllowed):
        record(clerk, granny, grandson)


def test_nobody_takes_down_one_to_himself(granny, clerk, places):
    make_residency(granny, places["home"])
    with pytest.raises(UserError, match="同事"):
        record(clerk, granny, clerk)


@pytest.mark.parametrize("more", [{"confirmed": False}, {"how": MandateHow.ONLINE}, {"how": MandateHow.GUARDIAN}, {"scopes": []}])
def test_without_a_yes_or_a_way_nothing_is_taken_down(granny, grandson, clerk, places, more):
    make_residency(granny, places["home"])
    with pytest.raises(UserError):
        record(clerk, granny, grandson, **more)
    assert not Mandate.objects.exists()


def test_the_read_back_names_both_what_for_and_until_when():
    text = read_back(principal="何阿婆", agent="何立群", scopes=[S.CARE], day="2026年5月26日")
    assert all(word in text for word in ("何阿婆", "何立群", "照护和预约", "2026年5月26日", "撤回"))


def ward(child, guardian, **more):
    values = {"since": TODAY, "until": date(2030, 1, 1), "consented_at": NOW, **more}
    return Guardianship.objects.create(child=child, guardian=guardian, **values)


def test_a_guardian_acts_for_his_ward_until_it_is_fourteen(grandson):
    row = ward(make_person("小囡", born="2016-01-01"), grandson)
    assert queries.right_to_act(grandson, row.pk, TODAY).principal.display_name == "小囡"
    assert queries.right_to_act(grandson, row.pk, date(2029, 12, 31))
    assert queries.right_to_act(grandson, row.pk, date(2030, 1, 1)) is None
    assert queries.right_to_act(make_person("外人"), row.pk, TODAY) is None


def test_when_a_guardianship_ends_no_row_keeps_it_alive(grandson):
    child = make_person("小囡", born="2016-01-01")
    row = ward(child, grandson, ended_at=NOW)
    stray = Mandate.objects.create(
        principal=child, agent=grandson, scopes=["all"], how=MandateHow.GUARDIAN, since=TODAY, until=date(2030, 1, 1),
        recorded_by=grandson, recorded_at=NOW,
    )  # fmt: skip
    assert queries.held(grandson, TODAY) == []
    assert queries.right_to_act(grandson, row.pk, TODAY) is None
    assert queries.right_to_act(grandson, stray.pk, TODAY) is None


def test_for_a_closed_account_nobody_acts(granny, grandson):
    mandate = give(granny, grandson)
    granny.closed_at = NOW
    granny.save()
    assert queries.right_to_act(grandson, mandate.pk, TODAY) is None


def test_a_person_is_found_by_card_and_name_together_only(granny):
    spaced = f"{granny.code[:4]} {granny.code[4:8]} {granny.code[8:]}"
    assert queries.find_by_card(spaced, " 何阿婆 ") == granny
    assert queries.find_by_card(granny.code, "何立群") is None
    assert queries.find_by_card(granny.code, "") is None
    assert queries.find_by_card("", "何阿婆") is None
    assert queries.find_by_card(granny.code[:-1] + str((int(granny.code[-1]) + 1) % 10), "何阿婆") is None


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_a_bent_key_is_no_right(grandson, key):
    assert queries.right_to_act(grandson, key, TODAY) is None
