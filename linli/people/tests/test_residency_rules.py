"""Residency from claim to end: the table, the rights, and two people deciding at once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.areas.tests.factories import make_cell
from linli.common import outbox
from linli.common.errors import NotAllowed, UserError
from linli.common.ids import check, digits_code, uuid7
from linli.common.models import AuditRow
from linli.common.states import UnknownTransition
from linli.gateways.api import OutgoingMessage
from linli.people.actions.claims import decide_claim, match_roll, verify_in_person, verify_with_code
from linli.people.actions.home_codes import find_code, print_codes, read_code
from linli.people.actions.residency import (
    claim_residency,
    end_residency,
    expire_due,
    renew,
    stay_until,
    withdraw_claim,
)
from linli.people.claim_clock import weekdays_only
from linli.people.models import HomeCode, Residency, ResidencyEvent, RollEntry
from linli.people.policy import load_stays
from linli.people.rules import (
    OF_HOME,
    RESIDENCY,
    BodyKind,
    ResidencyKind,
    ResidencyState,
    code_settles,
    roll_covers,
)

from .factories import NOW, TODAY, actor_of, make_body, make_person, make_post, make_residency

EVENTS = sorted({row.event for row in RESIDENCY.rows})
db = pytest.mark.django_db


@pytest.fixture
def places(db):
    return make_cell()


@pytest.fixture
def clerks(places):
    body = make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"], name="青砖里社区居委会")
    return [actor_of(make_post(make_person(name), body).person) for name in ("沈玉兰", "李敏")]


def claim(person, area, kind="owner", **fields):
    return claim_residency(by=actor_of(person), key=uuid7(), area=area, kind=kind, now=NOW, **fields)


@given(st.lists(st.sampled_from(EVENTS), max_size=12))
def test_no_walk_gives_rights_without_somebody_verifying(events):
    state, verified = RESIDENCY.start, False
    for event in events:
        try:
            state = RESIDENCY.step(state, event)
        except UnknownTransition:
            continue
        verified = (verified or event == "verify") if state != ResidencyState.CLAIMED else False
        assert (state == ResidencyState.VERIFIED) <= verified


@given(st.lists(st.sampled_from(EVENTS), max_size=12))
def test_who_moved_out_or_withdrew_stays_out(events):
    for final in (ResidencyState.ENDED, ResidencyState.WITHDRAWN):
        for event in events:
            with pytest.raises(UnknownTransition):
                RESIDENCY.step(final, event)


@given(st.integers(0, 10**11 - 1), st.integers(0, 11), st.integers(1, 9))
def test_every_single_wrong_digit_of_a_home_code_is_found(number, place, shift):
    from linli.common.ids import check_digit

    body = str(number).zfill(11)
    code = body + check_digit(body)
    wrong = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]
    assert check(code) and not check(wrong)


@given(st.text(max_size=40))
def test_reading_a_code_gives_twelve_digits_or_a_sentence(text):
    try:
        code = read_code(text)
    except UserError as error:
        assert str(error)
    else:
        assert len(code) == 12 and check(code)


def test_a_code_is_read_with_blanks_hyphens_and_full_width_digits():
    code = digits_code(12)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in code)
    assert read_code(f" {code[:4]}-{code[4:8]} {code[8:]} ") == code == read_code(wide)


@pytest.mark.parametrize(
    ("listed", "claimed", "covers"),
    [("owner", "co_owner", True), ("tenant", "owner", False), ("owner", "tenant", False), ("tenant", "family", True)],
)
def test_the_roll_proves_what_it_lists(listed, claimed, covers):
    assert roll_covers(listed=listed, claimed=claimed) is covers


def test_a_paper_code_alone_adds_no_owner_beside_another():
    assert code_settles(claimed="owner", owned=False) and not code_settles(claimed="co_owner", owned=True)
    assert code_settles(claimed="family", owned=True) and not code_settles(claimed="works_here", owned=False)


@given(st.dates(date(2026, 1, 1), date(2060, 1, 1)))
def test_a_tenants_stay_never_outlasts_contract_or_a_year(end):
    try:
        until = stay_until("tenant", end, TODAY)
    except UserError:
        assert end <= TODAY
    else:
        assert TODAY < until <= min(end, TODAY + timedelta(days=365))


def test_three_working_days_leave_the_weekend_out():
    assert weekdays_only([(NOW, "/"), (NOW + timedelta(days=3), "/")]) == [date(2026, 5, 22), date(2026, 5, 27)]


@db
def test_the_same_claim_sent_twice_is_one(places):
    person = make_person()
    assert claim(person, places["home"]) == claim(person, places["home"])
    with pytest.raises(UserError, match="已经认领过"):
        claim(person, places["home"], "tenant")


@db
def test_a_sixth_open_claim_waits(places):
    person = make_person()
    from linli.areas.tests.factories import make_home

    for n in range(5):
        claim(person, make_home(places["entrance"], f"90{n}"), "family")
    with pytest.raises(UserError, match="已有 5 件"):
        claim(person, places["home"], "family")


@db
@pytest.mark.parametrize("kind", list(ResidencyKind))
def test_each_kind_fits_its_level_and_no_other(places, kind):
    right, wrong = ("home", "community_a") if kind in OF_HOME else ("community_a", "home")
    assert claim(make_person(), places[right], kind).state == "claimed"
    for place in (wrong, "building", "street"):
        with pytest.raises(UserError):
            claim(make_person(), places[place], kind)


@db
def test_a_note_is_cleaned_of_what_turns_text_around(places):
    row = claim(make_person(), places["home"], note=" 三楼\u202e左边\u200b ")
    row.refresh_from_db()
    assert row.note == "三楼左边"


@db
def test_a_second_decision_has_no_effect_and_says_who_was_faster(places, clerks):
    row = claim(make_person(), places["home"])
    decide_claim(by=clerks[0], residency_id=row.pk, verify=True, now=NOW)
    with pytest.raises(UserError, match="沈玉兰"):
        decide_claim(by=clerks[1], residency_id=row.pk, verify=False, reason="不对", now=NOW)
    assert list(row.events.values_list("event", flat=True)) == ["claim", "verify"]
    assert AuditRow.objects.filter(action="residency.verify", about=row.person_id).count() == 1


@db
def test_a_refusal_needs_a_reason_and_can_be_claimed_again(places, clerks):
    person = make_person()
    row = claim(person, places["home"])
    with pytest.raises(UserError, match="请选一条理由"):
        decide_claim(by=clerks[0], residency_id=row.pk, verify=False, now=NOW)
    decide_claim(by=clerks[0], residency_id=row.pk, verify=False, reason="名册上没有您", now=NOW)
    assert not load_stays(person, TODAY)
    assert claim(person, places["home"]).pk == row.pk
    row.refresh_from_db()
    assert row.state == "claimed"


@db
def test_nobody_decides_his_own_claim_or_outside_his_places(places, clerks):
    mine = claim(clerks[0].person, places["home"])
    with pytest.raises(UserError, match="同事"):
        decide_claim(by=clerks[0], residency_id=mine.pk, verify=True, now=NOW)
    far = make_post(body=make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_b"])).person
    with pytest.raises(NotAllowed):
        decide_claim(by=actor_of(far), residency_id=mine.pk, verify=True, now=NOW)
    with pytest.raises(NotAllowed):
        decide_claim(by=actor_of(make_person()), residency_id=mine.pk, verify=True, now=NOW)


@db
def test_the_decision_is_told_by_sms_without_the_door(places, clerks):
    row = claim(make_person(phone="+8613800001111"), places["home"])
    decide_claim(by=clerks[0], residency_id=row.pk, verify=True, now=NOW)
    outbox.run(NOW)
    body = OutgoingMessage.objects.get().body
    assert places["compound_a1"].name in body and "101" not in body


@db
def test_who_moved_out_loses_the_rights_at_once(places, clerks):
    person = make_person()
    row = make_residency(person, places["home"])
    assert load_stays(person, TODAY)
    end_residency(by=actor_of(person), residency_id=row.pk, now=NOW)
    assert not load_stays(person, TODAY)
    other = make_residency(person, places["home2"])
    with pytest.raises(UserError, match="依据"):
        end_residency(by=clerks[0], residency_id=other.pk, now=NOW)
    end_residency(by=clerks[0], residency_id=other.pk, now=NOW, reason="房屋已过户")
    assert not load_stays(person, TODAY)


@db
def test_a_tenancy_runs_out_and_is_claimed_again_by_renewing(places):
    person = make_person()
    row = make_residency(person, places["home"], "tenant", until=TODAY)
    stays = make_residency(person, places["home2"], "tenant", until=TODAY + timedelta(days=1))
    assert not [s for s in load_stays(person, TODAY) if s.area_id == row.area_id]
    assert expire_due(NOW) == 1 and expire_due(NOW) == 0
    row.refresh_from_db()
    assert row.state == "expired" and row.events.get().by is None
    assert renew(by=actor_of(person), residency_id=row.pk, now=NOW).state == "claimed"
    renewed = renew(by=actor_of(person), residency_id=stays.pk, now=NOW)
    assert renewed.state == "verified" and renewed.until == TODAY + timedelta(days=365)


@db
def test_a_further_owner_with_a_code_waits_and_drives_nobody_out(places, clerks):
    first = make_residency(make_person(), places["home"])
    code = print_codes(by=clerks[0], place=places["home"], now=NOW)[0].code
    person = make_person()
    row = claim(person, places["home"], "co_owner")
    found = find_code(typed=code, now=NOW)
    row = verify_with_code(by=actor_of(person), residency_id=row.pk, code_id=found.pk, now=NOW)
    assert row.state == "claimed" and row.events.filter(event="code_seen").exists()
    first.refresh_from_db()
    assert first.state == "verified"


@db
def test_a_code_ends_by_use_time_and_a_new_print_and_is_stored_as_a_hash(places, clerks):
    code = print_codes(by=clerks[0], place=places["home"], now=NOW)[0].code
    assert not HomeCode.objects.filter(code_hash__contains=code).exists()
    assert find_code(typed=code, now=NOW, home=places["home"])
    with pytest.raises(UserError, match="另一户"):
        find_code(typed=code, now=NOW, home=places["home2"])
    with pytest.raises(UserError, match="已过期"):
        find_code(typed=code, now=NOW + timedelta(days=90))
    HomeCode.objects.update(uses_left=0)
    with pytest.raises(UserError, match="用满"):
        find_code(typed=code, now=NOW)
    HomeCode.objects.update(uses_left=1)
    person, late = make_person(), make_person()
    pk = find_code(typed=code, now=NOW).pk
    verify_with_code(by=actor_of(person), residency_id=claim(person, places["home"], "family").pk, code_id=pk, now=NOW)
    with pytest.raises(UserError, match="用完"):
        verify_with_code(by=actor_of(late), residency_id=claim(late, places["home"], "family").pk, code_id=pk, now=NOW)
    print_codes(by=clerks[0], place=places["building"], now=NOW)
    with pytest.raises(UserError, match="作废"):
        find_code(typed=code, now=NOW)
    assert HomeCode.objects.filter(void_at=None).count() == 2


@db
def test_codes_are_printed_only_by_those_of_the_place(places):
    for person in (make_person(), make_residency(make_person(), places["home"]).person):
        with pytest.raises(NotAllowed):
            print_codes(by=actor_of(person), place=places["building"], now=NOW)


@db
@pytest.mark.parametrize(
    ("name", "phone", "verified"),
    [("林小满", "+8613800001234", True), (" 林小满 ", "+8613800001234", True), ("林大满", "+8613800001234", False),
     ("林小满", "+8613800009999", False), ("林小满", None, False)],
)  # fmt: skip
def test_the_roll_verifies_when_number_and_name_agree(places, name, phone, verified):
    RollEntry.objects.create(home=places["home"], kind="owner", name="林小满", phone="+8613800001234", imported_at=NOW)
    person = make_person("满", phone=phone, legal_name=name)
    row = match_roll(by=actor_of(person), residency_id=claim(person, places["home"]).pk, now=NOW)
    assert (row.state == "verified") is verified
    assert verified or ResidencyEvent.objects.filter(residency=row, event="roll_missed").exists()


@db
def test_at_the_counter_an_open_claim_is_verified_and_else_made(places, clerks):
    person = make_person()
    row = claim(person, places["home"], "tenant")
    done = verify_in_person(by=clerks[0], person=person, area=places["home"], kind="tenant", seen="身份证", now=NOW)
    assert done.pk == row.pk and done.state == "verified" and done.proof == "in_person"
    new = verify_in_person(by=clerks[0], person=make_person(), area=places["home"], kind="family", seen="身份证", now=NOW)
    assert new.state == "verified" and Residency.objects.filter(area=places["home"]).count() == 2
    with pytest.raises(UserError, match="同事"):
        verify_in_person(by=clerks[0], person=clerks[0].person, area=places["home"], kind="family", seen="身份证", now=NOW)


@db
def test_one_withdraws_only_ones_own_claim(places):
    person = make_person()
    row = claim(person, places["home"])
    with pytest.raises(NotAllowed):
        withdraw_claim(by=actor_of(make_person()), residency_id=row.pk, now=NOW)
    assert withdraw_claim(by=actor_of(person), residency_id=row.pk, now=NOW).state == "withdrawn"
