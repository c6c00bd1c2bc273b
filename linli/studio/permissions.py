"""Who may publish what an editor arranged. Who arranges: `sites.S.SITE_EDIT`."""

from enum import StrEnum

from linli.people import api as people
from linli.people.api import Role


class T(StrEnum):
    PAGE_CHECK = "page.check"  # publish pages of a site, and decide on those that an editor handed in


people.register(T, {Role.RESIDENTS_COMMITTEE: {T.PAGE_CHECK}, Role.STREET_OFFICE: {T.PAGE_CHECK}})
