"""The state table, walked at random by the real verbs: history and table agree, and no promise to the reporter is broken."""

import contextlib
from datetime import timedelta

from django.test import TestCase
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisCase

from linli.calendar.models import Deadline
from linli.casework import clocks
from linli.casework.actions import closing, desk, dispatching, joint, steps, time, work
from linli.casework.models import Assignment, Case
from linli.casework.rules.states import CASE, ENDED, OPEN, CaseState
from linli.casework.rules.words import Task
from linli.common.clock import local_date
from linli.common.errors import UserError

from .factories_desk import DI, NOW, OC, PC, RC, SO, let_pass, make_town, submit

DAY = timedelta(days=1)
# What is pressed, and the event of the table that it stands for; what is no event may always be tried.
EVENT = {
    "split": "dispatch", "ask": "ask_more", "approve_return": "approve_return", "grant": "extend", "deny": "deny_extension",
    "override": "reply", "call": "attempt", "rated": "close", "unreached": "close",
}  # fmt: skip
ALWAYS = {"parts", "wait", "wait_long", "tick"}


class Walker:
    """Presses every verb as whoever could press it."""

    def __init__(self, town, case):
        self.town, self.pk = town, case.pk

    def kind(self, body, other):
        return body.kind if body is not None else other

    def pick(self, number, now):
        """One of what the table allows in the state; guards and rights may still refuse it."""
        allowed = CASE.events(Case.objects.get(pk=self.pk).state)
        names = [*self.moves(now), "wait", "wait_long"]
        fitting = [name for name in names if name in ALWAYS or EVENT.get(name, name) in allowed]
        return fitting[number % len(fitting)]

    def moves(self, now):
        row = Case.objects.select_related("desk", "unit").get(pk=self.pk)
        town, case = self.town, {"case": self.pk, "now": now}
        desk_kind, unit_kind = self.kind(row.desk, RC), self.kind(row.unit, PC)
        at, of = town.head(desk_kind), town.head(unit_kind)
        over = town.head({RC: SO, SO: DI, DI: DI}[desk_kind]) if desk_kind == unit_kind else at
        above = town.head({RC: SO, SO: DI, DI: DI}[desk_kind])
        other = town.bodies[OC if unit_kind == PC else PC].pk
        far = local_date(now) + 9 * DAY
        return {
            "accept": lambda: desk.accept_case(by=at, **case),
            "dispatch": lambda: dispatching.dispatch_case(unit=other, by=at, **case),
            "split": lambda: joint.split_case(lead=town.bodies[PC].pk, parts=[town.bodies[OC].pk], why="分工", by=at, **case),
            "transfer": lambda: desk.transfer_case(to=town.bodies[SO if desk_kind == RC else RC].pk, why="转", by=at, **case),
            "refuse": lambda: desk.refuse_case(why="不归", elsewhere="12345", by=at, **case),
            "answer_now": lambda: desk.answer_now(text="是这样", by=at, **case),
            "ask": lambda: desk.ask_more(text="补充", by=of if row.state == CaseState.SIGNED else at, **case),
            "respond": lambda: self.respond(now),
            "classify": lambda: desk.set_kind_theme_urgency(kind="request", theme="lift", urgency="urgent", by=at, **case),
            "sign": lambda: work.sign_case(by=of, **case),
            "return": lambda: work.return_case(why="不归", by=of, **case),
            "approve_return": lambda: dispatching.judge_return(approve=True, why="是", by=at, **case),
            "reject_return": lambda: dispatching.judge_return(approve=False, why="否", by=at, **case),
            "adjudicate": lambda: dispatching.adjudicate_return(unit=other, why="定", by=above, **case),
            "contact": lambda: work.contact_reporter(text="谈了", by=of, **case),
            "note": lambda: work.add_note(text="在办", inner=False, by=of, **case),
            "consult": lambda: work.consult(body=other, text="怎么看", by=of, **case),
            "suspend": lambda: work.suspend_case(review_on=far, why="等", by=of, **case),
            "resume": lambda: work.resume_case(by=of, **case),
            "ask_extension": lambda: work.ask_extension(until=far, why="等", by=of, **case),
            "grant": lambda: work.decide_extension(grant=True, why="准", by=over, **case),
            "deny": lambda: work.decide_extension(grant=False, why="不准", by=over, **case),
            "reply": lambda: closing.reply_case(text="好了", result="solved", by=of, **case),
            "override": lambda: closing.reply_case(text="好了", result="solved", override="先答", by=of, **case),
            "approve": lambda: closing.check_reply(approve=True, by=over, **case),
            "reject": lambda: closing.check_reply(approve=False, why="差", by=over, **case),
            "call": lambda: closing.record_attempt(reached=False, by=at, **case),
            "rated": lambda: closing.record_attempt(reached=True, outcome="yes", stars=5, by=at, **case),
            "unreached": lambda: closing.close_unreached(by=at, **case),
            "parts": lambda: self.do_parts(now),
            "tick": lambda: (let_pass(now), time.raise_alarms(now=now)),
        }  # fmt: skip

    def respond(self, now):
        row = steps.lock(self.pk)
        row = steps.step(row, "respond", by=None, now=now, changes=clocks.go_on(row, now=now))
        steps.shown(row)

    def do_parts(self, now):
        for part in Case.objects.filter(parent=self.pk).select_related("unit"):
            by = self.town.head(part.unit.kind)
            with contextlib.suppress(UserError):
                work.sign_case(case=part.pk, by=by, now=now)
            closing.reply_case(case=part.pk, text="好了", result="solved", by=by, now=now)
            closing.check_reply(case=part.pk, approve=True, by=self.town.head(RC), now=now)


