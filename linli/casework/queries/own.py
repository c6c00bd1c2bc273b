"""One's own cases, the confidential ones too: found by the blind index of the person, by himself alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import Q

from linli.common.ids import check
from linli.common.models import AuditRow
from linli.common.sealed import digests
from linli.common.text import fold
from linli.people.api import Actor, MandateScope, Post

from ..models import Case, Identity
from ..models.case import CaseQuerySet
from ..models.identity import PERSON
from ..permissions import is_reporter
from ..rules.looking import Purpose
from ..rules.states import CaseState
from ..rules.words import CODE_LENGTH, Secrecy, plain_code


def identity_of(case: Case) -> Identity | None:
    return Identity.objects.filter(case=case).first()


def is_own(actor: Actor, case: Case) -> bool:
    """Whether the actor reported it, or acts for whom did: by name, or by the sealed key of a confidential one."""
    if is_reporter(actor, case):
        return True
    if actor.principal is None or not actor.may_for_other(MandateScope.REQUESTS):
        return False
    return Identity.objects.filter(case=case, person_index__in=_keys(actor.principal.pk)).exists()


def own_cases(actor: Actor) -> CaseQuerySet:
    """All that the actor (or whom he acts for) reported, the newest first."""
    rows = Case.objects.exclude(state=CaseState.DRAFT).filter(parent=None).select_related("place", "unit", "desk", "group")
    if actor.principal is None or not actor.may_for_other(MandateScope.REQUESTS):
        return rows.none()
    mine = Q(reporter=actor.principal) | Q(identity__person_index__in=_keys(actor.principal.pk))
    return rows.filter(mine).order_by("-submitted_at")


def entered_by(actor: Actor) -> CaseQuerySet:
    """What the actor wrote for others by their mandate."""
    rows = Case.objects.exclude(state=CaseState.DRAFT).select_related("place", "unit", "desk", "group", "reporter")
    if actor.person is None:
        return rows.none()
    return rows.filter(by=actor.person).exclude(reporter=None).order_by("-submitted_at")


def _keys(person: UUID) -> list[str]:
    return digests(PERSON, str(person))


def by_code(typed: str, passphrase: str) -> Case | None:
    """The case of a code, of an anonymous one with its passphrase. A wrong code and a wrong passphrase look the same
    and take as long."""
    code = plain_code(typed)
    found = one_of(code)
    if found is None or found.secrecy != Secrecy.ANONYMOUS:
        if passphrase:
            make_password(fold(passphrase))
        return found
    return found if check_password(fold(passphrase), found.passphrase) else None


def one_of(code: str) -> Case | None:
    if len(code) != CODE_LENGTH or not check(code):
        return None
    return Case.objects.filter(code=code).first()


def whole(pk: UUID) -> Case | None:
    """With all that its page shows."""
    related = ("place", "desk", "unit", "holder__person", "group", "reporter", "against")
    return Case.objects.exclude(state=CaseState.DRAFT).select_related(*related).filter(pk=pk).first()


def waiting_of(person: UUID) -> int:
    """How many of the person's cases wait for an answer."""
    mine = Q(reporter=person) | Q(identity__person_index__in=_keys(person))
    return Case.objects.open().filter(mine).count()


def looks_at(case: Case) -> list[dict[str, Any]]:
    """When, by whom (the body and post, not the person) and for what the sealed reporter of the case was looked at."""
    rows = list(AuditRow.objects.filter(action="case.reveal", subject_kind="case", subject_id=str(case.pk)).order_by("-id"))
    posts = Post.objects.select_related("body").in_bulk([row.post for row in rows if row.post])
    return [
        {"at": row.at, "who": str(posts[row.post].body.name) if row.post in posts else "", "why": _why(row.purpose)} for row in rows
    ]


def _why(purpose: str) -> str:
    return str(Purpose(purpose).label) if purpose in Purpose.values else purpose
