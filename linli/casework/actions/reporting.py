"""Report: by oneself, for another by mandate, at the counter or on the telephone, with or without an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.common.ids import digits_code
from linli.common.text import clean, fold
from linli.files.api import File
from linli.people.api import (
    Actor,
    Body,
    BodyKind,
    MandateScope,
    bodies_serving,
    may,
    nearest_body,
    next_above,
)

from .. import clocks, told
from ..models import Case, Identity, Spot
from ..permissions import C
from ..pictures import keep_pictures
from ..queries.own import waiting_of
from ..rules.promise import last_day
from ..rules.states import CaseState
from ..rules.words import CODE_LENGTH, MOST_OPEN, TITLE, UNITS, Channel, Secrecy, Task, Urgency, Visibility
from ..themes import OTHER, theme, themes
from . import steps
from .groups import join

PASSPHRASE = 6  # at least
_ENDS, _COMMAS = "。！？!?；;", "，,"
CLAUSE = 6  # characters before a comma that make a title


@dataclass(frozen=True)
class CaseFacts:
    """What is reported. `key`: the form's, sent twice it is one; `group_with`: a case about the same; `name` and `phone`
    are sealed; `pictures` wait under the form's key; `consent`: whoever calls agrees to what was noted of him."""

    key: str
    place: Area
    text: str = ""
    kind: str = ""
    theme: str = ""
    urgency: str = ""
    channel: str = Channel.WEB
    spot: Spot | None = None
    spot_text: str = ""
    latitude: int | None = None
    longitude: int | None = None
    wish: str = ""
    secrecy: str = Secrecy.NAMED
    visibility_asked: bool = False
    against: Body | None = None
    name: str = ""
    phone: str = ""
    passphrase: str = ""
    from_post: str = ""
    group_with: UUID | None = None
    pictures: tuple[File, ...] = ()
    consent: str = ""


@transaction.atomic
def submit_case(*, facts: CaseFacts, by: Actor | None, now: datetime) -> Case:
    """A new case with its code; the reporter's clock runs. The same form sent twice makes one.

    Raises UserError at the field that is wrong, NotAllowed for a post that may not write for others there.
    """
    known = Case.objects.filter(key=facts.key).first()
    if known is not None:
        return known
    clerk = _clerk(facts, by)
    _check(facts, by, clerk, now)
    desk = desk_of(facts.place, facts.against, clock.local_date(now))
    try:
        with transaction.atomic():
            case = Case.objects.create(made_at=now, changed_at=now, desk=desk, **_columns(facts, by, clerk))
    except IntegrityError:  # the same form at the same moment
        return Case.objects.get(key=facts.key)
    _seal(case, facts, by, clerk, now)
    keep_pictures(case, facts.pictures, now)
    answer = clocks.open_clock(case, clocks.ANSWER[Urgency(case.urgency)], start=now, now=now)
    changes = {
        "code": digits_code(CODE_LENGTH), "submitted_at": now, "due": answer.due, "due_day": answer.day, "first_due": answer.due,
    }  # fmt: skip
    voice = by if clerk else None
    inner = facts.consent if clerk else ""
    case = steps.step(case, "submit", by=voice, now=now, changes=changes, to_id=desk.pk, due=answer.due, due_day=answer.day, inner=inner)
    steps.assign(case, Task.DESK, desk.pk, now=now)
    if facts.group_with is not None:
        case = join(case, facts.group_with, by=voice, now=now)
    steps.written(case, "submit", heard(case, by), now)
    assert answer.due is not None
    last = last_day(answer.due, answer.day)
    told.tell_reporter(case, told.RECEIVED, now, desk=desk.name, month=last.month, day=last.day)
    steps.shown(case)
    return case


def heard(case: Case, by: Actor | None) -> Actor | None:
    """Who stands in the audit log: of a secret report nobody, but the clerk who wrote it down."""
    if by is None or by.person is None or (case.secrecy != Secrecy.NAMED and by.acting is None):
        return None
    return by


def desk_of(place: Area, against: Body | None, day: date) -> Body:
    """The residents' committee nearest to the place, or the level above where that is whom the complaint names."""
    found = nearest_body(place, BodyKind.RESIDENTS_COMMITTEE, day) or next_above(BodyKind.RESIDENTS_COMMITTEE, place, day)
    while found is not None and against is not None and found.pk == against.pk:
        found = next_above(found.kind, place, day)
    if found is None:
        raise UserError(_("这里还没有受理的单位，请打电话"), field="where")
    return found


