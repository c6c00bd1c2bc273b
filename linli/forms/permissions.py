"""Who makes forms, reads what was sent, and types in for others. What a body asks for is read by that body alone."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import Q, QuerySet

from linli.people import api as people
from linli.people.api import Actor, Role, may_anywhere

from .models import FormKind
from .rules.states import Audience


class F(StrEnum):
    FORM_EDIT = "form.edit"  # make, change, publish and withdraw the forms of one's own body
    FORM_READ = "form.read"  # read and take out what was sent to one's own body
    FORM_TYPE = "form.type"  # type in for somebody at the counter, on the telephone or from paper


people.register(
    F,
    {
        Role.RESIDENTS_COMMITTEE: {F.FORM_EDIT, F.FORM_READ, F.FORM_TYPE},
        Role.SERVICE_STATION: {F.FORM_EDIT, F.FORM_READ, F.FORM_TYPE},
        Role.STREET_OFFICE: {F.FORM_EDIT, F.FORM_READ, F.FORM_TYPE},
        Role.OWNERS_COMMITTEE: {F.FORM_EDIT, F.FORM_READ},
        Role.PROPERTY_COMPANY: {F.FORM_EDIT, F.FORM_READ},
        Role.CALL_AGENT: {F.FORM_TYPE},
    },
)


def is_of(actor: Actor, permission: F, kind: FormKind) -> bool:
    """Whether the form is the acting body's own, and his post gives the permission."""
    return actor.acting is not None and actor.acting.body_id == kind.body_id and may_anywhere(actor, permission)


def own_kinds(actor: Actor) -> QuerySet[FormKind]:
    return FormKind.objects.filter(body=actor.acting.body_id if actor.acting else None)


def may_type(actor: Actor, kind: FormKind) -> bool:
    """Whether the actor types in this form: it is for his place, for one above it or for one below it."""
    return any(related(kind.place.path, path) for path in actor.paths_for(F.FORM_TYPE))


def typed_kinds(actor: Actor) -> QuerySet[FormKind]:
    """The forms that the actor may type in: of his places, of those above and of those below."""
    wanted = Q(pk=None)
    for path in actor.paths_for(F.FORM_TYPE):
        above = [int(part) for part in path.strip("/").split("/")]
        wanted |= Q(place__path__under=path) | Q(place__in=above)
    return FormKind.objects.filter(wanted)


def related(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def may_begin(actor: Actor, kind: FormKind) -> bool:
    """Whether the actor may begin the form at its own address, as a resident."""
    match kind.audience:
        case Audience.ANYONE:
            return True
        case Audience.SIGNED_IN:
            return actor.person is not None
        case Audience.RESIDENTS:
            return actor.person is not None and any(kind.place.contains(stay.path) for stay in actor.stays)
    return False
