"""Who gives keys to programs."""

from enum import StrEnum

from linli.people import api as people
from linli.people.api import Role


class A(StrEnum):
    API_KEYS = "api.keys"  # give and revoke keys of programs that report


people.register(A, {Role.STREET_OFFICE: {A.API_KEYS}, Role.DISTRICT: {A.API_KEYS}, Role.OPERATOR: {A.API_KEYS}})
