"""Questions with real-looking delays: asked, transferred, paused, overdue and raised, answered, rated and contested."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from linli.calendar.api import Days, days, due, pause
from linli.common.clock import SHANGHAI, local_date
from linli.deliberation.api import Answer, Duty, Question, kind_for, open_clock
from linli.deliberation.models import AnswerTemplate, NumberRange, QuestionStep, Signature
from linli.demo.question_texts import PLANS, Plan
from linli.people.api import Body, Post, Residency

if TYPE_CHECKING:
    from .world import World

SEED = 62
NEEDED = 20
ABOVE = {
    "property_company": "residents_committee", "owners_committee": "residents_committee", "service_station": "residents_committee",
    "residents_committee": "street_office", "street_office": "district",
}  # fmt: skip
TEMPLATES = [
    ("邻安物业", "已派人上门", "repair", "已派【谁】在【哪天几点】上门，弄好了在这里说结果。有事打 555 0132。"),
    ("邻安物业", "账目在哪里看", "fees", "【哪一笔】的账贴在【地点】，凭证到物业前台翻，工作日 9 点到 17 点。"),
    ("邻安物业", "停车的规定", "parking", "车位按【办法】排，现在排到【号】。空出来的在门房公布。"),
    ("青砖里居委会", "要几家一起商量", "", "这件事牵涉【哪几家】，定在【哪天】一起到场看，看完当天在这里写结果。"),
    ("青砖里居委会", "已报上级", "policy", "【哪天】报到【哪个单位】，他们要【几天】答复。有消息马上写在这里。"),
    ("柳渡街道办", "督办", "", "请【单位】在【哪天】前书面答复，并到场向住户说明。"),
]  # fmt: skip


@dataclass
class Rows:
    """What is written at the end, in bulk."""

    questions: list[Any] = field(default_factory=list)
    duties: list[Any] = field(default_factory=list)
    steps: list[Any] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    signatures: list[Any] = field(default_factory=list)
    clocks: list[tuple[Any, Body, datetime, datetime | None]] = field(default_factory=list)


def build(world: World) -> None:
    rng, rows, table = random.Random(SEED), Rows(), days()
    crowds: dict[str, list[Any]] = {}
    serial: dict[int, int] = {}
    for plan in sorted(PLANS, key=lambda one: one.day):
        crowd = crowds.setdefault(plan.place, _people(world, plan.place))
        asked = _asked_at(world, plan, table, rng)
        serial[asked.year] = serial.get(asked.year, 411) + rng.randint(1, 4)
        Story(world, rows, table, rng, plan, crowd, asked, serial[asked.year]).tell()
    Question.objects.bulk_create(rows.questions)
    Duty.objects.bulk_create(rows.duties)
    Answer.objects.bulk_create(rows.answers)
    Signature.objects.bulk_create(rows.signatures, batch_size=400)
    QuestionStep.objects.bulk_create(rows.steps, batch_size=400)
    NumberRange.objects.bulk_create(NumberRange(year=year, last=last) for year, last in serial.items())
    _clocks(rows)
    for body, title, theme, text in TEMPLATES:
        AnswerTemplate.objects.create(
            body=world.bodies[body],
            title=title,
            theme=theme,
            text=text,
            changed_at=world.now - timedelta(days=60),
        )


def _clocks(rows: Rows) -> None:
    """The clocks that still run, as their verbs open and pause them."""
    for duty, office, start, paused in rows.clocks:
        running = open_clock(
            question=duty.question_id,
            place=duty.question.place,
            body_kind=office.kind,
            start=start,
            now=start,
        )
        if paused is not None:
            running = pause(deadline_id=running.pk, now=paused)
            duty.due, duty.due_day, duty.next_due = running.due, running.day, running.due
            step = {
                "question": duty.question,
                "at": paused,
                "done": "move",
                "state": duty.question.state,
                "round": duty.round,
            }
            QuestionStep.objects.create(**step, due=running.due, due_day=running.day)
        Duty.objects.filter(pk=duty.pk).update(
            clock=running.pk, due=duty.due, due_day=duty.due_day, next_due=duty.next_due
        )


def _people(world: World, place: str) -> list[Any]:
    """Neighbours without a name in the story, in a steady order."""
    stays = Residency.objects.filter(
        area__path__under=world.places[place].path, person__demo_key=""
    ).verified_on(world.today)
    return list(dict.fromkeys(stays.order_by("area_id", "kind", "pk").values_list("person_id", flat=True)))[
        :300
    ]


def _asked_at(world: World, plan: Plan, table: Days, rng: random.Random) -> datetime:
    """Residents ask in the evening and at weekends, too; never in what has not come."""
    day = world.today + timedelta(days=plan.day)
    at = datetime.combine(day, time(rng.choice((7, 9, 12, 18, 19, 20, 21)), rng.randint(0, 59)), SHANGHAI)
    return min(at, world.now - timedelta(minutes=rng.randint(20, 90)))


class Story:
    """One question from its first word to today."""

    def __init__(
        self,
        world: World,
        rows: Rows,
        table: Days,
        rng: random.Random,
        plan: Plan,
        crowd: list[Any],
        asked: datetime,
        serial: int,
    ) -> None:
        self.world, self.rows, self.table, self.rng, self.plan = world, rows, table, rng, plan
        self.state, self.office = "asked", world.bodies[plan.office]
        asker = world.people[plan.who].pk if plan.who else rng.choice(crowd)
        self.question = Question(
            year=asked.year, serial=serial, place=world.places[plan.place], theme=plan.theme, title=plan.title, text=plan.text,
            visibility=plan.vis, asked_of=self.office, asker_id=asker, joint=plan.joint, needed=NEEDED if plan.joint else 0,
            asked_at=asked, changed_at=asked,
        )  # fmt: skip
        rows.questions.append(self.question)
        self._sign([one for one in crowd if one != asker], asker)
        self.duty: Duty | None = None

    def _sign(self, others: list[Any], asker: Any) -> None:
        most = min(self.plan.signs, len(others))
        at = self.question.asked_at
        span = max((self.world.now - at).total_seconds() / 2, 60)
        people = [asker, *self.rng.sample(others, most)]
        for n, person in enumerate(people):
            signed = at + timedelta(seconds=int(span * n / (len(people) + 1)))
            self.rows.signatures.append(Signature(question=self.question, person_id=person, at=signed))
        self.question.signed = len(people)

    def step(self, done: str, at: datetime, state: str = "", **more: Any) -> None:
        self.state = state or self.state
        self.question.state, self.question.changed_at = self.state, at
        more.setdefault("round", self.duty.round if self.duty else 0)
        self.rows.steps.append(
            QuestionStep(question=self.question, at=at, done=done, state=self.state, **more)
        )

    def by(self, body: Body) -> dict[str, Any]:
        """An office's step: somebody of it signs."""
        post = self._head(body)
        return {"body": body, "by_id": post.person_id if post else None, "post": post}

    def _head(self, body: Body) -> Post | None:
        return (
            Post.objects.filter(body=body, is_head=True).select_related("person").first()
            or Post.objects.filter(body=body).first()
        )

    def working(self, start: datetime, n: int, hour: int = 0) -> datetime:
        """Office hours of the nth working day after the start, never later than a while ago."""
        day = local_date(start)
        while n:
            day += timedelta(days=1)
            n -= self.table.is_working(day)
        at = datetime.combine(day, time(hour or self.rng.randint(9, 16), self.rng.randint(0, 59)), SHANGHAI)
        return at if at > start else start + timedelta(minutes=self.rng.randint(35, 200))

    def tell(self) -> None:
        plan, question = self.plan, self.question
        self.step("ask", question.asked_at, to=self.office)
        if plan.joint:
            lapsed = question.asked_at + timedelta(days=60)
            if lapsed <= self.world.now:
                self.step("lapse", lapsed, "closed")
            return
        question.put_at = question.asked_at
        self.begin(1, self.office, question.asked_at, "route", "routed")
        if plan.withdrawn:
            self._withdraw()
            return
        self._on_the_way()
        if plan.after is None:
            self.wait()
            return
        self.answered(self.working(question.put_at, plan.after), plan.answer, plan.rating)
        if plan.contest is not None:
            self._contested()
        self._close()

    def _withdraw(self) -> None:
        at = self.question.asked_at + timedelta(minutes=12)
        self.question.withdrawn = True
        self.step("withdraw", at, "closed")
        assert self.duty is not None
        self.duty.dropped_at, self.duty.next_due = at, None

    def begin(self, number: int, office: Body, at: datetime, done: str, state: str, **more: Any) -> None:
        """Who owes the answer of this round."""
        period = kind_for(office.kind).default
        end = due(at, period, self.table)
        if self.duty is not None:
            self.duty.current = False
        self.duty = Duty(
            question=self.question, round=number, office=office, post=self._head(office), started_at=at, amount=period.amount,
            unit=period.unit, due=end.moment, due_day=end.day, next_due=end.moment,
        )  # fmt: skip
        self.rows.duties.append(self.duty)
        self.step(done, at, state, to=office, due=end.moment, due_day=end.day, **more)

    def _on_the_way(self) -> None:
        plan, duty = self.plan, self.duty
        assert duty is not None and self.question.put_at is not None
        if plan.transfer is not None:
            n, name, why = plan.transfer
            at = self.working(self.question.put_at, n)
            if at < self.world.now:
                self.step(
                    "transfer",
                    at,
                    "transferred",
                    to=self.world.bodies[name],
                    text=why,
                    **self.by(duty.office),
                )
                duty.office, duty.post, duty.transfers = (
                    self.world.bodies[name],
                    self._head(self.world.bodies[name]),
                    1,
                )
        if plan.note is not None:
            at = self.working(self.question.put_at, plan.note[0])
            if at < min(self.world.now, duty.due):
                self.step("note", at, text=plan.note[1], **self.by(duty.office))

    def wait(self) -> None:
        """No answer yet: paused, raised, or simply waiting."""
        duty, now = self.duty, self.world.now
        assert duty is not None
        paused = self.working(duty.started_at, self.plan.pause[0]) if self.plan.pause else None
        if paused is not None and paused < min(now, duty.due):
            self.step(
                "pause", paused, text=self.plan.pause[1] if self.plan.pause else "", **self.by(duty.office)
            )
            duty.paused_at = paused
            self.rows.clocks.append((duty, duty.office, duty.started_at, paused))
            return
        holder, start = duty.office, duty.started_at
        while duty.next_due is not None and duty.next_due <= now:
            above = self._above(holder)
            if above is None:
                duty.next_due = None
                return
            start, holder = duty.next_due + timedelta(seconds=20), above
            self._raise(above, start)
        self.rows.clocks.append((duty, holder, start, None))

    def _raise(self, above: Body, at: datetime) -> None:
        assert self.duty is not None
        end = due(at, kind_for(above.kind).default, self.table)
        self.step("escalate", at, "escalated", to=above, due_day=end.day)
        first = self.duty.above is None
        self.duty.above, self.duty.next_due = above, end.moment
        said = self.working(at, 2)
        if self.plan.urge and first and said < min(self.world.now, end.moment):
            self.step("note", said, text=self.plan.urge, **self.by(above))

    def _above(self, body: Body) -> Body | None:
        """The office one level up at this place."""
        kind, keys = body.kind, [*self.question.place.ancestor_ids, self.question.place.pk]
        while kind in ABOVE:
            kind = ABOVE[kind]
            for one in self.world.bodies.values():
                if one.kind == kind and one.places.filter(area__in=keys).exists():
                    return one  # type: ignore[no-any-return]
        return None

    def answered(self, at: datetime, text: str, rating: tuple[str, int] | None) -> None:
        """In time, or late and raised before; then the asker says what he thinks of it."""
        duty = self.duty
        assert duty is not None
        at = min(at, self.world.now - timedelta(minutes=25))
        while duty.next_due is not None and duty.next_due <= at:
            above = self._above(duty.above or duty.office)
            if above is None:
                break
            self._raise(above, duty.next_due + timedelta(seconds=20))
        post = self.by(duty.office)
        self.step("answer", at, "answered", **post)
        self.question.answered_at = duty.answered_at = at
        duty.next_due = None
        self.rows.answers.append(
            Answer(
                question=self.question,
                round=duty.round,
                office=duty.office,
                by_id=post["by_id"],
                post=post["post"],
                at=at,
                text=text,
            )
        )
        rated = at + timedelta(hours=self.rng.randint(2, 40))
        if rating is None or rated >= self.world.now:
            return
        solved, stars = rating
        self.step(
            "rate" if solved == "no" else "accept",
            rated,
            "answered" if solved == "no" else "accepted",
            solved=solved,
            stars=stars,
        )
        duty.solved, duty.stars, duty.rated_at = solved, stars, rated

    def _contested(self) -> None:
        """The office above answers anew."""
        plan, duty = self.plan, self.duty
        assert plan.contest is not None and duty is not None and duty.answered_at is not None
        if self.state == "accepted":
            self._take_back()
        at = self.working(max(duty.answered_at, duty.rated_at or duty.answered_at), plan.contest[0])
        above = self._above(duty.office)
        if above is None or at >= self.world.now:
            return
        self.question.answered_at, self.question.contested_at = None, at
        self.begin(2, above, at, "contest", "contested", text=plan.contest[1], round=2)
        if plan.second is None:
            self.wait()
            return
        self.answered(self.working(at, plan.second[0]), plan.second[1], plan.second[2])

    def _take_back(self) -> None:
        """Who is to contest has not called it solved: his rating came after it."""
        assert self.duty is not None
        self.rows.steps.pop()
        self.state = self.question.state = "answered"
        self.duty.solved, self.duty.stars, self.duty.rated_at = "", None, None

    def _close(self) -> None:
        done = self.question.answered_at
        if (
            done is not None
            and self.state in ("answered", "accepted")
            and done + timedelta(days=14) <= self.world.now
        ):
            self.step("close", done + timedelta(days=14, minutes=3), "closed")
