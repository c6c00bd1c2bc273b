"""Reporting and what the reporter does: verbs against the database."""

from datetime import timedelta

import pytest

from linli.calendar.models import Deadline
from linli.casework.actions.account import forget_reporter, merge_reporters
from linli.casework.actions.groups import group_case, ungroup_case
from linli.casework.actions.rating import (
    add_to_case,
    appeal_case,
    rate_case,
    reopen_case,
    respond_case,
    withdraw_case,
)
from linli.casework.actions.reporting import submit_case
from linli.casework.models import Assignment, Case, Identity
from linli.casework.queries.own import by_code, own_cases
from linli.common.errors import NotAllowed, UserError
from linli.common.ids import check
from linli.common.models import AuditRow
from linli.common.states import UnknownTransition
from linli.gateways.models import OutgoingMessage
from linli.messaging.models import Message
from linli.people.rules import BodyKind

from .town import NOW, facts, make_town, put, submit

pytestmark = pytest.mark.django_db
PC, RC, SO = BodyKind.PROPERTY_COMPANY, BodyKind.RESIDENTS_COMMITTEE, BodyKind.STREET_OFFICE
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def town():
    return make_town()


def test_a_report_gets_a_code_a_desk_and_a_promise(town):
    he = town.neighbour()
    case = submit(town, he)
    assert case.state == "submitted" and check(case.code) and len(case.code) == 15
    assert case.desk == town.bodies[RC] and case.reporter == he.person and case.title == "北门第三盏灯不亮"
    assert case.first_due == case.due and case.due_day.isoformat() == "2026-05-26"
    assert Assignment.objects.get(case=case).body == town.bodies[RC]
    assert set(Deadline.objects.values_list("key", flat=True)) == {"case.answer.ordinary", "case.accept"}
    said = Message.objects.get(template="cases.received")
    assert str(case.pk) not in str(said.words) and case.code not in str(said.words)


def test_the_same_form_sent_twice_is_one_case(town):
    he, same = town.neighbour(), facts(town)
    first, second = (submit_case(facts=same, by=he, now=NOW) for _ in range(2))
    assert first.pk == second.pk and Case.objects.count() == 1


def test_the_body_complained_of_is_never_the_desk(town):
    case = submit(town, against=town.bodies[RC], theme="service")
    assert case.desk == town.bodies[SO] and case.kind == "complaint"


def test_of_a_secret_report_no_row_leads_to_the_account(town):
    he = town.neighbour("何立群", "+8613800001234")
    secret, nobody = submit(town, he, secrecy="confidential"), submit(town, he, secrecy="anonymous", passphrase="三只小猫在树上")
    assert secret.reporter is None and secret.by is None and nobody.reporter is None and not Identity.objects.filter(case=nobody).exists()
    assert not AuditRow.objects.filter(subject_kind="case", actor=he.person.pk).exists()
    assert not AuditRow.objects.filter(subject_kind="case", about=he.person.pk).exists()
    assert not secret.steps.exclude(by=None).exists()
    assert list(own_cases(he)) == [secret], "found by the blind index, by himself alone"
    assert not own_cases(town.neighbour()).exists()