def bodies_named(place: Area, day: date) -> list[Body]:
    """Whom a complaint there may name."""
    return bodies_serving(place, UNITS, day)


def title_of(text: str) -> str:
    """The first clause that says something, cut to half a line."""
    line = " ".join(text.split())
    ends = [at for at, mark in enumerate(line) if mark in _ENDS or (mark in _COMMAS and at >= CLAUSE)]
    first = line[: ends[0]] if ends and ends[0] else line
    return first if len(first) <= TITLE // 2 else first[: TITLE // 2 - 1] + "…"


def _clerk(facts: CaseFacts, by: Actor | None) -> bool:
    """Whether a post writes it down for somebody else."""
    if by is None or by.acting is None:
        if by is not None and not by.may_for_other(MandateScope.REQUESTS):
            raise NotAllowed("mandate")
        return False
    if not may(by, C.CASE_ENTER, facts.place):
        raise NotAllowed("enter")
    return True


def _check(facts: CaseFacts, by: Actor | None, clerk: bool, now: datetime) -> None:
    if not facts.text.strip() and facts.theme not in themes():
        raise UserError(_("点一类，或写一句是什么事"), field="text")
    if facts.against is not None and facts.against not in bodies_named(facts.place, clock.local_date(now)):
        raise UserError(format_lazy(_("{body}不管这里，请换一个单位"), body=facts.against.name), field="against")
    person = by.principal if by is not None and not clerk else None
    if facts.secrecy == Secrecy.ANONYMOUS:
        if len(fold(facts.passphrase)) < PASSPHRASE:
            raise UserError(format_lazy(_("口令至少 {n} 个字，查进度要用"), n=PASSPHRASE), field="passphrase")
    elif person is None and not facts.phone:
        raise UserError(_("留一个手机号，或选匿名"), field="phone")
    if clerk and facts.channel not in (Channel.PHONE, Channel.COUNTER):
        raise UserError(_("选一下：来电还是窗口"), field="channel")
    if clerk and facts.secrecy != Secrecy.ANONYMOUS and not facts.consent:
        raise UserError(_("先问过本人同意登记姓名和电话"), field="consent")
    if person is not None and facts.secrecy != Secrecy.ANONYMOUS and waiting_of(person.pk) >= MOST_OPEN:
        raise UserError(format_lazy(_("您有 {n} 件事还在等答复，有急事请打电话"), n=MOST_OPEN))


def _columns(facts: CaseFacts, by: Actor | None, clerk: bool) -> dict[str, Any]:
    about = theme(facts.theme or OTHER)
    text = clean(facts.text).replace("\r\n", "\n") or about.zh
    named = facts.secrecy == Secrecy.NAMED and by is not None and not clerk
    kind = facts.kind or ("complaint" if facts.against is not None else about.kind)
    return {
        "key": facts.key, "state": CaseState.DRAFT,
        "kind": kind, "theme": about.key, "urgency": facts.urgency or about.urgency, "channel": facts.channel, "place": facts.place,
        "spot": facts.spot, "spot_text": clean(facts.spot_text), "latitude": facts.latitude, "longitude": facts.longitude,
        "title": title_of(text), "text": text, "wish": clean(facts.wish), "secrecy": facts.secrecy, "against": facts.against,
        "visibility": Visibility.ASKED if facts.visibility_asked else Visibility.PRIVATE, "from_post": facts.from_post,
        "reporter": by.principal if named and by is not None else None,
        "by": by.person if by is not None and (clerk or (named and by.mandate is not None)) else None,
        "passphrase": make_password(fold(facts.passphrase)) if facts.secrecy == Secrecy.ANONYMOUS else "",
    }  # fmt: skip


def _seal(case: Case, facts: CaseFacts, by: Actor | None, clerk: bool, now: datetime) -> None:
    """Who reported, apart from the case: the account of a confidential one, name and phone of who has none."""
    person = by.principal if by is not None and not clerk else None
    if case.secrecy == Secrecy.ANONYMOUS or (case.secrecy == Secrecy.NAMED and person is not None):
        return
    Identity.objects.create(
        case=case, person=str(person.pk) if person is not None else "", name=clean(facts.name), phone=facts.phone, made_at=now
    )
