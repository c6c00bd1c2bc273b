"""Who may ask, sign and answer; whose question it is."""

from __future__ import annotations

from enum import StrEnum

from linli.areas.api import Area
from linli.forum.api import moderates
from linli.people import api as people
from linli.people.api import Actor, Role, may

from .models import Duty, Question
from .rules import ANSWERING, OWED, Visibility


class D(StrEnum):
    QUESTION_ASK = "question.ask"  # put a question where one lives or works, or in the name of one's body
    QUESTION_SIGN = "question.sign"  # ask the same: residents alone
    QUESTION_ANSWER = "question.answer"  # the desk: answer, transfer, pause what one's own body owes
    QUESTION_RULES = "question.rules"  # set how many signatures put a joint question


_BODIES = (Role.OWNERS_COMMITTEE, Role.RESIDENTS_COMMITTEE, Role.SERVICE_STATION, Role.PROPERTY_COMPANY)
_GRANTS: dict[Role, set[D]] = {role: {D.QUESTION_ANSWER} for role in ANSWERING}
for _role in _BODIES:
    _GRANTS[_role].add(D.QUESTION_ASK)
for _role in (Role.MEMBER, Role.RESIDENT, Role.OWNER):
    _GRANTS[_role] = {D.QUESTION_ASK, D.QUESTION_SIGN}
for _role in (Role.RESIDENTS_COMMITTEE, Role.STREET_OFFICE):
    _GRANTS[_role].add(D.QUESTION_RULES)
people.register(D, _GRANTS)


def may_ask(actor: Actor, place: Area) -> bool:
    """Whether the actor lives, works or acts for a body at the place, below it, or (a body) around it."""
    return any(
        path.startswith(place.path) or (actor.acting is not None and place.path.startswith(path))
        for path in actor.paths_for(D.QUESTION_ASK)
    )


def may_sign(actor: Actor, question: Question) -> bool:
    """Whether the actor lives or works where the question stands."""
    return question.visibility != Visibility.PRIVATE and any(
        path.startswith(question.place.path) for path in actor.paths_for(D.QUESTION_SIGN)
    )


def is_askers(actor: Actor, question: Question) -> bool:
    """His own question, or his body's."""
    if question.asker_body_id is not None:
        return (
            actor.acting is not None
            and actor.acting.body_id == question.asker_body_id
            and D.QUESTION_ASK in actor.permissions
        )
    return actor.principal is not None and actor.principal.pk == question.asker_id


def answers_for(actor: Actor) -> bool:
    return actor.acting is not None and D.QUESTION_ANSWER in actor.permissions


def owes(actor: Actor, duty: Duty | None) -> bool:
    """Whether the actor now works for the office that owes the answer."""
    return duty is not None and answers_for(actor) and actor.acting.body_id == duty.office_id  # type: ignore[union-attr]


def looks_after(actor: Actor, duty: Duty | None) -> bool:
    """Whether the actor now works for the office to which it was raised."""
    return duty is not None and answers_for(actor) and actor.acting.body_id == duty.above_id  # type: ignore[union-attr]


def handles(actor: Actor, question: Question) -> bool:
    """Whether it stands on the actor's desk: his body owes the answer of a round, gave it, or looks after it."""
    if not answers_for(actor):
        return False
    body = actor.acting.body_id  # type: ignore[union-attr]
    return any(body in (duty.office_id, duty.above_id) for duty in question.duties.all())


def may_answer(actor: Actor, question: Question) -> bool:
    duty = question.duty
    return question.state in OWED and (owes(actor, duty) or looks_after(actor, duty))


def may_see(actor: Actor, question: Question) -> bool:
    """Everybody what is public; the asker and the handlers the rest; what was hidden also those who keep order there."""
    if question.is_public or is_askers(actor, question) or handles(actor, question):
        return True
    return question.is_hidden and may_hide(actor, question)


def may_hide(actor: Actor, question: Question) -> bool:
    """Whether he keeps order where it stands, in what everybody may (or might) read."""
    return not question.is_private and not question.withdrawn and moderates(actor, question.place)


def may_set_joint(actor: Actor, place: Area) -> bool:
    return actor.acting is not None and actor.acting.is_head and may(actor, D.QUESTION_RULES, place)
