"""Public questions with their answers as things that can be found."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.design.light import plain
from linli.search.api import Entry, drop_entries, put_entries, register_kind

from .models import Question

KIND = "question"


def describe(question: Question) -> Entry:
    answers = [plain(answer.text, 2000) for answer in question.answers.all()]
    text = " ".join(filter(None, [
        question.number, question.asked_of.name, question.place.name, plain(question.text, 3000), *answers,
    ]))  # fmt: skip
    return Entry(
        kind=KIND, subject=str(question.pk), title=question.title, url=reverse("deliberation:question", args=[question.pk]),
        text=text, place=question.place.path, at=question.put_at or question.asked_at,
    )  # fmt: skip


def every_entry() -> Iterator[Entry]:
    rows = Question.objects.public().select_related("place", "asked_of").prefetch_related("answers")
    for question in rows.iterator(500):
        yield describe(question)


def renew(question: Question) -> None:
    """As it should be found now, or not at all."""
    if question.is_public:
        put_entries([describe(question)])
    else:
        drop_entries(kind=KIND, subjects=[question.pk])


register_kind(KIND, _("提问"), every_entry, order=35)
