"""Questions in the world of the policy: a public one at every site, and what each office owes, asked and wrote."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from linli.areas.api import Area
from linli.common import clock
from linli.deliberation.models import Answer, AnswerTemplate, Duty, Question, QuestionStep
from linli.people.models import Body, Person
from linli.people.rules import Role

_n = count(1)
ANSWERING = {
    Role.PROPERTY_COMPANY, Role.OWNERS_COMMITTEE, Role.RESIDENTS_COMMITTEE, Role.SERVICE_STATION, Role.STREET_OFFICE, Role.DISTRICT,
}  # fmt: skip


def at_spot(area: Area, body: Body, asker: Person) -> dict[str, Any]:
    """One that waits, one that was answered, and a template of the spot's body."""
    owed, answered = _question(area, body, asker), _question(area, body, asker, answered=True)
    return {
        "question": owed,
        "office_body": body,
        "owed_question": owed,
        "asked_question": answered,
        "answer_template": _template(body),
    }


def of_body(role: Role, place: Area, body: Body, person: Person) -> dict[str, Any]:
    """What the actor's own body owes, and its template, where his role answers."""
    if role not in ANSWERING:
        return {}
    return {"owed_question": _question(place, body, person), "answer_template": _template(body)}


def of_person(place: Area, body: Body, person: Person) -> dict[str, Any]:
    """What a resident asked and was answered."""
    return {"asked_question": _question(place, body, person, answered=True)}


def _question(place: Area, body: Body, asker: Person, *, answered: bool = False) -> Question:
    now, state = clock.now(), "answered" if answered else "routed"
    question = Question.objects.create(
        year=2026, serial=next(_n), place=place, state=state, title=f"问{place.pk}", text="为什么", asked_of=body, asker=asker,
        asked_at=now, put_at=now, changed_at=now, signed=1, answered_at=now if answered else None,
    )  # fmt: skip
    Duty.objects.create(
        question=question, round=1, office=body, started_at=now, amount=3, unit="working-day", due=now + timedelta(days=5),
        answered_at=now if answered else None,
    )  # fmt: skip
    QuestionStep.objects.create(question=question, at=now, done="route", state=state, to=body, round=1)
    if answered:
        Answer.objects.create(question=question, round=1, office=body, by=asker, at=now, text="因为")
    return question


def _template(body: Body) -> AnswerTemplate:
    return AnswerTemplate.objects.create(
        body=body, title=f"模板{next(_n)}", text="好", changed_at=clock.now()
    )
