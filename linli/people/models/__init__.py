from .attempt import Attempt
from .body import Body, BodyPlace, BodySuccession, Post
from .identifier import Identifier
from .links import Card, SigninLink
from .mandate import Mandate
from .person import Guardianship, Person
from .residency import HomeCode, Residency, ResidencyEvent, RollEntry

__all__ = [
    "Attempt", "Body", "BodyPlace", "BodySuccession", "Card", "Guardianship", "HomeCode", "Identifier", "Mandate", "Person", "Post",
    "Residency", "ResidencyEvent", "RollEntry", "SigninLink",
]  # fmt: skip
