"""Reading what was arranged."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Q
from django.db.models.functions import Cast
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, WorkflowState

from linli.common.pagecache import kept
from linli.files.api import File
from linli.people.api import Actor
from linli.sites.api import S, Site, group_of

from .models import GuidePage, HomePage, LibraryFile
from .rules import Part, former_paths


def arrangement(site: Site) -> list[Part] | None:
    """The parts of the published first page, in order; None where the usual order holds. One query, kept."""
    return kept(("arrangement", site.pk), lambda: _arrangement(site), tags=(f"site:{site.pk}",))


def _arrangement(site: Site) -> list[Part] | None:
    home = HomePage.objects.filter(site_id=site.pk, live=True).only("main", "aside").first()
    return None if home is None else parts_of(home)


def parts_of(home: HomePage) -> list[Part]:
    """The parts of a first page as it stands, or of a draft of it."""
    return [
        Part(column, block.block_type, _values(block.block_type, block.value))
        for column in ("main", "aside")
        for block in getattr(home, column)
    ]


def _values(kind: str, value: Any) -> dict[str, Any]:
    if kind == "text":
        return {"title": value["title"], "text": value["text"].source}
    if kind == "pictures":
        return {"title": value["title"], "shots": [shot for one in value["pictures"] if (shot := shown(one))]}
    if kind == "links":
        return {"title": value["title"], "links": [dict(link) for link in value["links"]]}
    return {"part": value["part"]} if kind == "slot" else {}


def shown(block: Any) -> dict[str, Any] | None:
    """A picture block for its template; nothing where the picture is gone."""
    row = block["picture"]
    return {"file": row.file, "alt": row.alt, "caption": block["caption"]} if row is not None else None


def guides_of(site: Site) -> list[GuidePage]:
    """Its guides, by kind and title; no bodies."""
    rows = GuidePage.objects.filter(site_id=site.pk, live=True)
    return list(
        rows.only("title", "slug", "kind", "intro", "last_published_at", "site_id").order_by("kind", "path")
    )


def find_guide(site: Site, slug: str) -> GuidePage | None:
    return GuidePage.objects.filter(site_id=site.pk, live=True, slug=slug).first()


def moved_guide(site: Site, slug: str) -> str | None:
    """Where the guide stands now that once had this address, also under a former address of its site."""
    slugs = [site.slug, *site.former_slugs.values_list("slug", flat=True)]
    found = Redirect.objects.filter(old_path__in=former_paths(slugs, slug), redirect_page__live=True)
    page = found.values_list("redirect_page__slug", flat=True).first()
    return f"{site.url}guides/{page}/" if page else None


def files_of(site: Site) -> list[LibraryFile]:
    """What the library lists, the newest first."""
    return list(LibraryFile.objects.filter(site_id=site.pk, listed=True).order_by("-at")[:200])


def sites_for(actor: Actor, day: date) -> list[Site]:
    """The sites that the actor arranges, from the street down."""
    group, paths = group_of(actor, S.SITE_EDIT), actor.paths_for(S.SITE_EDIT)
    if group is None and not paths:
        return []
    where = Q(body=group) if group else reduce(or_, (Q(place__path__under=path) for path in paths))
    return list(
        Site.objects.open_on(day)
        .filter(where)
        .select_related("place", "body")
        .order_by("place__level", "place__sort", "pk")
    )


def guides_at_desk(site: Site) -> list[GuidePage]:
    """All guides of a site with their state, drafts too."""
    rows = GuidePage.objects.filter(site_id=site.pk)
    return list(
        rows.only(
            "title",
            "slug",
            "kind",
            "live",
            "has_unpublished_changes",
            "latest_revision_created_at",
            "site_id",
        ).order_by("path")
    )


def waiting(site: Site) -> list[Page]:
    """Pages of the site that somebody handed in and nobody has looked at."""
    pages = Page.objects.filter(Q(homepage__site=site) | Q(guidepage__site=site))
    states = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS, base_content_type=ContentType.objects.get_for_model(Page)
    ).annotate(page_key=Cast("object_id", BigIntegerField()))
    return list(pages.filter(pk__in=states.values("page_key")))


def banner_of(site: Site) -> dict[str, Any] | None:
    """The picture above its first page: file and what it shows."""
    if not site.banner_id:
        return None
    alt = File.objects.filter(pk=site.banner_id).values_list("alt", flat=True).first()
    return None if alt is None else {"file": site.banner_id, "alt": alt}
