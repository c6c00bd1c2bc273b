"""A question from the first word to its end: who owes the answer, until when, and what happens when nothing comes."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from linli.calendar.actions.passing import pass_due
from linli.calendar.api import Period, Unit, set_rule
from linli.calendar.models import Deadline
from linli.common.clock import SHANGHAI
from linli.common.errors import NotAllowed, UserError
from linli.common.ids import uuid7
from linli.common.states import UnknownTransition
from linli.deliberation.actions.answering import contest_answer, rate_answer
from linli.deliberation.actions.asking import withdraw_question
from linli.deliberation.actions.handling import (
    assign_question,
    pause_question,
    resume_question,
    say_progress,
    transfer_question,
)
from linli.deliberation.actions.rules import set_joint_rule
from linli.deliberation.actions.time import close_settled, escalate_overdue, lapse_gathering
from linli.deliberation.models import Answer, Duty, Question, QuestionStep, Signature
from linli.messaging.models import Delivery
from linli.people.rules import BodyKind, Role

from .factories import NOW, actor_of, answer, ask, make_body, make_person, make_post, make_town, sign

pytestmark = pytest.mark.django_db
PC, OC, RC, SO, DI = (
    BodyKind.PROPERTY_COMPANY, BodyKind.OWNERS_COMMITTEE, BodyKind.RESIDENTS_COMMITTEE, BodyKind.STREET_OFFICE, BodyKind.DISTRICT,
)  # fmt: skip


@pytest.fixture
def town():
    return make_town()


def day(n, hour=9):
    return datetime(2026, 5, n, hour, tzinfo=SHANGHAI)


def duty(question):
    return Duty.objects.select_related("office", "above", "post__person").get(question=question, current=True)


def let_pass(now):
    """The ticker of the calendar, and what the outbox brings."""
    pass_due(now)
    for row in Deadline.objects.filter(state="passed"):
        escalate_overdue(deadline=row.pk, now=now)


def inbox(person):
    return [
        row.message.template
        for row in Delivery.objects.filter(person=person, channel="inbox")
        .select_related("message")
        .order_by("pk")
    ]


@pytest.mark.parametrize(
    ("kind", "last"), [(PC, date(2026, 5, 22)), (RC, date(2026, 5, 26)), (SO, date(2026, 5, 28))]
)
def test_a_residents_question_is_put_at_once_with_a_due_day_by_the_office(town, kind, last):
    he = town.neighbour("何立群")
    question = ask(town, he, kind)
    assert question.state == "routed" and question.number == "26-0001" and question.signed == 1
    owed = duty(question)
    assert owed.office == town.bodies[kind] and owed.due_day == last and owed.post.person == town.heads[kind]
    assert inbox(he.person) == ["questions.put"] and inbox(town.heads[kind]) == ["questions.asked_of_you"]


def test_the_places_own_period_holds_and_an_open_question_keeps_the_one_it_began_under(town):
    first = ask(town)
    set_rule(
        place=town.places["community_a"],
        key="question.property",
        period=Period(6, Unit.WORKING_DAY),
        by=None,
        now=NOW,
    )
    second = ask(town)
    assert duty(first).due_day == date(2026, 5, 22) and duty(second).due_day == date(2026, 5, 27)


def test_the_same_form_sent_twice_asks_once(town):
    he, key = town.neighbour(), uuid7()
    assert ask(town, he, key=key).pk == ask(town, he, key=key).pk and Question.objects.count() == 1
    with pytest.raises(NotAllowed):
        ask(town, town.neighbour(), key=key)


def test_who_is_not_verified_here_cannot_ask(town):
    with pytest.raises(NotAllowed):
        ask(town, actor_of(make_person()))
    with pytest.raises(NotAllowed):
        ask(town, town.neighbour(), place=town.places["compound_a2"], office=RC)
    assert ask(town, town.neighbour(), place=town.places["street"], office=SO).pk, "he lives in that street"


def test_an_office_that_does_not_serve_the_place_cannot_be_asked(town):
    other = make_body(PC, town.places["compound_b1"])
    with pytest.raises(UserError) as caught:
        ask(town, office=other)
    assert caught.value.field == "office" and not Question.objects.exists()


def test_a_body_asks_through_its_post_holder_but_not_itself(town):
    question = ask(town, town.head(OC), PC)
    assert question.asker_body == town.bodies[OC] and question.asker is None and question.signed == 0
    with pytest.raises(UserError):
        ask(town, town.head(PC), PC)
    answer(town, question)
    assert (
        rate_answer(question=question.pk, solved="yes", stars=5, by=town.head(OC), now=NOW).state
        == "accepted"
    )


def test_a_joint_question_is_put_when_enough_have_signed_and_each_counts_once(town):
    set_joint_rule(place=town.places["community_a"], needed=3, by=town.head(RC), now=NOW)
    he, hu = town.neighbour("何立群"), town.neighbour("胡雨桐")
    question = ask(town, he, joint=True)
    assert question.state == "asked" and question.needed == 3 and not Duty.objects.exists()
    sign(town, question, hu)
    sign(town, question, hu)
    sign(town, question, he)
    question.refresh_from_db()
    assert question.state == "asked" and question.signed == 2
    after = sign(town, question, now=day(20))
    assert after.state == "routed" and after.put_at == day(20) and duty(question).due_day == date(2026, 5, 25)
    assert inbox(hu.person) == ["questions.put"]
    sign(town, question)
    assert Signature.objects.count() == 4, "others sign afterwards"


def test_twenty_is_the_number_where_nobody_set_another(town):
    question = ask(town, joint=True)
    for _ in range(18):
        sign(town, question)
    assert Question.objects.get().state == "asked"
    sign(town, question)
    assert Question.objects.get().state == "routed"


def test_only_residents_of_the_place_sign(town):
    question = ask(town)
    with pytest.raises(UserError):
        sign(town, question, actor_of(make_person()))
    with pytest.raises(NotAllowed):
        sign(town, question, town.head(OC))
    with pytest.raises(NotAllowed):
        sign(town, ask(town, visibility="private"))


def test_a_joint_question_cannot_be_private(town):
    with pytest.raises(UserError) as caught:
        ask(town, joint=True, visibility="private")
    assert caught.value.field == "visibility"


def test_a_transfer_keeps_the_first_clock_and_names_the_new_offices_head(town):
    question = ask(town, office=RC, now=day(19))
    transfer_question(
        question=question.pk, to=town.bodies[PC].pk, why="账在物业", by=town.head(RC), now=day(21)
    )
    owed = duty(question)
    assert (
        owed.office == town.bodies[PC]
        and owed.due_day == date(2026, 5, 26)
        and owed.post.person == town.heads[PC]
    )
    with pytest.raises(NotAllowed):
        answer(town, question, RC, now=day(22))
    with pytest.raises(UserError) as caught:
        transfer_question(
            question=question.pk,
            to=make_body(PC, town.places["compound_b1"]).pk,
            why="不归我们",
            by=town.head(PC),
            now=day(22),
        )
    assert caught.value.field == "to"
    transfer_question(
        question=question.pk, to=town.bodies[OC].pk, why="业委会管", by=town.head(PC), now=day(22)
    )
    with pytest.raises(UserError):
        transfer_question(
            question=question.pk, to=town.bodies[RC].pk, why="再转", by=town.head(OC), now=day(22)
        )


def test_a_pause_needs_a_reason_and_moves_the_day_up_to_its_cap(town):
    question = ask(town, now=day(19))
    with pytest.raises(UserError) as caught:
        pause_question(question=question.pk, why=" ", by=town.head(PC), now=day(20))
    assert caught.value.field == "why"
    pause_question(question=question.pk, why="等流水", by=town.head(PC), now=day(20))
    assert duty(question).due_day == date(2026, 5, 29), "three working days and a cap of five"
    with pytest.raises(UserError):
        pause_question(question=question.pk, why="再停", by=town.head(PC), now=day(20))
    resume_question(question=question.pk, by=town.head(PC), now=day(21))
    assert duty(question).due_day == date(2026, 5, 25) and duty(question).paused_at is None


def test_a_pause_beyond_its_cap_is_overdue_by_itself(town):
    question = ask(town, now=day(19))
    pause_question(question=question.pk, why="等流水", by=town.head(PC), now=day(20))
    let_pass(day(29))
    assert duty(question).above is None
    let_pass(day(30, 0))
    assert duty(question).above == town.bodies[RC] and duty(question).paused_at is None


def test_what_is_overdue_goes_up_level_by_level_to_the_district(town):
    question = ask(town, town.neighbour("何立群"), now=day(19))
    let_pass(day(22, 23))
    assert Question.objects.get().state == "routed"
    for n, (now, above) in enumerate(
        [(day(23, 0), RC), (day(30), SO), (datetime(2026, 6, 10, tzinfo=SHANGHAI), DI)]
    ):
        let_pass(now)
        assert Question.objects.get().state == "escalated" and duty(question).above == town.bodies[above], n
        let_pass(now)
    assert duty(question).due_day == date(2026, 5, 22), "days overdue count from the first due day"
    let_pass(datetime(2026, 7, 10, tzinfo=SHANGHAI))
    assert duty(question).above == town.bodies[DI] and duty(question).clock is None
    assert question.steps.filter(done="escalate").count() == 3
    said = inbox(question.asker)
    assert said.count("questions.overdue") == 3 and inbox(town.heads[RC]) == ["questions.overdue_desk"]


def test_both_the_office_and_the_one_above_may_answer_what_is_overdue(town):
    first, second = ask(town, now=day(19)), ask(town, now=day(19))
    let_pass(day(23))
    say_progress(question=first.pk, text="请 5月26日前书面答复", by=town.head(RC), now=day(23))
    assert answer(town, first, now=day(25)).office == town.bodies[PC]
    assert answer(town, second, RC, now=day(25)).office == town.bodies[RC]
    assert duty(second).office == town.bodies[PC], "it stays the late office's in the figures"
    assert not Deadline.objects.exclude(state="closed").exists()


def test_of_two_officials_one_answers_and_the_other_is_told(town):
    question = ask(town)
    answer(town, question)
    with pytest.raises(UnknownTransition):
        answer(town, question, text="我也写了")
    assert Answer.objects.get().text == "付了 52 万。"


def test_an_answer_speaks_as_the_office_with_the_person_on_record_and_tells_all_who_signed(town):
    he, hu = town.neighbour(), town.neighbour()
    question = ask(town, he)
    sign(town, question, hu)
    said = answer(town, question)
    assert (said.office, said.by) == (town.bodies[PC], town.heads[PC])
    assert inbox(hu.person) == ["questions.answered"] and "questions.answered" in inbox(he.person)


def test_the_asker_rates_once(town):
    he = town.neighbour()
    question = ask(town, he)
    with pytest.raises(UserError):
        rate_answer(question=question.pk, solved="yes", stars=5, by=he, now=NOW)
    answer(town, question)
    with pytest.raises(NotAllowed):
        rate_answer(question=question.pk, solved="yes", stars=5, by=town.neighbour(), now=NOW)
    for solved, stars in (("maybe", 3), ("yes", 6), ("yes", 0)):
        with pytest.raises(UserError):
            rate_answer(question=question.pk, solved=solved, stars=stars, by=he, now=NOW)
    assert rate_answer(question=question.pk, solved="partly", stars=4, by=he, now=NOW).state == "accepted"
    with pytest.raises(UserError):
        rate_answer(question=question.pk, solved="yes", stars=5, by=he, now=NOW)
    assert (duty(question).solved, duty(question).stars) == ("partly", 4)


def test_who_says_that_it_is_not_solved_may_still_contest(town):
    he = town.neighbour()
    question = ask(town, he)
    answer(town, question)
    assert rate_answer(question=question.pk, solved="no", stars=1, by=he, now=NOW).state == "answered"
    with pytest.raises(UserError):
        rate_answer(question=question.pk, solved="no", stars=1, by=he, now=NOW)
    assert contest_answer(question=question.pk, why="没说付给谁", by=he, now=NOW).state == "contested"


def test_a_contested_answer_is_owed_by_the_office_above_and_contested_only_once(town):
    he = town.neighbour()
    question = ask(town, he, now=day(19))
    answer(town, question, now=day(20))
    with pytest.raises(UserError) as caught:
        contest_answer(question=question.pk, why="", by=he, now=day(20))
    assert caught.value.field == "why"
    contest_answer(question=question.pk, why="没说付给谁", by=he, now=day(20))
    owed = duty(question)
    assert (owed.office, owed.round, owed.due_day) == (town.bodies[RC], 2, date(2026, 5, 27))
    with pytest.raises(UserError):
        contest_answer(question=question.pk, why="再来", by=he, now=day(20))
    let_pass(day(28))
    assert Question.objects.get().state == "escalated" and duty(question).above == town.bodies[SO]
    answer(town, question, RC, now=day(28))
    with pytest.raises(UserError):
        contest_answer(question=question.pk, why="再来", by=he, now=day(28))
    assert rate_answer(question=question.pk, solved="yes", stars=4, by=he, now=day(28)).state == "accepted"


def test_two_weeks_after_its_answer_a_question_is_closed(town):
    question = ask(town, now=day(1))
    answer(town, question, now=day(2))
    assert close_settled(now=day(15)) == 0 and close_settled(now=day(16)) == 1
    assert Question.objects.get().state == "closed" and close_settled(now=day(17)) == 0


def test_a_joint_question_that_finds_too_few_lapses(town):
    he = town.neighbour()
    question = ask(town, he, joint=True)
    assert (
        lapse_gathering(now=NOW + timedelta(days=59)) == 0
        and lapse_gathering(now=NOW + timedelta(days=60)) == 1
    )
    question.refresh_from_db()
    assert question.state == "closed" and inbox(he.person) == ["questions.lapsed"]
    with pytest.raises(UserError):
        sign(town, question)


def test_a_question_is_taken_back_only_before_others_sign_and_before_it_is_late(town):
    he = town.neighbour()
    first, second, third = ask(town, he, now=day(19)), ask(town, he, now=day(19)), ask(town, he, now=day(19))
    sign(town, second)
    assert withdraw_question(question=first.pk, by=he, now=day(20)).withdrawn
    with pytest.raises(UserError):
        withdraw_question(question=second.pk, by=he, now=day(20))
    with pytest.raises(UserError):
        withdraw_question(question=third.pk, by=he, now=day(25))
    assert not Deadline.objects.filter(subject_id=str(first.pk)).exclude(state="closed").exists()


def test_only_a_colleague_in_post_is_named_as_who_answers_for_it(town):
    question = ask(town)
    mate = make_post(make_person("周工"), town.bodies[PC], Role.PROPERTY_COMPANY, title="工程主管")
    assign_question(question=question.pk, post=mate.pk, by=town.head(PC), now=NOW)
    assert duty(question).post == mate and inbox(mate.person) == ["questions.assigned"]
    stranger = make_post(make_person("外人"), town.bodies[OC], Role.OWNERS_COMMITTEE)
    with pytest.raises(UserError):
        assign_question(question=question.pk, post=stranger.pk, by=town.head(PC), now=NOW)


def test_no_more_than_ten_wait_at_once_for_one_person(town):
    he = town.neighbour()
    for _ in range(10):
        ask(town, he)
    with pytest.raises(UserError):
        ask(town, he)


def test_history_and_answers_cannot_be_changed(town):
    question = ask(town)
    answer(town, question)
    for model in (QuestionStep, Answer):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(at=NOW)


def test_history_never_names_the_resident(town):
    he = town.neighbour()
    question = ask(town, he)
    answer(town, question)
    rate_answer(question=question.pk, solved="yes", stars=5, by=he, now=NOW)
    assert set(question.steps.exclude(done="answer").values_list("by", flat=True)) == {None}
