"""What desks and units do, and what it does to the clocks of the reporter."""

from datetime import timedelta

import pytest

from linli.casework.actions import closing, desk, dispatching, joint, work
from linli.casework.models import Assignment, Case, CaseGroup
from linli.casework.rules.states import CaseState
from linli.casework.rules.words import Task
from linli.common.clock import local_date
from linli.common.errors import NotAllowed, UserError
from linli.common.states import UnknownTransition
from linli.people.rules import Role
from linli.people.tests.factories import make_person, make_post

from .factories_desk import (
    DI,
    NOW,
    OC,
    PC,
    RC,
    SO,
    ST,
    accept,
    again,
    check,
    dispatch,
    dispatched,
    inbox,
    let_pass,
    make_town,
    reply,
    signed,
    submit,
)

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def town():
    return make_town()


def test_a_case_goes_from_its_desk_to_a_rated_end(town):
    he = town.neighbour()
    row = submit(town, by=he)
    accept(town, row)
    dispatch(town, row)
    assert inbox(town.heads[PC]) == ["cases.to_sign"]
    work.sign_case(case=row.pk, by=town.head(PC), now=NOW + HOUR)
    assert again(row).contact_due == NOW + HOUR + DAY
    work.contact_reporter(case=row.pk, text="约了下午三点", by=town.head(PC), now=NOW + 2 * HOUR)
    reply(town, row)
    assert again(row).answered_at is None, "nobody has approved it"
    check(town, row)
    done = again(row)
    assert (done.state, done.answered_at, done.result) == (CaseState.CALL_BACK, NOW + 3 * HOUR, "solved")
    assert inbox(he.person) == ["cases.accepted", "cases.given", "cases.answered"]
    closing.record_attempt(case=row.pk, reached=True, outcome="yes", stars=5, by=town.head(RC), now=NOW + DAY)
    done = again(row)
    assert (done.state, done.outcome, done.stars, done.due) == (CaseState.CLOSED, "yes", 5, done.first_due)
    assert {one.task for one in Assignment.objects.filter(case=row)} == {Task.DESK, Task.WORK}


def test_who_is_not_at_the_desk_or_in_the_unit_does_nothing(town):
    row = submit(town)
    for kind in (PC, OC, SO, DI):
        with pytest.raises(NotAllowed):
            accept(town, row, kind)
    accept(town, row)
    dispatch(town, row)
    for kind in (RC, OC, SO):
        with pytest.raises(NotAllowed):
            work.sign_case(case=row.pk, by=town.head(kind), now=NOW)


def test_of_two_dispatchers_the_second_is_told_and_there_is_one_assignment(town):
    row = submit(town)
    accept(town, row)
    dispatch(town, row, PC)
    with pytest.raises(UnknownTransition):
        dispatch(town, row, OC)
    assert Assignment.objects.filter(case=row, task=Task.WORK, ended_at=None).get().body == town.bodies[PC]


def test_no_return_transfer_reject_or_suspension_moves_the_reporters_date(town):
    row = submit(town)
    promised = row.due
    desk.transfer_case(case=row.pk, to=town.bodies[SO].pk, why="要街道协调", by=town.head(RC), now=NOW)
    accept(town, row, SO)
    dispatch(town, row, PC, SO)
    work.return_case(case=row.pk, why="归业委会", by=town.head(PC), now=NOW + HOUR)
    dispatching.judge_return(case=row.pk, approve=True, why="是的", by=town.head(SO), now=NOW + HOUR)
    dispatch(town, row, OC, SO, NOW + HOUR)
    work.sign_case(case=row.pk, by=town.head(OC), now=NOW + HOUR)
    reply(town, row, OC)
    check(town, row, approve=False, at=SO, why="没写修没修")
    review = local_date(NOW) + 3 * DAY
    work.suspend_case(case=row.pk, review_on=review, why="等配件", by=town.head(OC), now=NOW + 4 * HOUR)
    now = again(row)
    assert now.due == now.first_due == promised and now.review_on == review
    let_pass(NOW + 4 * DAY)
    assert (again(row).state, again(row).due) == (CaseState.SIGNED, promised)


