"""Who keeps the directory of phones."""

from enum import StrEnum

from linli.people import api as people
from linli.people.api import Role


class D(StrEnum):
    DIRECTORY_EDIT = "directory.edit"  # add, correct, verify, import and export entries of the place


KEEPERS = (Role.SERVICE_STATION, Role.RESIDENTS_COMMITTEE, Role.STREET_OFFICE, Role.SITE_EDITOR)

people.register(D, {role: {D.DIRECTORY_EDIT} for role in KEEPERS})
