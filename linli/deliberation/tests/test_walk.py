"""The state table, walked at random: whatever people press, the history, the duty and the table agree."""

import contextlib
from datetime import timedelta

from django.test import TestCase
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisCase

from linli.calendar.models import Deadline
from linli.common.errors import UserError
from linli.deliberation.actions import answering, asking, handling, signing, time
from linli.deliberation.models import Duty, Question
from linli.deliberation.queries.figures import of_office, recompute
from linli.deliberation.rules import OWED, QUESTION, QuestionState
from linli.people.rules import BodyKind

from .factories import NOW, ask, make_town
from .test_questions import let_pass

PC, OC, RC, SO = (
    BodyKind.PROPERTY_COMPANY,
    BodyKind.OWNERS_COMMITTEE,
    BodyKind.RESIDENTS_COMMITTEE,
    BodyKind.STREET_OFFICE,
)
MOVES = [
    "sign", "transfer", "pause", "resume", "note", "answer", "rate_yes", "rate_no", "contest", "withdraw", "wait", "wait_long", "tick",
]  # fmt: skip


def _moves(town, he, question, now):
    """Every verb, by name, pressed by whoever could press it."""
    duty = Duty.objects.select_related("office", "above").filter(question=question, current=True).first()
    holder = next((kind for kind, body in town.bodies.items() if duty and body.pk == duty.office_id), PC)
    other = OC if holder == PC else PC
    by, pk = town.head(holder), question.pk
    return {
        "sign": lambda: signing.sign_question(question=pk, by=town.neighbour(), now=now),
        "transfer": lambda: handling.transfer_question(question=pk, to=town.bodies[other].pk, why="归他们", by=by, now=now),
        "pause": lambda: handling.pause_question(question=pk, why="等", by=by, now=now),
        "resume": lambda: handling.resume_question(question=pk, by=by, now=now),
        "note": lambda: handling.say_progress(question=pk, text="在办", by=by, now=now),
        "answer": lambda: answering.answer_question(question=pk, text="好了", by=by, now=now),
        "rate_yes": lambda: answering.rate_answer(question=pk, solved="yes", stars=5, by=he, now=now),
        "rate_no": lambda: answering.rate_answer(question=pk, solved="no", stars=1, by=he, now=now),
        "contest": lambda: answering.contest_answer(question=pk, why="没清楚", by=he, now=now),
        "withdraw": lambda: asking.withdraw_question(question=pk, by=he, now=now),
        "tick": lambda: (time.close_settled(now=now), time.lapse_gathering(now=now)),
    }  # fmt: skip


class Walk(HypothesisCase, TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(joint=st.booleans(), moves=st.lists(st.sampled_from(MOVES), min_size=3, max_size=12))
    def test_whatever_is_pressed_the_history_is_a_walk_of_the_table(self, joint, moves):
        town = make_town()
        he, now = town.neighbour(), NOW
        question = ask(town, he, joint=joint, now=now)
        for move in moves:
            if move.startswith("wait"):
                now += timedelta(days=16 if move == "wait_long" else 2)
                let_pass(now)
                continue
            now += timedelta(minutes=7)
            with contextlib.suppress(UserError):
                _moves(town, he, question, now)[move]()
            self._agrees(question.pk, now, town)
        self._agrees(question.pk, now, town)

    def _agrees(self, pk, now, town):
        question = Question.objects.get(pk=pk)
        state = QuestionState.ASKED
        for step in question.steps.order_by("pk"):
            if step.done not in ("ask", "move"):
                state = QUESTION.step(state, step.done)
            assert step.state == state, (step.done, step.state, state)
        assert question.state == state
        duties = list(Duty.objects.filter(question=question))
        assert sum(duty.current for duty in duties) == (1 if duties else 0) and len(duties) <= 2
        live = Deadline.objects.exclude(state="closed")
        assert live.count() <= (1 if question.state in OWED else 0)
        assert question.steps.filter(done="contest").count() <= 1
        assert question.steps.filter(done="answer").count() == question.answers.count()
        again = recompute(now)
        for body in town.bodies.values():
            row = of_office(body, now)
            assert again.get(body.pk, row) == row and (row.received == 0) == (body.pk not in again)


def test_the_table_is_sound():
    assert QUESTION.problems() == []
