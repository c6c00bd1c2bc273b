"""The file library and the look of a site. Every byte goes through `linli.files`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common import audit
from linli.common.errors import UserError
from linli.common.pagecache import bump
from linli.common.text import clean
from linli.files.api import File, delete_file, delete_files, take
from linli.people.api import Actor
from linli.sites.api import Site, place_tag, shape_site

from ..library import BANNER, LIBRARY
from ..models import LibraryFile


@transaction.atomic
def add_file(
    *,
    site: Site,
    uploaded: Any,
    title: str,
    alt: str = "",
    listed: bool = True,
    once: str = "",
    by: Actor,
    now: datetime,
) -> LibraryFile:
    """Keep a picture or document for the site. Raises UserError (file, title, alt)."""
    title, alt = (" ".join(clean(text).split()) for text in (title, alt))
    if not title:
        raise UserError(_("给它起个名字，居民按名字找。"), field="title")
    row = LibraryFile(site=site, title=title[:80], alt=alt, listed=listed, at=now, by=by.person_id)
    kept = take(uploaded, owner=(LIBRARY, row.pk), by=by, purpose="library", now=now, alt=alt, once=once)
    if kept.owner_id != str(row.pk):  # pressed twice: the first one stands
        return LibraryFile.objects.get(pk=kept.owner_id)
    if kept.is_picture and not alt:
        raise UserError(_("图片要写一句说明，给看不见的人听。"), field="alt")
    row.file, row.type, row.bytes = kept.pk, kept.type, kept.sizes[kept.main_size][0]
    row.save(force_insert=True)
    audit.record(actor=by, action="library.add", subject=row, place=site.place, now=now)
    _anew(site)
    return row


@transaction.atomic
def remove_file(*, row: LibraryFile, by: Actor, now: datetime) -> None:
    """Take a file out of the library; pages that show it show nothing in its place."""
    delete_files(owner=(LIBRARY, row.pk))
    audit.record(actor=by, action="library.remove", subject=row, place=row.site.place, now=now)
    site = row.site
    row.delete()
    _anew(site)


def shape_look(
    *,
    site: Site,
    lead: str,
    accent: str,
    banner: Any = None,
    alt: str = "",
    no_banner: bool = False,
    by: Actor,
    now: datetime,
) -> Site:
    """The line under the name, the enamel, and the banner picture. Raises UserError (file, alt)."""
    lead, alt = (" ".join(clean(text).split()) for text in (lead, alt))
    if banner is not None and not alt:
        raise UserError(_("图片要写一句说明，给看不见的人听。"), field="alt")
    old = site.banner_id
    new = _keep_banner(site, banner, alt, by, now) if banner is not None else None
    with transaction.atomic():
        shape_site(site=site, lead=lead, accent=accent)
        if new is not None or no_banner:
            site.banner_id = new.pk if new else None
            site.save(update_fields=["banner_id"])
            _end(old)
        audit.record(actor=by, action="site.look", subject=site, place=site.place, now=now)
        _anew(site)
    return site


def _keep_banner(site: Site, banner: Any, alt: str, by: Actor, now: datetime) -> File:
    return take(banner, owner=(BANNER, site.pk), by=by, purpose="banner", now=now, alt=alt)


def _end(pk: Any) -> None:
    file = File.objects.filter(pk=pk, owner_kind=BANNER).first() if pk else None
    if file is not None:
        delete_file(file=file)


def _anew(site: Site) -> None:
    bump(place_tag(site.place_id), f"site:{site.pk}")
