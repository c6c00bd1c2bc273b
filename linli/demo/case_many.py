"""Three thousand cases over 120 days (and some older ones in the archive), from units that answer well and badly."""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from linli.areas.api import Area, Level
from linli.calendar.api import days
from linli.casework import clocks
from linli.casework.models import (
    Assignment,
    CallAttempt,
    Case,
    CaseGroup,
    CaseStep,
    Extension,
    Identity,
    Reply,
)
from linli.casework.rules.states import LIVE, CaseState
from linli.casework.rules.words import WORKING, Channel, Result, Secrecy, Urgency, Visibility
from linli.casework.themes import theme
from linli.common.clock import SHANGHAI
from linli.common.ids import check_digit
from linli.people.api import BodyKind, Post, Residency

from .areas import COMPOUNDS
from .case_life import Life, Manner, Rows
from .case_many_texts import OFTEN, TAILS, TOLD, WISHES

if TYPE_CHECKING:
    from .world import World

SEED, NUMBER, OLD, SPAN = 311, 2960, 40, 120
HOURS = (7, 8, 9, 12, 13, 17, 18, 19, 20, 21, 22)
MANNER = {
    "邻安物业": Manner(30, 4, 8, 12), "运河物业": Manner(85, 14, 34, 30), "丁香后勤": Manner(50, 8, 20, 20),
}  # fmt: skip
USUAL = Manner(26, 2, 6, 8)
OWN = {"石桥头": ("residents_committee",)}  # without a property company


def build(world: World) -> None:
    rng, rows, table = random.Random(SEED), Rows(), days()
    heads = {
        post.body_id: post for post in Post.objects.filter(role__in=WORKING).select_related("person").order_by("is_head", "-since", "-pk")
    }  # fmt: skip
    crowds = {name: _crowd(world, name) for _community, name, *_rest in COMPOUNDS}
    for n in range(NUMBER + OLD):
        case, manner = _case(world, rng, crowds, n)
        if case.secrecy == Secrecy.CONFIDENTIAL:
            rows.identities.append(Identity(case=case, person=str(case.__dict__["whose"]), made_at=case.made_at))
        Life(case, rows, rng, world.now, table, manner, heads).tell()
    _publish(rows, rng)
    groups = _group(rows, rng)
    _store(rows)
    CaseGroup.objects.bulk_create(groups)
    for group in groups:
        Case.objects.filter(pk__in=group.__dict__["members"]).update(group=group)
    _start_clocks(rows)


def _store(rows: Rows) -> None:
    Case.objects.bulk_create(rows.cases, batch_size=400)
    for model, many in (
        (CaseStep, rows.steps), (Assignment, rows.assignments), (Reply, rows.replies), (CallAttempt, rows.calls),
        (Extension, rows.extensions), (Identity, rows.identities),
    ):  # fmt: skip
        model.objects.bulk_create(many, batch_size=800)


def _crowd(world: World, name: str) -> tuple[list[Any], list[Area]]:
    """Who lives there, and its buildings, in a steady order."""
    stays = Residency.objects.filter(area__path__under=world.places[name].path).verified_on(world.today)
    people = list(dict.fromkeys(stays.order_by("area_id", "kind", "pk").values_list("person_id", flat=True)))
    return people, list(Area.objects.filter(parent=world.places[name], level=Level.BUILDING).order_by("sort", "pk"))


def _case(world: World, rng: random.Random, crowds: dict[str, Any], n: int) -> tuple[Case, Manner]:
    compound = rng.choices([one[1] for one in COMPOUNDS], (30, 20, 10, 16, 12, 6, 6))[0]
    people, buildings = crowds[compound]
    key = rng.choices(list(OFTEN), OFTEN.values())[0]
    about, told, building = theme(key), rng.choice(TOLD[key]), rng.choice(buildings)
    words = {
        "b": building.name, "f": rng.randint(2, 6), "u": rng.randint(1, 3), "k": rng.choice(("六点", "七点半", "十点", "十一点"))
    }  # fmt: skip
    desk = world.bodies[_committee(compound)]
    unit, against = _unit(world, compound, about.units, key)
    secrecy = rng.choices((Secrecy.NAMED, Secrecy.CONFIDENTIAL, Secrecy.ANONYMOUS), (86, 6, 8))[0]
    at = _moment(world.now, rng, n)
    urgency = about.urgency if rng.random() < 0.92 else rng.choices(list(Urgency), (1, 4, 10, 5))[0]
    body = str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in range(13))
    case = Case(
        code=body + check_digit(body), key=f"demo-{n}", kind=about.kind, theme=key, urgency=urgency,
        channel=rng.choices((Channel.WEB, Channel.PHONE, Channel.COUNTER), (70, 24, 6))[0], place=building if rng.random() < 0.8 else world.places[compound],
        title=told.title.format(**words)[:60], text=(told.text.format(**words) + rng.choice(TAILS)), wish=rng.choice(WISHES),
        secrecy=secrecy, reporter_id=rng.choice(people) if secrecy == Secrecy.NAMED else None, against=against, desk=desk, unit=unit,
        made_at=at, changed_at=at, result=Result.EXPLAINED if told.explained else "",
    )  # fmt: skip
    case.__dict__["whose"] = rng.choice(people)
    case.__dict__["answer"] = told.reply.format(**words)
    return case, MANNER.get(unit.name, USUAL)


