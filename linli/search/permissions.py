"""This app's part of the permission enum."""

from enum import StrEnum

from linli.people.api import Role, register


class P(StrEnum):
    SYNONYMS_EDIT = "search.synonyms"  # which words mean the same


register(P, {Role.OPERATOR: {P.SYNONYMS_EDIT}, Role.SITE_EDITOR: {P.SYNONYMS_EDIT}})
