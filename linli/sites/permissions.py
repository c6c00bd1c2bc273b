"""Who may shape a site and found one for a group."""

from enum import StrEnum

from linli.people import api as people
from linli.people.api import Role


class S(StrEnum):
    SITE_EDIT = "site.edit"  # its lead, colour, banner, and the arrangement of its pages
    GROUP_FOUND = "group.found"  # open a site for a civic group, an interest club or a party branch at once
    GROUP_APPLY = "group.apply"  # ask for one; the committee opens it


people.register(
    S,
    {
        Role.SITE_EDITOR: {S.SITE_EDIT},
        Role.RESIDENTS_COMMITTEE: {S.SITE_EDIT, S.GROUP_FOUND},
        Role.STREET_OFFICE: {S.SITE_EDIT, S.GROUP_FOUND},
        Role.RESIDENT: {S.GROUP_APPLY},
    },
)