def test_without_an_account_the_sealed_phone_hears_of_it(town):
    case = submit_case(facts=facts(town, phone="+8613800001234", name="何"), by=None, now=NOW)
    assert case.identity.phone == "+8613800001234" and OutgoingMessage.objects.get().recipient == "+8613800001234"
    assert case.code not in OutgoingMessage.objects.get().body
    submit_case(facts=facts(town, secrecy="anonymous", passphrase="三只小猫在树上"), by=None, now=NOW)
    assert OutgoingMessage.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"text": " ", "theme": ""}, "text"), ({"secrecy": "anonymous", "passphrase": "短"}, "passphrase"), ({"phone": ""}, "phone"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_at_its_field(town, more, field):
    with pytest.raises(UserError) as error:
        submit_case(facts=facts(town, **{"phone": "+8613800001234", **more}), by=None, now=NOW)
    assert error.value.field == field and not Case.objects.exists()


def test_a_clerk_writes_for_who_calls_and_notes_his_consent(town):
    clerk = town.head(RC)
    words = {"channel": "phone", "phone": "+8613800001234", "name": "张阿婆"}
    with pytest.raises(UserError):
        submit_case(facts=facts(town, **words), by=clerk, now=NOW)
    case = submit_case(facts=facts(town, consent="本人同意", **words), by=clerk, now=NOW)
    assert case.reporter is None and case.by == clerk.person and case.identity.name == "张阿婆"
    assert case.steps.get(event="submit").inner == "本人同意"
    with pytest.raises(NotAllowed):
        submit_case(facts=facts(town, consent="本人同意", **words), by=town.head(PC), now=NOW)


def test_nobody_floods_the_desk(town):
    he = town.neighbour()
    for _ in range(20):
        submit(town, he, secrecy="confidential")
    with pytest.raises(UserError, match="20"):
        submit(town, he)


def test_a_code_opens_only_with_the_right_passphrase(town):
    case = submit_case(facts=facts(town, secrecy="anonymous", passphrase="三只小猫 在树上"), by=None, now=NOW)
    assert by_code(case.code, "三只小猫　在树上") == case, "blanks as people type them"
    assert by_code(case.code, "四只小猫") is None and by_code(case.code, "") is None
    wrong = case.code[:-1] + str((int(case.code[-1]) + 1) % 10)
    assert by_code(wrong, "三只小猫 在树上") is None
    named = submit(town)
    assert by_code(f"{named.code[:5]} {named.code[5:10]}-{named.code[10:]}", "") == named


def answered(case, now):
    return put(case, state="call_back", answered_at=now)


def test_rating_ends_the_case_once(town):
    he = town.neighbour()
    case = answered(submit(town, he), NOW + HOUR)
    with pytest.raises(NotAllowed):
        rate_case(case=case.pk, outcome="yes", stars=5, by=town.neighbour(), now=NOW + 2 * HOUR)
    done = rate_case(case=case.pk, outcome="partly", stars=3, said="还行", by=he, now=NOW + 2 * HOUR)
    assert done.state == "closed" and done.result == "explained" and done.stars == 3 and done.closed_at == NOW + 2 * HOUR
    assert not Deadline.objects.exclude(state="closed").exists()
    with pytest.raises(UserError):
        rate_case(case=case.pk, outcome="yes", stars=5, by=he, now=NOW + 3 * HOUR)


def test_who_was_not_reached_may_still_say_what_he_thinks(town):
    he = town.neighbour()
    case = put(submit(town, he), state="closed", answered_at=NOW, closed_at=NOW, result="unreached")
    done = rate_case(case=case.pk, outcome="yes", stars=4, by=he, now=NOW + DAY)
    assert done.state == "closed" and done.outcome == "yes" and done.result == "solved" and done.closed_at == NOW


def test_it_is_done_once_more_and_no_more(town):
    he = town.neighbour()
    case = submit(town, he)
    put(case, state="closed", closed_at=NOW + DAY, answered_at=NOW + DAY, result="solved", unit=town.bodies[PC])
    again = reopen_case(case=case.pk, why="又不亮了", by=he, now=NOW + 2 * DAY)
    assert again.state == "accepted" and again.round == 2 and again.unit is None and again.result == "" and again.due > case.due
    assert again.first_due == case.first_due
    put(case, state="closed", closed_at=NOW + 3 * DAY)
    with pytest.raises(UserError, match="一次"):
        reopen_case(case=case.pk, why="还是不亮", by=he, now=NOW + 4 * DAY)
    old = put(submit(town, he), state="closed", closed_at=NOW)
    with pytest.raises(UserError, match="14"):
        reopen_case(case=old.pk, why="又坏了", by=he, now=NOW + 15 * DAY)


def test_an_answer_to_a_question_goes_on_where_it_stopped(town):
    he = town.neighbour()
    case = put(submit(town, he), state="asked")
    with pytest.raises(UserError):
        respond_case(case=case.pk, text=" ", by=he, now=NOW + HOUR)
    assert respond_case(case=case.pk, text="是北门", by=he, now=NOW + HOUR).state == "submitted"
    assert case.steps.get(event="respond").told == "是北门"
    add_to_case(case=case.pk, text="还有一盏", by=he, now=NOW + HOUR)
    with pytest.raises(UnknownTransition):
        respond_case(case=case.pk, text="是北门", by=he, now=NOW + HOUR)


def test_an_appeal_goes_one_level_up_once(town):
    he = town.neighbour()
    case = put(submit(town, he), state="refused")
    again = appeal_case(case=case.pk, why="这归你们", by=he, now=NOW + DAY)
    assert again.state == "submitted" and again.desk == town.bodies[SO] and again.appeals == 1
    put(case, state="refused")
    with pytest.raises(UserError, match="一次"):
        appeal_case(case=case.pk, why="再来", by=he, now=NOW + DAY)


def test_who_opened_it_by_code_may_do_what_the_reporter_may(town):
    case = submit_case(facts=facts(town, phone="+8613800001234"), by=None, now=NOW)
    with pytest.raises(NotAllowed):
        withdraw_case(case=case.pk, why="", by=None, now=NOW + HOUR)
    done = withdraw_case(case=case.pk, why="自己好了", by=None, now=NOW + HOUR, opened=True)
    assert done.state == "closed" and done.result == "withdrawn" and not Deadline.objects.exclude(state="closed").exists()


def test_me_too_keeps_ones_own_case_and_the_group_lives_on(town):
    first = submit(town)
    second = submit(town, group_with=first.pk)
    first.refresh_from_db()
    assert second.group == first.group and first.is_lead and first.group.size == 2 and second.code != first.code
    desk = town.head(RC)
    third = submit(town)
    with pytest.raises(NotAllowed):
        group_case(case=third.pk, lead=second.pk, by=town.head(PC), now=NOW)
    assert group_case(case=third.pk, lead=second.pk, by=desk, now=NOW).group == first.group
    assert ungroup_case(case=third.pk, by=desk, now=NOW).group is None
    withdraw_case(case=first.pk, why="", by=None, now=NOW, opened=True)
    second.refresh_from_db()
    assert second.is_lead and second.is_open


def test_a_closed_account_leaves_its_cases_and_a_merged_one_takes_them_along(town):
    he, twin = town.neighbour(), town.neighbour()
    named, secret = submit(town, twin), submit(town, twin, secrecy="confidential")
    merge_reporters(keep=he.person.pk, drop=twin.person.pk, now=NOW)
    assert set(own_cases(he)) == {named, secret} and not own_cases(twin).exists()
    assert forget_reporter(person=he.person.pk, now=NOW) == 2
    assert not own_cases(he).exists() and Case.objects.count() == 2
