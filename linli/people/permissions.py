"""This app's part of the permission enum, and which roles have it (domain/trust.md section 3)."""

from enum import StrEnum

from . import policy
from .rules import Role


class P(StrEnum):
    CHART_SEE = "chart.see"  # floors, doors, areas of a building
    OCCUPANTS_SEE = "occupants.see"  # who lives behind a door, masked
    HOMES_EDIT = "homes.edit"  # import and correct homes
    CODES_PRINT = "codes.print"  # print the paper codes of homes
    CLAIMS_DECIDE = "claims.decide"  # the desk of residency claims
    PEOPLE_FIND = "people.find"  # find an account, masked
    PEOPLE_REVEAL = "people.reveal"  # see a phone number or name in clear, with a purpose
    PEOPLE_ENROL = "people.enrol"  # make an account in person, print its card, change a lost number
    MANDATES_RECORD = "mandates.record"  # record a mandate given on paper, in person or by phone
    BODIES_EDIT = "bodies.edit"  # make, rename, split, merge and end bodies
    POSTS_APPOINT = "posts.appoint"  # appoint and dismiss; whom: rules.MAY_APPOINT
    AUDIT_READ = "audit.read"  # the audit log of a place
    OUTBOX_RUN = "outbox.run"  # see what could not be delivered, try it again or give it up
    HEALTH_SEE = "health.see"  # what the doctor says of the instance


_COMMITTEE = {
    P.CHART_SEE, P.OCCUPANTS_SEE, P.HOMES_EDIT, P.CODES_PRINT, P.CLAIMS_DECIDE, P.PEOPLE_FIND, P.PEOPLE_REVEAL,
    P.PEOPLE_ENROL, P.MANDATES_RECORD, P.POSTS_APPOINT,
}  # fmt: skip

GRANTS: dict[Role, set[P]] = {
    Role.RESIDENT: {P.CHART_SEE},
    Role.OWNERS_COMMITTEE: {P.CHART_SEE, P.POSTS_APPOINT},
    Role.RESIDENTS_COMMITTEE: _COMMITTEE,
    Role.SERVICE_STATION: {
        P.CHART_SEE, P.PEOPLE_FIND, P.PEOPLE_REVEAL, P.PEOPLE_ENROL, P.MANDATES_RECORD, P.POSTS_APPOINT,
    },
    Role.PROPERTY_COMPANY: {P.CHART_SEE, P.POSTS_APPOINT},
    Role.STREET_OFFICE: {*_COMMITTEE, P.BODIES_EDIT, P.AUDIT_READ},
    Role.DISTRICT: {P.CHART_SEE, P.BODIES_EDIT, P.POSTS_APPOINT, P.AUDIT_READ},
    Role.PROVIDER: {P.POSTS_APPOINT},
    Role.CALL_AGENT: {P.MANDATES_RECORD},
    Role.AUDITOR: {P.CHART_SEE, P.AUDIT_READ},
    Role.OPERATOR: {P.BODIES_EDIT, P.POSTS_APPOINT, P.OUTBOX_RUN, P.HEALTH_SEE},
}  # fmt: skip

policy.register(P, GRANTS)