def test_a_return_is_adjudicated_the_second_time_and_impossible_the_third(town):
    row = dispatched(town)
    work.return_case(case=row.pk, why="不归我们", by=town.head(PC), now=NOW + HOUR)
    with pytest.raises(NotAllowed):
        dispatching.adjudicate_return(case=row.pk, unit=town.bodies[PC].pk, why="办", by=town.head(RC), now=NOW + HOUR)
    dispatching.judge_return(case=row.pk, approve=False, why="归你们", by=town.head(RC), now=NOW + HOUR)
    work.return_case(case=row.pk, why="还是不归我们", by=town.head(PC), now=NOW + 2 * HOUR)
    for approve in (True, False):
        with pytest.raises(UserError, match="上一级裁定"):
            dispatching.judge_return(case=row.pk, approve=approve, why="再看", by=town.head(RC), now=NOW + 2 * HOUR)
    dispatching.adjudicate_return(case=row.pk, unit=town.bodies[PC].pk, why="合同写着", by=town.head(SO), now=NOW + 3 * HOUR)
    assert (again(row).state, again(row).returns) == (CaseState.SIGNED, 2)
    with pytest.raises(UnknownTransition):
        work.return_case(case=row.pk, why="第三次", by=town.head(PC), now=NOW + 3 * HOUR)


def test_waiting_for_the_reporter_stops_his_clock_and_lapses_by_itself(town):
    row = signed(town)
    promised = row.due
    desk.ask_more(case=row.pk, text="请开门", by=town.head(PC), now=NOW + HOUR)
    assert again(row).due is None and again(row).state == CaseState.WAITING
    let_pass(NOW + 7 * DAY)
    row = again(row)
    assert row.state == CaseState.SIGNED and promised < row.due < promised + 8 * DAY


def test_a_late_clock_is_not_stopped_by_asking(town):
    row = signed(town)
    late = NOW + 9 * DAY
    desk.ask_more(case=row.pk, text="请开门", by=town.head(PC), now=late)
    assert again(row).due == row.due


def test_an_extension_is_once_in_time_one_level_up_and_told(town):
    he = town.neighbour()
    row = signed(town, by=he)
    until = local_date(NOW) + 12 * DAY
    with pytest.raises(UserError, match="延到原来的期限以后"):
        work.ask_extension(case=row.pk, until=local_date(NOW), why="等配件", by=town.head(PC), now=NOW)
    work.ask_extension(case=row.pk, until=until, why="等配件", by=town.head(PC), now=NOW)
    with pytest.raises(NotAllowed):
        work.decide_extension(case=row.pk, grant=True, why="好", by=town.head(PC), now=NOW)
    with pytest.raises(NotAllowed):
        work.decide_extension(case=row.pk, grant=True, why="好", by=town.head(SO), now=NOW)
    work.decide_extension(case=row.pk, grant=True, why="配件确实没到", by=town.head(RC), now=NOW + HOUR)
    new = again(row)
    assert local_date(new.due - HOUR) == until and new.first_due == row.first_due and new.unit_due == new.due
    assert new.steps.get(event="extend").told == "等配件" and inbox(he.person)[-1] == "cases.extended"
    with pytest.raises(UserError, match="只能"):
        work.ask_extension(case=row.pk, until=until + 9 * DAY, why="还等", by=town.head(PC), now=NOW + 2 * HOUR)


def test_an_extension_after_expiry_is_refused_and_what_is_late_stays_late(town):
    row = signed(town)
    with pytest.raises(UserError, match="到期"):
        work.ask_extension(case=row.pk, until=local_date(NOW) + 15 * DAY, why="忙", by=town.head(PC), now=NOW + 8 * DAY)
    assert again(row).is_overdue(NOW + 8 * DAY)


def test_the_lead_does_not_answer_before_its_parts_without_a_reason_on_record(town):
    row = submit(town)
    accept(town, row)
    joint.split_case(
        case=row.pk, lead=town.bodies[PC].pk, parts=[town.bodies[OC].pk, town.bodies[ST].pk], why="物业修，业委会出钱", by=town.head(RC), now=NOW
    )
    work.sign_case(case=row.pk, by=town.head(PC), now=NOW)
    with pytest.raises(UserError) as refused:
        reply(town, row)
    assert refused.value.field == "override"
    parts = list(Case.objects.filter(parent=row).select_related("unit"))
    assert {part.unit.kind for part in parts} == {OC, ST} and not any(part.reporter_id for part in parts)
    for part in parts:
        work.sign_case(case=part.pk, by=town.head(part.unit.kind), now=NOW)
        reply(town, part, part.unit.kind)
        check(town, part)
        assert again(part).state == CaseState.CLOSED
    reply(town, row)
    check(town, row)
    assert again(row).state == CaseState.CALL_BACK


def test_an_override_is_written_into_the_history(town):
    row = submit(town)
    accept(town, row)
    joint.split_case(case=row.pk, lead=town.bodies[PC].pk, parts=[town.bodies[OC].pk], why="一起办", by=town.head(RC), now=NOW)
    work.sign_case(case=row.pk, by=town.head(PC), now=NOW)
    reply(town, row, override="钱以后再议")
    assert again(row).steps.get(event="reply").inner == "钱以后再议"