class Walk(HypothesisCase, TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(picks=st.lists(st.integers(0, 999), min_size=6, max_size=22))
    def test_whatever_is_pressed_the_history_is_a_walk_and_the_reporters_clock_is_never_reset(self, picks):
        town = make_town()
        now = NOW
        case = submit(town, now=now)
        walker, asked = Walker(town, case), False
        for pick in picks:
            move = walker.pick(pick, now)
            now += {"wait": DAY, "wait_long": 6 * DAY}.get(move, timedelta(minutes=7))
            if move.startswith("wait"):
                let_pass(now)
            else:
                with contextlib.suppress(UserError):
                    walker.moves(now)[move]()
            asked = asked or Case.objects.get(pk=case.pk).state in (CaseState.ASKED, CaseState.WAITING)
            self._agrees(case, asked=asked)

    def _agrees(self, case, *, asked):
        row = Case.objects.get(pk=case.pk)
        state, history = CaseState.DRAFT, list(row.steps.order_by("pk"))
        for step in history:
            state = CASE.step(state, step.event)
            assert step.state == state, (step.event, step.state)
        assert row.state == state and row.first_due == case.first_due
        events = [step.event for step in history]
        # Later only by waiting for him or by an extension that he was told of; else the promise stands or is nearer.
        if not asked and "extend" not in events and row.due is not None:
            assert row.due <= case.due
        assert events.count("return") == row.returns <= 2 and events.count("ask_extension") <= 1
        if events.count("return") == 2:
            at = len(events) - 1 - events[::-1].index("return")
            assert not {"approve_return", "reject_return"} & set(events[at:])
        self._parts(row, history)
        for task in (Task.DESK, Task.WORK):
            assert Assignment.objects.filter(case=row, task=task, ended_at=None).count() <= 1
        live = Deadline.objects.filter(subject_id=str(row.pk)).exclude(state="closed")
        answers = [one for one in live if one.key.startswith(clocks.ANSWERS)]
        assert len(answers) == (1 if row.state in OPEN else 0), (row.state, events)
        assert row.state not in ENDED or not live.exists(), [one.key for one in live]

    def _parts(self, row, history):
        """The answer of the whole comes after those of its parts, or its reason stands in the history."""
        replied = [step for step in history if step.event == "reply"]
        for part in Case.objects.filter(parent=row):
            for step in replied:
                assert step.inner or (part.closed_at is not None and part.closed_at <= step.at)
