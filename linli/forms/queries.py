"""Reads of forms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from linli.people.api import Person

from .models import Filling, FormKind, FormVersion, hash_of
from .rules.definition import Definition
from .rules.states import FillingState, VersionState


def used_version(kind: FormKind) -> FormVersion | None:
    return FormVersion.objects.filter(kind=kind, state=VersionState.PUBLISHED).select_related("kind__place", "kind__body").first()


def with_counts(kinds: QuerySet[FormKind]) -> QuerySet[FormKind]:
    """For lists: whether in use, whether there is a draft, how many were sent and when the last."""
    sent = Q(versions__fillings__state=FillingState.SENT)
    return (
        kinds.select_related("place", "body")
        .annotate(
            in_use=Max("versions__number", filter=Q(versions__state=VersionState.PUBLISHED)),
            in_draft=Max("versions__number", filter=Q(versions__state=VersionState.DRAFT)),
            sent=Count("versions__fillings", filter=sent), last=Max("versions__fillings__sent_at", filter=sent),
        )
        .order_by("title", "pk")
    )  # fmt: skip


def typed_in_use(kinds: QuerySet[FormKind]) -> QuerySet[FormKind]:
    return kinds.filter(versions__state=VersionState.PUBLISHED).select_related("body", "place").order_by("title", "pk")


def filling(pk: UUID) -> Filling | None:
    return Filling.objects.select_related("version__kind__place", "version__kind__body", "person").filter(pk=pk).first()


def filling_of_token(token: str, now: datetime) -> Filling | None:
    """The form that a link leads to, while it waits for its end."""
    rows = Filling.objects.begun().filter(token_hash=hash_of(token), expires_at__gt=now)
    return rows.select_related("version__kind").first() if 0 < len(token) <= 64 else None


def own_fillings(person: Person) -> QuerySet[Filling]:
    rows = Filling.objects.filter(person=person).exclude(state=FillingState.DROPPED)
    return rows.select_related("version__kind__body").order_by("-changed_at", "pk")


def sent_to(kind: FormKind) -> QuerySet[Filling]:
    """What was sent, the newest first."""
    rows = Filling.objects.sent().filter(version__kind=kind).select_related("version", "person")
    return rows.order_by("-sent_at", "pk")


def all_questions(kind: FormKind) -> Iterator[tuple[str, Definition]]:
    """The questions of all versions that were ever in use, the newest words first, each key once."""
    seen: set[str] = set()
    for version in FormVersion.objects.filter(kind=kind).exclude(published_at=None).order_by("-number"):
        definition = version.definition
        for one in definition.fields:
            if one.key not in seen:
                seen.add(one.key)
                yield one.key, definition
