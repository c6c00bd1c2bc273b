"""The door of sites."""

from .actions.sites import ensure_sites, move_site, open_group_site, set_host, shape_site
from .frame import local_of, of_site, place_tag, site_tags, stand_in
from .front_door import FrontDoor
from .models import Site
from .permissions import S
from .queries import (
    all_sites,
    find_site,
    group_sites,
    nearest_site,
    site_at_host,
    site_of,
    site_urls,
    sites_of_level,
)
from .rules import SiteKind

__all__ = [
    "FrontDoor",
    "S",
    "Site",
    "SiteKind",
    "all_sites",
    "ensure_sites",
    "find_site",
    "group_sites",
    "local_of",
    "move_site",
    "nearest_site",
    "of_site",
    "open_group_site",
    "place_tag",
    "set_host",
    "shape_site",
    "site_at_host",
    "site_of",
    "site_tags",
    "site_urls",
    "sites_of_level",
    "stand_in",
]
