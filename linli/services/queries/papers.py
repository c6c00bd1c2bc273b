"""Reading people's papers: one's own, and those that are shown to one's office."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from linli.files.api import File
from linli.people.api import Actor, Body, Person, Residency

from ..models import Paper, PaperShare, PaperVersion
from ..permissions import V
from .items import OFFICES

OWNER = "paper"  # the kind of owner of the files


def papers_of(person: Person) -> list[Paper]:
    """With their versions, the newest first of each, and what is shown to whom."""
    shares = Prefetch("shares", PaperShare.objects.select_related("body").order_by("-given_at"))
    versions = PaperVersion.objects.order_by("-number").prefetch_related(shares)
    return list(
        Paper.objects.filter(person=person)
        .prefetch_related(Prefetch("versions", versions))
        .order_by("kind", "name", "pk")
    )


def own_paper(person: Person, pk: UUID) -> Paper | None:
    return next((paper for paper in papers_of(person) if paper.pk == pk), None)


def newest(paper: Paper) -> PaperVersion:
    version: PaperVersion = paper.versions.all()[0]
    return version


def files_of(version: PaperVersion) -> list[File]:
    return list(File.objects.filter(owner_kind=OWNER, owner_id=str(version.pk)).order_by("at", "pk"))


def offices_near(person: Person, day: date) -> QuerySet[Body]:
    """Offices of the places where the person lives or works; all offices where nothing is known of that."""
    stays = Residency.objects.filter(person=person).verified_on(day).select_related("area")
    keys = {key for stay in stays for key in (*stay.area.ancestor_ids, stay.area_id)}
    rows = Body.objects.valid_on(day).filter(kind__in=OFFICES)
    if keys:
        rows = rows.filter(places__area__in=keys, places__until=None)
    return rows.distinct().order_by("-kind", "name", "pk")


def shown_to(actor: Actor, now: datetime) -> QuerySet[PaperShare]:
    """What people let the actor's office look at now, the newest first; nobody's own."""
    acting = actor.acting
    if acting is None or V.PAPER_SEE not in actor.permissions:
        return PaperShare.objects.none()
    rows = (
        PaperShare.objects.in_force(now)
        .filter(body=acting.body_id)
        .exclude(version__paper__person=actor.person_id)
    )
    return rows.select_related("version__paper__person", "body").order_by("-given_at", "pk")


def share_of_version(version: str, actor: Actor, now: datetime) -> PaperShare | None:
    """By what share the actor's office may look at a version."""
    return shown_to(actor, now).filter(Q(version=version)).first()
