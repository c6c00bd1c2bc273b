"""What residents reported in the last five weeks: sent by the real verb, carried along the real table, rated by themselves."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from linli.casework.api import (
    Case,
    CaseFacts,
    Reply,
    Spot,
    Task,
    Urgency,
    clocks,
    publish_case,
    rate_case,
    steps,
    submit_case,
    theme,
    withdraw_case,
)
from linli.common.clock import SHANGHAI, local_date
from linli.people.api import Actor, BodyKind, bodies_serving

from .actors import neighbour, office, oneself
from .case_texts import PLANS, SPOTS, Plan
from .directory import LAT, LON

if TYPE_CHECKING:
    from .world import World

KEYS = UUID("0d9b6a52-6f0a-4d2e-9c7e-5a3f6f1c2b10")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OPENS, SHUTS = 8, 20
HOURS = (7, 8, 12, 18, 19, 20, 21)


def build(world: World) -> None:
    spots = {row[1]: _spot(world, *row) for row in SPOTS}
    told: list[tuple[Plan, Case, Actor]] = []
    leads: dict[str, UUID] = {}
    for n, plan in enumerate(sorted(PLANS, key=lambda one: -one.day)):
        person = oneself(world, world.people[plan.who]) if plan.who else neighbour(world, world.places[plan.place], n % 7)
        day = world.today - plan.day * DAY
        at = min(datetime.combine(day, time(HOURS[n % 7], n * 7 % 60), SHANGHAI), world.now - timedelta(minutes=20 + n))
        case = submit_case(facts=_facts(world, plan, spots, leads.get(plan.group), n), by=person, now=at)
        if plan.group:
            leads.setdefault(plan.group, case.pk)
        told.append((plan, case, person))
    for plan, case, person in told:
        Walk(world, plan, case, person).go()


def _spot(world: World, place: str, name: str, where: str, about: str, east: int, north: int) -> Spot:
    """Metres from the middle of the street, as the plan is drawn."""
    return Spot.objects.create(
        id=uuid5(KEYS, name), code=f"{20_260_000 + len(name) * 37 + abs(east) % 1000:08d}", place=world.places[place], name=name, where=where,
        theme=about, latitude=LAT + round(north * 8.983), longitude=LON + round(east * 10.29),
    )  # fmt: skip


def _facts(world: World, plan: Plan, spots: dict[str, Spot], lead: UUID | None, n: int) -> CaseFacts:
    spot = spots.get(plan.spot)
    return CaseFacts(
        key=str(uuid5(KEYS, f"{plan.place}{plan.text}")), place=world.places[plan.place], text=plan.text, theme=plan.theme, wish=plan.wish,
        urgency=plan.urgency, spot=spot, latitude=spot.latitude if spot else None, longitude=spot.longitude if spot else None,
        secrecy=plan.secrecy, passphrase=f"demo-{n}-passphrase" if plan.secrecy == "anonymous" else "", visibility_asked=bool(plan.public),
        against=world.bodies[plan.against] if plan.against else None, group_with=lead,
    )  # fmt: skip


class Walk:
    """One case from its submission to where it stands now."""

    def __init__(self, world: World, plan: Plan, case: Case, person: Actor) -> None:
        self.world, self.plan, self.case, self.person = world, plan, case, person
        self.at = case.submitted_at or world.now
        assert case.desk is not None
        self.desk = office(world, case.desk)
        day = local_date(self.at)
        units = bodies_serving(case.place, theme(plan.theme).units, day) or [case.desk]
        known = [body for body in units if body.pk != case.against_id and office_has_post(body)]
        self.body = known[0] if known else case.desk
        self.unit = office(world, self.body)

    def later(self, some: timedelta) -> datetime:
        """Never in what has not come; whatever is not urgent waits for the morning."""
        at = self.at + some
        local = at.astimezone(SHANGHAI)
        if some and self.case.urgency == Urgency.ORDINARY and not OPENS <= local.hour < SHUTS:
            morning = local.date() + (DAY if local.hour >= SHUTS else timedelta(0))
            at = max(at, datetime.combine(morning, time(OPENS, local.minute), SHANGHAI))
        self.at = max(self.at, min(at, self.world.now - timedelta(minutes=3)))
        return self.at

    def step(self, event: str, by: Actor | None, some: timedelta, changes: dict[str, Any] | None = None, **said: Any) -> None:
        self.case = steps.step(self.case, event, by=by, now=self.later(some), changes=changes, **said)

    def go(self) -> None:
        plan = self.plan
        if plan.public:
            publish_case(case=self.case.pk, title=plan.public, text=plan.text, pictures=[], by=self.desk, now=self.at)
            self.case.refresh_from_db()
        if plan.fate == "withdrawn":
            withdraw_case(case=self.case.pk, why=plan.told, by=None, now=self.later(6 * HOUR), opened=True)
        elif plan.fate == "refused":
            self.step("refuse", self.desk, 5 * HOUR, told=plan.told)
            clocks.stop(self.case, "case.answer.", now=self.at)
        elif plan.fate != "submitted":
            self.accepted()

    def accepted(self) -> None:
        self.step("accept", self.desk, timedelta(minutes=50))
        lead = self.case.group.lead if self.case.group is not None else None
        if lead is not None and lead.pk != self.case.pk:
            lead.refresh_from_db()
            self.answer("follow", max(lead.answered_at or self.at, self.at) - self.at)
        elif self.plan.fate != "accepted":
            self.dispatched()

    def dispatched(self) -> None:
        at = self.at + 35 * HOUR / 60
        work = clocks.open_clock(self.case, clocks.WORK[Urgency(self.case.urgency)], start=at, now=at)
        changes = {"unit": self.body, "dispatched_at": at, "unit_due": work.due}
        self.step("dispatch", self.desk, at - self.at, changes, to_id=self.body.pk)
        steps.assign(self.case, Task.WORK, self.body.pk, now=self.at, due=work.due)
        if self.plan.fate == "returning":
            self.at = max(self.at, min(self.at + HOUR / 3, self.world.now - timedelta(minutes=2)))  # while it may still be returned
            self.step("return", self.unit, timedelta(0), {"returns": 1}, told="")
        elif self.plan.fate != "dispatched":
            self.signed()

    def signed(self) -> None:
        changes = {"signed_at": self.later(HOUR), "contact_due": self.at + DAY}
        self.step("sign", self.unit, timedelta(0), changes)
        late = self.plan.late and not self.plan.answer
        if not late:
            self.step("contact", self.unit, 3 * HOUR, {"contacted_at": self.later(HOUR)})
        if self.plan.fate == "waiting":
            self.step("ask_more", self.unit, HOUR, clocks.hold(self.case, now=self.at), told=self.plan.told)
        elif self.plan.fate == "suspended":
            day = self.world.today + 12 * DAY
            self.step("suspend", self.unit, 5 * HOUR, {"review_on": day}, review_on=day, told=self.plan.told)
        elif self.plan.fate != "signed":
            self.replied()

    def replied(self) -> None:
        wait = 34 * HOUR if self.case.urgency == Urgency.ORDINARY else 5 * HOUR
        if self.plan.late and self.case.due is not None:
            wait = self.case.due + 30 * HOUR - self.at
        self.step("reply", self.unit, wait)
        clocks.stop(self.case, "case.work.", now=self.at)
        Reply.objects.create(
            case=self.case, number=1, body=self.body, by=self.unit.person, at=self.at, text=self.plan.answer or self.plan.told or "办好了，请您看看。",
            result=self.plan.result if self.plan.result in ("solved", "explained") else "solved",
        )  # fmt: skip
        if self.plan.fate != "replied":
            self.answer("approve", 3 * HOUR)

    def answer(self, event: str, some: timedelta) -> None:
        by = self.desk if event == "approve" else None
        self.step(event, by, some, {"answered_at": self.later(some)})
        clocks.stop(self.case, "case.answer.", now=self.at)
        if self.plan.fate == "answered":
            return
        if self.plan.rating is None:
            changes = {"closed_at": self.later(14 * DAY), "result": "unreached"}
            self.step("close", None, timedelta(0), changes, result="unreached")
            return
        outcome, stars = self.plan.rating
        rate_case(case=self.case.pk, outcome=outcome, stars=stars, by=None, now=self.later(26 * HOUR), opened=True)


def office_has_post(body: Any) -> bool:
    return bool(body.posts.exists()) and body.kind != BodyKind.DEPARTMENT
