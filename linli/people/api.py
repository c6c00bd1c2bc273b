"""The door of people and policy."""

from .access import needs, public, require, signed_in
from .actions.divisions import ensure_district_body, import_divisions
from .models import Body, BodyPlace, Identifier, Mandate, Person, Post, Residency
from .permissions import P
from .policy import Actor, may, may_anywhere, register
from .rules import BodyKind, MandateScope, ResidencyKind, ResidencyState, Role

__all__ = [
    "Actor", "Body", "BodyKind", "BodyPlace", "Identifier", "Mandate", "MandateScope", "P", "Person", "Post", "Residency",
    "ResidencyKind", "ResidencyState", "Role", "ensure_district_body", "import_divisions", "may", "may_anywhere", "needs", "public", "register", "require", "signed_in",
]  # fmt: skip
