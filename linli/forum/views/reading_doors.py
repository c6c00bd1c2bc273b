"""What the views of reading share: who reads, the way back, and errors of verbs at fields."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.urls import reverse

from linli.common.errors import UserError
from linli.common.slots import Link
from linli.people.api import Person

from ..models import Board, Topic
from ..queries.boards import name_of
from .common import actor_of


def me(request: HttpRequest) -> Person:
    person = actor_of(request).person
    assert isinstance(person, Person)
    return person


def crumbs(board: Board, topic: Topic | None = None) -> list[Link]:
    """The way back: the board, the topic."""
    links = [Link(name_of(board), reverse("forum:board", args=[board.pk]))]
    if topic is not None:
        links.append(Link(topic.title, reverse("forum:topic", args=[topic.pk])))
    return links


def blame(form: forms.Form, error: UserError) -> None:
    """At its field where the form has it, else over the form."""
    form.add_error(error.field if error.field in form.fields else None, str(error))


def number_of(text: str) -> int | None:
    """A number from an address or a form; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None
