"""Who asks, what he may open, and how a verb's error comes back to its field."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest

from linli.common.errors import UserError
from linli.common.states import UnknownTransition
from linli.people.api import Actor
from linli.sites.api import nearest_site, stand_in

from ..models import Question
from ..permissions import handles, is_askers, may_see
from ..queries import questions as read


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def framed(request: HttpRequest, pk: UUID, *, or_hidden: bool = False) -> Question:
    """The question in the frame of its site, for who may see it; for all others it is not there, but (`or_hidden`) for
    what stood there in public."""
    question = read.one(pk)
    site = nearest_site(question.place) if question is not None else None
    if question is None or site is None:
        raise Http404
    stood = or_hidden and question.is_hidden and not question.is_private and not question.withdrawn
    if not stood and not may_see(actor_of(request), question):
        raise Http404
    stand_in(request, site)
    return question


def own(request: HttpRequest, pk: UUID) -> Question:
    """The question of whoever asked it."""
    question = framed(request, pk)
    if not is_askers(actor_of(request), question):
        raise Http404
    return question


def handled(request: HttpRequest, pk: UUID) -> Question:
    """The question on the desk of an office that owes or looks after it."""
    question = read.one(pk)
    if question is None or not handles(actor_of(request), question):
        raise Http404
    return question


def blame(form: forms.Form, error: UserError, faster: Any) -> None:
    """At its field where the form has it, else over the form; `faster`: what to say where somebody else was first."""
    if isinstance(error, UnknownTransition):
        form.add_error(None, str(faster))
    else:
        form.add_error(error.field if error.field in form.fields else None, str(error))
