"""Where a report may say that it happened: one's home, the shared ground, a house; seen from a site."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from linli.areas.api import Area, Level
from linli.people.api import Actor, place_name


@dataclass(frozen=True)
class Where:
    place: Area
    group: str
    label: str

    @property
    def key(self) -> str:
        return str(self.place.pk)


def places_from(site: Area, actor: Actor) -> list[Where]:
    """Of a compound: its ground and its houses; above it: the places below. One's own homes come first."""
    found = [Where(home, _("我家"), place_name(home)) for home in _homes(site, actor)]
    if site.level >= Level.COMPOUND:
        found.append(Where(site, _("公共地方"), _("%(place)s公共地方") % {"place": site.name}))
        houses = Area.objects.filter(parent=site, level=Level.BUILDING, valid_to=None).order_by("sort", "pk")
        return [*found, *(Where(house, _("楼里"), house.name) for house in houses)]
    found.append(Where(site, _("公共地方"), _("%(place)s的路上、街上") % {"place": site.name}))
    below = Area.objects.filter(path__under=site.path, level__in=(Level.COMMUNITY, Level.COMPOUND), valid_to=None).exclude(pk=site.pk)
    names = {area.pk: area.name for area in below}
    ordered = below.order_by("level", "parent__sort", "sort", "pk")
    return [*found, *(Where(area, names.get(area.parent_id or 0, site.name), area.name) for area in ordered)]


def _homes(site: Area, actor: Actor) -> list[Area]:
    if actor.acting is not None:
        return []
    keys = [stay.area_id for stay in actor.stays if stay.in_home]
    return [home for home in Area.objects.filter(pk__in=keys) if home.path.startswith(site.path)]
