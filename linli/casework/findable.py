"""Public cases as things that can be found: by their redacted words alone."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Level
from linli.search.api import Entry, drop_entries, put_entries, register_kind
from linli.sites.api import MapEntry, Site, SiteKind, list_in_map

from .models import Case
from .permissions import is_public
from .queries.public import where
from .themes import theme

KIND = "case"


def describe(case: Case) -> Entry:
    about, place = theme(case.theme), where([case])[case.pk]
    return Entry(
        kind=KIND, subject=str(case.pk), title=case.public_title, url=reverse("casework:public_case", args=[case.pk]),
        text=" ".join([case.public_text, about.zh, about.en, place.name]), place=place.path, at=case.submitted_at or case.made_at,
    )  # fmt: skip


def every_entry() -> Iterator[Entry]:
    for case in Case.objects.public().select_related("place").iterator(500):
        yield describe(case)


def renew(case: Case) -> None:
    """As it should be found now, or not at all."""
    if is_public(case):
        put_entries([describe(case)])
    else:
        drop_entries(kind=KIND, subjects=[case.pk])


def pages(site: Site) -> Iterator[MapEntry]:
    """For the map of a site: those of its own place; a compound's with those of its houses."""
    if site.kind == SiteKind.PLACE:
        rows = Case.objects.public().filter(parent=None).order_by("-pk")
        rows = rows.at(site.place) if site.place.level >= Level.COMPOUND else rows.filter(place=site.place)
        for pk, changed in rows.values_list("pk", "changed_at").iterator(chunk_size=500):
            yield MapEntry(reverse("casework:public_case", args=[pk]), changed)


register_kind(KIND, _("反映的事"), every_entry, order=36)
list_in_map(pages)
