"""Questions as the pages of sites, an account and a desk show them. Every list takes a fixed number of statements."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from linli.areas.api import Area
from linli.people.api import Actor
from linli.sites.api import Site

from ..models import AnswerTemplate, Duty, Question, Signature
from ..models.question import QuestionQuerySet
from ..permissions import answers_for
from ..rules import OWED, QuestionState, Theme

S = QuestionState
SHOWS = ("open", "answered", "gathering", "overdue")
DESK = ("today", "overdue", "open", "above", "done")


def of_site(site: Site) -> QuestionQuerySet:
    """What everybody reads at a site: of its place and all below it."""
    return Question.objects.public().at(site.place)


def listed(site: Site, *, show: str, theme: str, now: datetime) -> QuestionQuerySet:
    """Without a filter the newest first; what is overdue, the longest first."""
    rows = of_site(site).whole().exclude(state=S.CLOSED, put_at=None)
    if theme in Theme.values:
        rows = rows.filter(theme=theme)
    if show == "overdue":
        return rows.overdue(now).order_by("duties__due", "pk")
    if show == "open":
        return rows.owed().order_by("-put_at", "-pk")
    if show == "answered":
        return rows.exclude(answered_at=None).order_by("-answered_at", "-pk")
    if show == "gathering":
        return rows.filter(state=S.ASKED).order_by("-signed", "-pk")
    return rows.order_by("-asked_at", "-pk")


def counts(place: Area, now: datetime) -> dict[str, int]:
    """How many wait, are answered, are overdue and look for signatures; one statement."""
    late = Q(state__in=OWED, duties__current=True, duties__due__lte=now)
    rows = Question.objects.public().at(place)
    return rows.aggregate(
        open=Count("pk", filter=Q(state__in=OWED), distinct=True),
        answered=Count("pk", filter=~Q(answered_at=None), distinct=True),
        overdue=Count("pk", filter=late, distinct=True),
        gathering=Count("pk", filter=Q(state=S.ASKED), distinct=True),
    )


def next_change(place: Area, now: datetime) -> datetime | None:
    """The next moment at which time alone makes a question of the place overdue."""
    rows = Duty.objects.filter(
        question__place__path__under=place.path, current=True, answered_at=None, dropped_at=None, due__gt=now
    )
    return rows.order_by("due").values_list("due", flat=True).first()


def one(pk: UUID) -> Question | None:
    """A question with all that its page shows."""
    rows = Question.objects.whole().select_related("asked_of").prefetch_related("answers__office")
    return rows.filter(pk=pk).first()


def has_signed(person_id: UUID | None, question: Question) -> bool:
    return person_id is not None and Signature.objects.filter(question=question, person=person_id).exists()


def asked_by(actor: Actor) -> QuestionQuerySet:
    """One's own questions, or those of the body for which one acts; the newest first."""
    rows = Question.objects.whole()
    if actor.acting is not None:
        return rows.filter(asker_body=actor.acting.body_id).order_by("-pk")
    return rows.filter(asker=actor.principal).order_by("-pk") if actor.principal else rows.none()


def signed_by(actor: Actor) -> QuestionQuerySet:
    """What one signed and did not ask."""
    person = actor.principal
    if person is None or actor.acting is not None:
        return Question.objects.none()
    rows = Question.objects.public().whole().filter(signatures__person=person)
    return rows.exclude(asker=person).order_by("-signatures__at")


def on_desk(actor: Actor, *, show: str, theme: str, now: datetime, midnight: datetime) -> QuestionQuerySet:
    """What the acting body owes or looks after; the one that is due first stands first."""
    if not answers_for(actor):
        return Question.objects.none()
    body = actor.acting.body_id  # type: ignore[union-attr]
    rows = Question.objects.whole().filter(withdrawn=False)
    if theme in Theme.values:
        rows = rows.filter(theme=theme)
    own = Q(duties__current=True, duties__office=body)
    if show == "done":
        return (
            rows.filter(own | Q(duties__current=True, duties__above=body))
            .exclude(state__in=OWED)
            .order_by("-answered_at", "-pk")
        )
    rows = rows.owed()
    if show == "above":
        return rows.filter(duties__current=True, duties__above=body).order_by("duties__due", "pk")
    if show == "overdue":
        own &= Q(duties__due__lte=now)
    elif show == "today":
        own &= Q(duties__due__gt=now, duties__due__lte=midnight)
    return rows.filter(own).order_by("duties__due", "pk")


def desk_counts(actor: Actor, now: datetime, midnight: datetime) -> dict[str, int]:
    """How many are due today, overdue, waiting, and raised to the acting body; one statement."""
    if not answers_for(actor):
        return dict.fromkeys(DESK, 0)
    body = actor.acting.body_id  # type: ignore[union-attr]
    rows = Duty.objects.filter(current=True, question__state__in=OWED, question__withdrawn=False)
    own = Q(office=body)
    return rows.aggregate(
        today=Count("pk", filter=own & Q(due__gt=now, due__lte=midnight)), overdue=Count("pk", filter=own & Q(due__lte=now)),
        open=Count("pk", filter=own), above=Count("pk", filter=Q(above=body)),
    )  # fmt: skip


def templates_of(actor: Actor, theme: str = "") -> list[AnswerTemplate]:
    """The texts of the acting body; those of the theme first."""
    if not answers_for(actor):
        return []
    rows = AnswerTemplate.objects.filter(body=actor.acting.body_id).order_by("title")  # type: ignore[union-attr]
    return sorted(rows, key=lambda row: row.theme != theme)


def for_feed(site: Site, limit: int) -> list[Question]:
    rows = (
        of_site(site)
        .exclude(put_at=None)
        .select_related("asker", "asker_body", "asked_of")
        .prefetch_related("answers__office")
    )
    return list(rows.order_by("-put_at", "-pk")[:limit])


def neighbours_count(question: Question) -> int:
    """How many others ask the same."""
    return max(question.signed - (1 if question.asker_body_id is None else 0), 0)
