"""Who comes to the desk of service items, and to which of them."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest

from linli.common.errors import UserError
from linli.people.api import Actor

from ..models import Item
from ..permissions import may_edit
from ..queries.items import kept_by


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def own_item(request: HttpRequest, pk: UUID) -> Item:
    """The item, for who writes for its place; for all others it is not there."""
    actor = actor_of(request)
    item = kept_by(actor).select_related("current").filter(pk=pk).first()
    if item is None or not may_edit(actor, item):
        raise Http404
    return item


def blame(form: forms.Form, error: UserError) -> None:
    """At its field where the form has it, else over the form."""
    form.add_error(error.field if error.field in form.fields else None, str(error))
