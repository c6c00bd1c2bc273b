"""A small town with its offices, and cases at its desks, for tests. Not collected by pytest."""

from datetime import timedelta

from linli.calendar.actions.passing import pass_due
from linli.calendar.models import Deadline
from linli.casework import clocks
from linli.casework.actions import closing, desk, dispatching, steps, time, work
from linli.casework.models import Case
from linli.casework.rules.words import Task, Urgency
from linli.common.ids import digits_code, uuid7
from linli.messaging.models import Delivery
from linli.people.rules import BodyKind
from linli.people.tests.factories import NOW
from linli.people.tests.town import Town, make_town

PC, OC, RC, ST, SO, DI = (
    BodyKind.PROPERTY_COMPANY, BodyKind.OWNERS_COMMITTEE, BodyKind.RESIDENTS_COMMITTEE, BodyKind.SERVICE_STATION,
    BodyKind.STREET_OFFICE, BodyKind.DISTRICT,
)  # fmt: skip


def submit(town, *, by=None, at=RC, now=NOW, **facts) -> Case:
    """A case with its code at a desk, its clocks running; named of a neighbour where nothing else is said."""
    secrecy = facts.setdefault("secrecy", "named")
    if secrecy == "named" and "reporter" not in facts:
        facts["reporter"] = (by or town.neighbour()).person
    values = {
        "key": str(uuid7()), "place": town.place, "title": "楼道灯不亮", "text": "3 幢 1 单元二楼的灯不亮了。", "theme": "light",
        "made_at": now, "changed_at": now, **facts,
    }  # fmt: skip
    row = Case.objects.create(**values)
    due = clocks.open_clock(row, clocks.ANSWER[Urgency(row.urgency)], start=now, now=now)
    changes = {
        "code": digits_code(15), "desk": town.bodies[at], "submitted_at": now, "first_due": due.due, "due": due.due, "due_day": due.day,
    }  # fmt: skip
    row = steps.step(row, "submit", by=None, now=now, changes=changes)
    steps.assign(row, Task.DESK, row.desk_id, now=now)
    steps.shown(row)
    return row


def accept(town, row, at=RC, now=NOW):
    return desk.accept_case(case=row.pk, by=town.head(at), now=now)


def dispatch(town, row, unit=PC, at=RC, now=NOW):
    return dispatching.dispatch_case(case=row.pk, unit=town.bodies[unit].pk, by=town.head(at), now=now)


def dispatched(town, unit=PC, at=RC, now=NOW, **facts):
    """Accepted and given to a unit."""
    row = submit(town, at=at, now=now, **facts)
    accept(town, row, at, now)
    return dispatch(town, row, unit, at, now)


def signed(town, unit=PC, at=RC, now=NOW, **facts):
    row = dispatched(town, unit, at, now, **facts)
    return work.sign_case(case=row.pk, by=town.head(unit), now=now)


def again(row):
    return Case.objects.select_related("desk", "unit", "group").get(pk=row.pk)


def reply(town, row, unit=PC, now=NOW + timedelta(hours=2), **more):
    return closing.reply_case(case=row.pk, text="换了灯泡，亮了。", result="solved", by=town.head(unit), now=now, **more)


def check(town, row, approve=True, at=RC, now=NOW + timedelta(hours=3), why=""):
    return closing.check_reply(case=row.pk, approve=approve, why=why, by=town.head(at), now=now)


def let_pass(now):
    """The tickers, and what the outbox brings."""
    pass_due(now)
    for row in Deadline.objects.filter(state="passed", subject_kind="case"):
        time.pass_clock(deadline=row.pk, now=now)
    time.resume_reviewed(now=now)
    time.close_uncalled(now=now)


def inbox(person):
    rows = Delivery.objects.filter(person=person, channel="inbox").select_related("message").order_by("pk")
    return [row.message.template for row in rows]


__all__ = [
    "DI", "NOW", "OC", "PC", "RC", "SO", "ST", "Town", "accept", "again", "check", "dispatch", "dispatched", "inbox", "let_pass", "make_town", "reply",
    "signed", "submit",
]  # fmt: skip
