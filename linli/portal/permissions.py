"""Who may publish on the sites."""

from enum import StrEnum

from linli.people import api as people
from linli.people.api import Role


class N(StrEnum):
    NOTICE_DESK = "notice.desk"  # the desk of notices of one's own body, and of those one looks after
    NOTICE_WRITE = "notice.write"  # write notices for one's own body, and see who has opened them
    NOTICE_CHECK = (
        "notice.check"  # check another's notice, of one's own body or one below (notice_rules.CHECKS)
    )


_BOTH = {N.NOTICE_DESK, N.NOTICE_WRITE, N.NOTICE_CHECK}
people.register(
    N,
    {
        Role.SITE_EDITOR: {N.NOTICE_DESK, N.NOTICE_WRITE},
        Role.OWNERS_COMMITTEE: _BOTH,
        Role.PROPERTY_COMPANY: _BOTH,
        Role.SERVICE_STATION: _BOTH,
        Role.RESIDENTS_COMMITTEE: _BOTH,
        Role.STREET_OFFICE: _BOTH,
        Role.DISTRICT: {N.NOTICE_DESK, N.NOTICE_CHECK},
    },
)
