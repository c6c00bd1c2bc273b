"""Questions as things that the moderators of their place may hide, by the forum's own acts, log and appeals.

Who was asked, owes the answer, looks after it or asked has a part in it and decides nothing: an office cannot hide what it is
asked. Its clock runs on, hidden or not.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.design.light import light
from linli.forum.api import ActKind, Thing, ThingKind, ref_of, register_thing
from linli.people.api import Person, Post

from .actions import steps
from .models import Question

NAME = "question"


def find(key: UUID, lock: bool) -> Thing | None:
    """Only what is, or was before it was hidden, everybody's to read."""
    rows = Question.objects.select_related("place", "asker").prefetch_related("duties")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    question = rows.filter(pk=key).first()
    if question is None or question.is_private or question.withdrawn:
        return None
    parties = {question.asked_of_id, question.asker_body_id}
    for duty in question.duties.all():
        parties |= {duty.office_id, duty.above_id}
    return Thing(
        ref_of(NAME, key), question, question.place, question.title, light(question.text), question.asked_at, _author(question),
        frozenset(party for party in parties if party is not None), question.is_hidden,
    )  # fmt: skip


def _author(question: Question) -> Person | None:
    """The asker; of a body, who asked in its name."""
    if question.asker_post is None:
        return question.asker
    return Person.objects.filter(pk__in=Post.objects.filter(pk=question.asker_post).values("person")).first()


def turn(key: UUID, said: str | None, now: datetime) -> None:
    """Hide it, with the article and reason that stand in its place, or bring it back (None)."""
    Question.objects.filter(pk=key).update(hidden_at=now if said is not None else None, hidden_as=said or "")
    steps.shown(Question.objects.select_related("place", "asked_of").get(pk=key))


def url(key: UUID) -> str:
    return reverse("deliberation:question", args=[key])


register_thing(
    NAME,
    ThingKind(
        _("提问"), find, turn, url,
        {ActKind.HIDE: _("隐去了一个提问"), ActKind.RESTORE: _("恢复了一个提问")},
    ),
)  # fmt: skip