def test_the_leads_answer_answers_alike_cases_but_not_who_complains_of_the_body(town):
    lead, mate, foe = submit(town), submit(town), submit(town, against=town.bodies[PC])
    group = CaseGroup.objects.create(lead=lead, made_at=NOW, size=3)
    Case.objects.filter(pk__in=[lead.pk, mate.pk, foe.pk]).update(group=group)
    accept(town, lead)
    accept(town, mate)
    with pytest.raises(UserError, match="并在一组里"):
        dispatch(town, mate)
    dispatch(town, lead)
    work.sign_case(case=lead.pk, by=town.head(PC), now=NOW)
    reply(town, lead)
    check(town, lead)
    assert again(mate).state == CaseState.CALL_BACK and again(mate).replies.get().text == "换了灯泡，亮了。"
    assert again(foe).state == CaseState.SUBMITTED and again(foe).unit_id is None


def test_when_the_lead_is_refused_the_oldest_takes_the_lead(town):
    lead, mate = submit(town), submit(town, now=NOW + HOUR)
    group = CaseGroup.objects.create(lead=lead, made_at=NOW, size=2)
    Case.objects.filter(pk__in=[lead.pk, mate.pk]).update(group=group)
    desk.refuse_case(case=lead.pk, why="归水务局", elsewhere="打 12345", by=town.head(RC), now=NOW + HOUR)
    for _ in range(2):
        joint.settle_ended(case=lead.pk, now=NOW + HOUR)
    assert CaseGroup.objects.get().lead_id == mate.pk and again(mate).steps.filter(event="group").count() == 1


def test_a_body_complained_of_is_offered_nothing_and_sees_nothing(town):
    row = submit(town, against=town.bodies[PC])
    accept(town, row)
    with pytest.raises(UserError, match="不管这里"):
        dispatch(town, row, PC)
    dispatch(town, row, OC)
    work.sign_case(case=row.pk, by=town.head(OC), now=NOW)
    with pytest.raises(UserError):
        work.consult(case=row.pk, body=town.bodies[PC].pk, text="怎么看", by=town.head(OC), now=NOW)
    assert inbox(town.heads[PC]) == []


def test_a_level_complained_of_is_passed_over_when_somebody_has_to_decide(town):
    row = dispatched(town, against=town.bodies[SO])
    for n in (1, 2):
        work.return_case(case=row.pk, why="不归我们", by=town.head(PC), now=NOW + n * HOUR)
        if n == 1:
            dispatching.judge_return(case=row.pk, approve=False, why="归", by=town.head(RC), now=NOW + n * HOUR)
    with pytest.raises(NotAllowed):
        dispatching.adjudicate_return(case=row.pk, unit=town.bodies[PC].pk, why="办", by=town.head(SO), now=NOW + 3 * HOUR)
    dispatching.adjudicate_return(case=row.pk, unit=town.bodies[PC].pk, why="办", by=town.head(DI), now=NOW + 3 * HOUR)
    assert inbox(town.heads[SO]) == []


def test_a_desk_that_works_itself_is_checked_by_the_level_above(town):
    row = signed(town, RC)
    reply(town, row, RC)
    with pytest.raises(NotAllowed):
        check(town, row, at=RC)
    check(town, row, at=SO)
    assert again(row).state == CaseState.CALL_BACK


def test_a_community_commands_no_street(town):
    row = submit(town)
    accept(town, row)
    with pytest.raises(UserError):
        dispatch(town, row, SO)


def test_a_colleague_is_named_and_told(town):
    row = signed(town)
    mate = make_post(make_person("周工"), town.bodies[PC], Role.PROPERTY_COMPANY, title="工程")
    other = make_post(make_person("别家"), town.bodies[OC], Role.OWNERS_COMMITTEE)
    with pytest.raises(UserError):
        work.delegate_case(case=row.pk, post=other.pk, by=town.head(PC), now=NOW)
    work.delegate_case(case=row.pk, post=mate.pk, by=town.head(PC), now=NOW)
    assert again(row).holder_id == mate.pk and inbox(mate.person) == ["cases.held"]


def test_a_body_asked_for_help_sees_the_case_and_writes_for_colleagues(town):
    row = signed(town)
    work.consult(case=row.pk, body=town.bodies[OC].pk, text="维修资金能出吗", by=town.head(PC), now=NOW)
    work.add_note(case=row.pk, text="能出一半", inner=True, by=town.head(OC), now=NOW)
    with pytest.raises(NotAllowed):
        work.add_note(case=row.pk, text="能出一半", inner=False, by=town.head(OC), now=NOW)
    assert again(row).steps.get(event="note").inner == "能出一半"