def _moment(now: datetime, rng: random.Random, n: int) -> datetime:
    """Evenings mostly, more of late; the last ones long ago."""
    back = rng.randint(195, 260) if n >= NUMBER else int(SPAN * rng.random() ** 1.15)
    day = now.astimezone(SHANGHAI).date() - timedelta(days=back)
    at = datetime.combine(day, time(rng.choice(HOURS), rng.randint(0, 59), rng.randint(0, 59)), SHANGHAI)
    return min(at, now - timedelta(minutes=rng.randint(6, 300)))


def _committee(compound: str) -> str:
    return next(one[0] for one in COMPOUNDS if one[1] == compound) + "居委会"


def _unit(world: World, compound: str, kinds: tuple[BodyKind, ...], key: str) -> tuple[Any, Any]:
    """Who mostly does it there; a complaint of the company goes past it."""
    community = next(one[0] for one in COMPOUNDS if one[1] == compound)
    company = {"青砖里": "邻安物业", "运河湾": "运河物业", "丁香新村": "丁香后勤"}[community] if compound != "石桥头" else ""
    there = {
        BodyKind.PROPERTY_COMPANY: company, BodyKind.RESIDENTS_COMMITTEE: f"{community}居委会",
        BodyKind.OWNERS_COMMITTEE: f"{compound}业委会", BodyKind.SERVICE_STATION: f"{community}服务站", BodyKind.STREET_OFFICE: "柳渡街道办",
    }  # fmt: skip
    names = [there.get(kind, "") for kind in (*kinds, BodyKind.RESIDENTS_COMMITTEE)]
    against = world.bodies[company] if key == "service" and company else None
    return next(world.bodies[name] for name in names if name in world.bodies and world.bodies[name] != against), against


def _publish(rows: Rows, rng: random.Random) -> None:
    """A third of those that name nobody stand in public, a few wait for the desk's eye."""
    for case in rows.cases:
        if case.kind == "complaint" or case.state == CaseState.REFUSED or case.against is not None:
            continue
        drawn = rng.random()
        if drawn < 0.33:
            case.visibility, case.public_title, case.public_text = Visibility.PUBLIC, case.title, case.text
        elif drawn < 0.36 and case.state in LIVE:
            case.visibility = Visibility.ASKED


def _group(rows: Rows, rng: random.Random) -> list[CaseGroup]:
    """Alike open cases of a compound stand together behind the oldest."""
    alike: dict[tuple[Any, str], list[Case]] = {}
    for case in rows.cases:
        if case.state == CaseState.ACCEPTED or (case.state in LIVE and rng.random() < 0.25):
            alike.setdefault((case.desk.pk, case.theme), []).append(case)
    groups = []
    for members in alike.values():
        found = sorted(members, key=lambda case: case.made_at)[: rng.randint(2, 6)]
        lead, rest = found[0], [case for case in found[1:] if case.state in (CaseState.SUBMITTED, CaseState.ACCEPTED)]
        if rest:
            group = CaseGroup(lead=lead, made_at=rest[0].made_at, size=1 + len(rest))
            group.__dict__["members"] = [lead.pk, *(case.pk for case in rest)]
            groups.append(group)
    return groups


def _start_clocks(rows: Rows) -> None:
    """The clocks of what is open, as their verbs open them; the dates of the cases are theirs."""
    for case in rows.cases:
        if case.state not in LIVE or case.submitted_at is None:
            continue
        kinds = [(clocks.ANSWER[case.urgency], case.submitted_at)] if case.answered_at is None else []
        if case.dispatched_at is not None and case.answered_at is None:
            kinds.append((clocks.WORK[case.urgency], case.dispatched_at))
        stage = clocks.stage_kind(case)
        if stage is not None:
            kinds.append((stage, case.changed_at))
        for kind, start in kinds:
            clocks.open_clock(case, kind, start=start, now=start)
