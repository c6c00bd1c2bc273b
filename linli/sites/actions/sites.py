"""Opening sites, and changing their address and look."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area, Level, cell
from linli.common import clock
from linli.common.errors import UserError
from linli.common.pagecache import bump
from linli.people.api import Body

from ..models import FormerSlug, Site
from ..rules import LONGEST, RESERVED, SLUG, SiteKind, free_slug, plain_slug, spell

LEVELS = (Level.STREET, Level.COMMUNITY, Level.COMPOUND)


@transaction.atomic
def ensure_sites(*, now: datetime, keys: Iterable[int] | None = None) -> int:
    """Open the missing sites of streets, communities and compounds inside the cell; how many there were.

    With `keys` only those of these places and all below them are looked at. Four statements, whatever the number.
    """
    top = cell()
    if top is None:
        return 0
    missing = Area.objects.under(top).filter(level__in=LEVELS, valid_to=None)
    if keys is not None:
        paths = list(
            Area.objects.filter(pk__in=list(keys), level__lte=Level.COMPOUND).values_list("path", flat=True)
        )
        if not paths:
            return 0
        inside = top.path in paths or any(top.path.startswith(path) for path in paths)
        missing = missing if inside else missing.filter(Q(pk__in=list(keys)))
    standing = Site.objects.filter(kind=SiteKind.PLACE).values("place")
    places = list(missing.exclude(pk__in=standing).order_by("level", "sort", "pk"))
    if not places:
        return 0
    taken = taken_slugs()
    sites = []
    for place in places:
        slug = free_slug(slug_of(place.name, place.latin), taken)
        taken.add(slug)
        sites.append(Site(place=place, slug=slug, opened_at=now))
    Site.objects.bulk_create(sites, batch_size=500)
    bump("sites")
    return len(sites)


@transaction.atomic
def open_group_site(
    *, body: Body, place: Area, kind: SiteKind, lead: str, slug: str = "", now: datetime
) -> Site:
    """The site of a civic group, a club or a party branch, in the frame of the place where it stands.

    Raises UserError (slug) for an address that is taken or not one.
    """
    taken = taken_slugs()
    if slug:
        check_slug(slug, taken)
    site = Site.objects.create(
        kind=kind,
        body=body,
        place=place,
        lead=lead,
        opened_at=now,
        slug=slug or free_slug(slug_of(body.name, ""), taken),
    )
    bump("sites", f"site:{site.pk}")
    return site


@transaction.atomic
def move_site(*, site: Site, slug: str) -> Site:
    """Give a site another address; the former one leads there. Raises UserError (slug)."""
    if slug == site.slug:
        return site
    check_slug(slug, taken_slugs() - set(site.former_slugs.values_list("slug", flat=True)))
    FormerSlug.objects.filter(slug=slug).delete()
    FormerSlug.objects.create(slug=site.slug, site=site)
    site.slug = slug
    site.save(update_fields=["slug"])
    bump("sites", f"site:{site.pk}")
    return site


@transaction.atomic
def shape_site(*, site: Site, lead: str, accent: str) -> Site:
    """The line under its name and its colour."""
    site.lead, site.accent = lead, accent
    site.save(update_fields=["lead", "accent"])
    bump("sites", f"site:{site.pk}")
    return site


@transaction.atomic
def set_host(*, site: Site, host: str, allowed: Iterable[str]) -> Site:
    """Let a host name of its own lead to the site; an empty one takes it away. Raises UserError (host)."""
    host = host.strip().lower().rstrip(".")
    if host and host not in {name.lower() for name in allowed}:
        raise UserError(_("先把这个域名写进实例的 hosts，再绑定到站点。"), field="host")
    if host and Site.objects.filter(host=host).exclude(pk=site.pk).exists():
        raise UserError(_("这个域名已经给了别的站。"), field="host")
    site.host = host
    site.save(update_fields=["host"])
    bump("sites", f"site:{site.pk}")
    return site


def taken_slugs() -> set[str]:
    """Addresses that are given, were given, or mean something else."""
    return {*RESERVED, *Site.objects.values_list("slug", flat=True), *FormerSlug.objects.values_list("slug", flat=True)}


def check_slug(slug: str, taken: set[str]) -> None:
    """Raises UserError (slug) for what is no address or taken."""
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST:
        raise UserError(_("网址只能用小写字母、数字和短横线，最多 40 个。"), field="slug")
    if slug in taken:
        raise UserError(_("这个网址已经有人用了，换一个。"), field="slug")


def slug_of(name: str, latin: str) -> str:
    """The address that a name suggests."""
    return plain_slug(latin) if latin else spell(name, _pinyin)


def _pinyin(name: str) -> str:
    """Pinyin without tones; the dictionary is loaded by whoever opens sites, never by a web worker that only shows them."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(name))


def ensure_now(keys: Iterable[int] | None = None) -> int:
    """For listeners, who are told keys only."""
    return ensure_sites(now=clock.now(), keys=keys)
