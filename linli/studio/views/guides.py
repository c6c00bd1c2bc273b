"""Guides and the file library of a site, as everybody sees them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from linli.common.pagecache import cached
from linli.people.api import public
from linli.sites.api import Site, of_site, site_tags, stand_in

from .. import queries
from ..models import GuidePage
from ..models.pages import previews
from ..rules import GuideKind


@require_safe
@public
@cached(tags=lambda slug: site_tags(slug))
@of_site
def guides(request: HttpRequest, site: Site) -> HttpResponse:
    rows = queries.guides_of(site)
    groups = [(kind.label, [row for row in rows if row.kind == kind]) for kind in GuideKind]
    context = {"groups": [group for group in groups if group[1]], "files": queries.files_of(site)[:5]}
    return render(request, "studio/guides.html", context)


@require_safe
@public
@cached(tags=lambda slug, page: site_tags(slug))
@of_site
def guide(request: HttpRequest, site: Site, page: str) -> HttpResponse:
    found = queries.find_guide(site, page)
    if found is None:
        present = queries.moved_guide(site, page)
        if present is None:
            raise Http404
        return redirect(present, permanent=True)
    return render(request, "studio/guide.html", _context(found))


@require_safe
@public
@cached(tags=lambda slug: site_tags(slug))
@of_site
def files(request: HttpRequest, site: Site) -> HttpResponse:
    return render(request, "studio/files.html", {"files": queries.files_of(site)})


def preview(request: HttpRequest, page: GuidePage) -> HttpResponse:
    """A draft, in the frame of its site."""
    stand_in(request, page.home_site())
    return render(request, "studio/guide.html", _context(page))


def _context(page: GuidePage) -> dict[str, Any]:
    blocks = [
        {
            "kind": block.block_type,
            "value": queries.shown(block.value) if block.block_type == "picture" else block.value,
        }
        for block in page.body
    ]
    return {
        "guide": page,
        "kind": GuideKind(page.kind).label,
        "steps": [step.value for step in page.steps],
        "blocks": blocks,
    }


previews["GuidePage"] = preview
