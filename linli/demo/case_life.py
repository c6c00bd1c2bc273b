"""One case from its report to today: who did what and when, as far as time has come. Made of facts alone, stored in bulk."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from linli.calendar.api import Days, due
from linli.casework.clocks import ANSWER, CONTACT, SIGN, STAGE, WORK
from linli.casework.models import Assignment, CallAttempt, Case, CaseStep, Extension, Identity, Reply
from linli.casework.rules.states import OPEN, CaseState
from linli.casework.rules.words import Alarm, Outcome, Result, Task
from linli.common.clock import SHANGHAI, local_date

from .case_many_texts import ASKS, REFUSALS, RETURNS, SAID, SUSPENSIONS

S = CaseState
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Manner:
    """How a unit works: hours until it has done half of its cases, and of a hundred cases how many it returns, answers
    without having spoken with the reporter, and leaves unsolved."""

    hours: float
    returns: int
    silent: int
    unsolved: int


@dataclass
class Rows:
    """What is written at the end, in bulk."""

    cases: list[Case] = field(default_factory=list)
    steps: list[CaseStep] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    calls: list[CallAttempt] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    identities: list[Identity] = field(default_factory=list)


class Ended(Exception):
    """Time has not come further than this."""


class Life:
    """Tells the story of a case: `tell` stops where now is."""

    def __init__(self, case: Case, rows: Rows, rng: random.Random, now: datetime, days: Days, manner: Manner, heads: dict[Any, Any]) -> None:
        self.case, self.rows, self.rng, self.now, self.days, self.manner, self.heads = case, rows, rng, now, days, manner, heads
        self.at = case.made_at
        self.given: dict[str, Assignment] = {}

    def tell(self) -> None:
        self.rows.cases.append(self.case)
        try:
            self._begin()
            self._work()
            self._end()
        except Ended:
            pass
        self._clocks()

    # -- from the report to the unit

    def _begin(self) -> None:
        case = self.case
        case.submitted_at = self.at
        promised = due(self.at, ANSWER[case.urgency].default, self.days)
        case.due, case.due_day, case.first_due = promised.moment, promised.day, promised.moment
        self.step("submit", S.SUBMITTED, due=case.due, due_day=case.due_day)
        self._assign(Task.DESK, case.desk)
        self._pass(2, office=True)
        if self.rng.random() < 0.03:
            self.step("refuse", S.REFUSED, by=case.desk, told=self.rng.choice(REFUSALS))
            raise Ended
        if self.rng.random() < 0.02:
            case.result = Result.WITHDRAWN
            self.step("withdraw", S.CLOSED)
            case.closed_at = self.at
            raise Ended
        self.step("accept", S.ACCEPTED, by=case.desk)
        self._pass(3, office=True)
        self._dispatch()

    def _dispatch(self) -> None:
        case = self.case
        case.dispatched_at = self.at
        case.unit_due = due(self.at, WORK[case.urgency].default, self.days).moment
        self.step("dispatch", S.DISPATCHED, by=case.desk, to=case.unit)
        self._assign(Task.WORK, case.unit)
        if self.rng.randrange(100) < self.manner.returns and case.returns < 2:
            self._return()
            return
        waited = self._hours(1.5)
        if waited > SIGN.default.amount:
            self._pass(float(SIGN.default.amount), exactly=True)
            self.step("auto_sign", S.SIGNED)
        else:
            self._pass(waited, exactly=True)
            self.step("sign", S.SIGNED, by=case.unit)
        case.signed_at = self.at
        case.holder = self.heads.get(case.unit.pk)
        case.contact_due = due(self.at, CONTACT.default, self.days).moment

    def _return(self) -> None:
        case = self.case
        self._pass(self._hours(1), exactly=True)
        case.returns += 1
        self.step("return", S.RETURNING, by=case.unit, inner=self.rng.choice(RETURNS))
        self._pass(6, office=True)
        if case.returns == 2:
            self.step("adjudicate", S.SIGNED, by=case.desk, to=case.unit, told="上一级定了由它办。")
            case.signed_at, case.holder = self.at, self.heads.get(case.unit.pk)
            case.contact_due = due(self.at, CONTACT.default, self.days).moment
            return
        if self.rng.random() < 0.4:
            self.step("reject_return", S.DISPATCHED, by=case.desk, inner="合同里写着，请签收。")
            self._pass(2, office=True)
            self.step("sign", S.SIGNED, by=case.unit)
            case.signed_at, case.holder = self.at, self.heads.get(case.unit.pk)
            case.contact_due = due(self.at, CONTACT.default, self.days).moment
            return
        self.step("approve_return", S.ACCEPTED, by=case.desk, inner="理由成立。")
        self._pass(3, office=True)
        self._dispatch()

    # -- the work

    def _work(self) -> None:
        case, rng = self.case, self.rng
        if rng.randrange(100) >= self.manner.silent:
            self._pass(self._hours(5), exactly=True)
            case.contacted_at = self.at
            self.step("contact", S.SIGNED, by=case.unit, told="打过电话，约了时间。")
        if rng.random() < 0.06:
            self.step("ask_more", S.WAITING, by=case.unit, told=rng.choice(ASKS))
            self._pass(14)
            self.step("respond", S.SIGNED)
        if rng.random() < 0.05:
            self._suspend()
        self._pass(self._hours(self.manner.hours), office=True, exactly=True)
        if rng.random() < 0.3 and case.unit_due is not None and case.unit_due > self.at and case.urgency in ("ordinary", "long"):
            self._extend()
        self._reply()

    def _suspend(self) -> None:
        case = self.case
        case.review_on = local_date(self.at) + timedelta(days=self.rng.randint(10, 50))
        self.step("suspend", S.SUSPENDED, by=case.unit, told=self.rng.choice(SUSPENSIONS), review_on=case.review_on)
        self._pass((case.review_on - local_date(self.at)).days * 24 * self.rng.uniform(0.4, 1), exactly=True)
        self.step("resume", S.SIGNED, by=case.unit)
        case.review_on = None

    def _extend(self) -> None:
        case, until = self.case, local_date(self.at) + timedelta(days=self.rng.randint(5, 9))
        reason = "配件要定做"
        case.extensions = 1
        self.step("ask_extension", S.SIGNED, by=case.unit, inner=reason)
        asked = self.at
        self._pass(3, office=True)
        granted = self.rng.random() < 0.8
        if granted:
            case.unit_due = case.due = datetime.combine(until + timedelta(days=1), datetime.min.time(), SHANGHAI)
            case.due_day = until
            self.step("extend", S.SIGNED, by=case.desk, told=f"延期：{reason}", due=case.due, due_day=until)
        else:
            self.step("deny_extension", S.SIGNED, by=case.desk, inner="原来的期限够用")
        who = self.heads[case.unit.pk].person
        self.rows.extensions.append(
            Extension(
                case=case, round=1, asked_at=asked, asked_by=who, until=until, reason=reason, decided_at=self.at,
                decided_by=self.heads[case.desk.pk].person, granted=granted,
            )
        )  # fmt: skip
        self._pass(self._hours(self.manner.hours / 2), office=True, exactly=True)

    def _reply(self, number: int = 1) -> None:
        case = self.case
        case.result = case.result or Result.SOLVED
        text = self.case.__dict__["answer"]
        self.step("reply", S.REPLIED, by=case.unit)
        who = self.heads[case.unit.pk].person
        self.rows.replies.append(
            Reply(case=case, number=number, body=case.unit, by=who, at=self.at, text=text, result=case.result)
        )
        self._pass(5, office=True)
        if number == 1 and self.rng.random() < 0.07:
            self.step("reject", S.SIGNED, by=case.desk, inner="没说修的是哪一处，请补照片。")
            self._pass(self._hours(8), office=True, exactly=True)
            self._reply(2)
            return
        case.answered_at = self.at
        self.step("approve", S.CALL_BACK, by=case.desk, told=text)
        self._end_assignment(Task.WORK)

    # -- what the reporter thought of it

    def _end(self) -> None:
        case, rng = self.case, self.rng
        if rng.random() < 0.18:
            for _ in range(3):
                self._pass(self.rng.uniform(24, 40), office=True, exactly=True)
                case.attempts += 1
                self.rows.calls.append(
                    CallAttempt(case=case, round=1, day=local_date(self.at), at=self.at, by=self.heads[case.desk.pk].person, reached=False)
                )
                self.step("attempt", S.CALL_BACK, by=case.desk)
            case.result = Result.UNREACHED
            self.step("close", S.CLOSED, by=case.desk, result=case.result)
        else:
            self._pass(20)
            self._rate()
            self.step("close", S.CLOSED, result=case.result, outcome=case.outcome, stars=case.stars)
        case.closed_at = self.at
        if self.now - self.at > timedelta(days=180):
            self.at = self.at + timedelta(days=180)
            self.step("archive", S.ARCHIVED)
            case.said = ""

    def _rate(self) -> None:
        case, rng = self.case, self.rng
        unsolved = rng.randrange(100) < self.manner.unsolved
        case.outcome = rng.choices((Outcome.NO, Outcome.PARTLY), (3, 2))[0] if unsolved else rng.choices((Outcome.YES, Outcome.PARTLY), (9, 1))[0]
        late = case.due is not None and case.answered_at > case.due
        around = {Outcome.YES: 5, Outcome.PARTLY: 3, Outcome.NO: 2}[case.outcome] - late
        case.stars = min(5, max(1, around + rng.choice((-1, 0, 0))))
        case.rated_at = self.at
        case.said = rng.choice(SAID[case.stars]) if rng.random() < 0.4 else ""
        if case.outcome != Outcome.YES and case.result == Result.SOLVED:
            case.result = Result.EXPLAINED

    # -- how time goes

    def step(self, event: str, state: str, *, by: Any = None, to: Any = None, **said: Any) -> None:
        head = self.heads.get(by.pk) if by is not None else None
        self.case.state, self.case.changed_at = state, self.at
        self.case.version += 1
        self.rows.steps.append(
            CaseStep(
                case=self.case, at=self.at, event=event, state=state, by=head.person if head else None, post=head, body=by, to=to, **said
            )
        )

    def _assign(self, task: str, body: Any) -> None:
        last = self.given.get(task)
        if last is not None:
            last.ended_at = self.at
        self.given[task] = Assignment(case=self.case, task=task, source=last.body if last else None, body=body, at=self.at)
        self.rows.assignments.append(self.given[task])

    def _end_assignment(self, task: str) -> None:
        self.given[task].ended_at = self.at

    def _hours(self, usual: float) -> float:
        return self.rng.lognormvariate(0, 0.9) * usual

    def _pass(self, hours: float, *, office: bool = False, exactly: bool = False) -> None:
        """Time goes on, in an office's hours where it is one. Raises Ended where now is reached."""
        at = self.at + HOUR * (hours if exactly else self._hours(hours))
        if office:
            local = at.astimezone(SHANGHAI)
            while not self.days.is_working(local.date()) or local.hour >= 18:
                local = (local + timedelta(days=1)).replace(hour=8, minute=self.rng.randint(30, 59))
            at = local if local.hour >= 8 else local.replace(hour=8, minute=self.rng.randint(30, 59))
        if at > self.now - timedelta(minutes=5):
            raise Ended
        self.at = at

    def _clocks(self) -> None:
        """What runs now: the stage's date, and how far the reporter's clock is."""
        case = self.case
        kind = STAGE.get(case.state)
        case.stage_due = due(self.at, kind.default, self.days).moment if kind else None
        if case.state not in OPEN or case.due is None or case.submitted_at is None:
            return
        part = (self.now - case.submitted_at) / (case.due - case.submitted_at)
        case.alarm = next((level for level in (Alarm.SUPERVISED, Alarm.RED, Alarm.YELLOW, Alarm.REMINDED) if part * 100 >= level), Alarm.NONE)
