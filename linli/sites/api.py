"""The door of sites."""

from .actions.groups import ask_for_group, close_group, open_group, refuse_group
from .actions.sites import ensure_sites, move_site, open_group_site, set_host, shape_site
from .addresses import absolute, tag_uri
from .feeds import FeedEntry, feed
from .frame import local_of, noun_tag, of_site, place_tag, site_tags, stand_in
from .front_door import FrontDoor
from .kept_boxes import expect_boxes, kept_boxes, nav_tags, nobody
from .maps import MapEntry, list_in_map
from .models import GroupApplication, Site
from .permissions import S, group_of, key_of, may_at
from .queries import (
    all_sites,
    find_site,
    group_sites,
    group_urls,
    nearest_site,
    site_at_host,
    site_of,
    site_urls,
    sites_of_level,
)
from .rules import SiteKind

__all__ = [
    "FeedEntry",
    "FrontDoor",
    "GroupApplication",
    "MapEntry",
    "S",
    "Site",
    "SiteKind",
    "absolute",
    "all_sites",
    "ask_for_group",
    "close_group",
    "ensure_sites",
    "expect_boxes",
    "feed",
    "find_site",
    "group_of",
    "group_sites",
    "group_urls",
    "kept_boxes",
    "key_of",
    "list_in_map",
    "local_of",
    "may_at",
    "move_site",
    "nav_tags",
    "nearest_site",
    "nobody",
    "noun_tag",
    "of_site",
    "open_group",
    "open_group_site",
    "place_tag",
    "refuse_group",
    "set_host",
    "shape_site",
    "site_at_host",
    "site_of",
    "site_tags",
    "site_urls",
    "sites_of_level",
    "stand_in",
    "tag_uri",
]
