"""Who may write to the people of a place."""

from enum import StrEnum

from linli.people import api as people
from linli.people.api import Role


class M(StrEnum):
    MESSAGES_SEND = "messages.send"  # write to the people of a place and see what arrived, masked


people.register(M, {Role.RESIDENTS_COMMITTEE: {M.MESSAGES_SEND}, Role.STREET_OFFICE: {M.MESSAGES_SEND}})
