"""The one question of rights: may this actor use this permission at this place, now?

Apps register their part of the permission set with `register`; a permission that no role grants is granted to
nobody. Nothing here is spelled as a string in a view.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from linli.areas.api import Area, Level
from linli.common import prepared

from .models import Mandate, Person, Post, Residency
from .rules import OF_HOME, OWNING, BodyKind, MandateScope, Role

_GRANTS: dict[Role, set[StrEnum]] = defaultdict(set)
_KNOWN: set[StrEnum] = set()


def register(part: type[StrEnum], grants: dict[Role, set[Any]]) -> None:
    """Add an app's part of the permission enum and which roles have it. Raises ValueError on a foreign permission."""
    members = set(part)
    for role, permissions in grants.items():
        if not permissions <= members:
            raise ValueError(f"{part.__name__} grants permissions of another app")
        _GRANTS[role] |= permissions
    _KNOWN.update(members)


def permissions_of(role: Role) -> frozenset[StrEnum]:
    return frozenset(_GRANTS.get(role, ()))


@dataclass(frozen=True)
class Holding:
    """A post in force, with the paths of its body's places."""

    id: UUID
    body_id: UUID
    body_name: str
    role: Role
    title: str
    is_head: bool
    paths: tuple[str, ...]
    until: date | None

    @property
    def label(self) -> str:
        return f"{self.body_name}·{self.title}"


@dataclass(frozen=True)
class Stay:
    """A verified residency: the path of the home (or community) and those of the places that it makes one a member of."""

    area_id: int
    path: str
    level: int
    owner: bool
    in_home: bool

    @property
    def roles(self) -> frozenset[Role]:
        if not self.in_home:
            return frozenset({Role.MEMBER})
        return frozenset({Role.RESIDENT, Role.OWNER} if self.owner else {Role.RESIDENT})


@dataclass
class Actor:
    """Who asks: a person (None: nobody signed in), the posts he holds, which one acts, and for whom he acts.

    While a post acts, only its role counts; otherwise only what follows from residency. One's own things are
    reached by being one's own, not by role.
    """

    person: Person | None = None
    holdings: tuple[Holding, ...] = ()
    acting: Holding | None = None
    stays: tuple[Stay, ...] = ()
    mandate: Mandate | None = None
    needs_factor: bool = False
    memo: dict[str, Any] = field(default_factory=dict)

    @property
    def person_id(self) -> UUID | None:
        return self.person.pk if self.person else None

    @property
    def post_id(self) -> UUID | None:
        return self.acting.id if self.acting else None

    @property
    def principal(self) -> Person | None:
        """Whose affairs these are: the person acted for, else oneself."""
        return self.mandate.principal if self.mandate else self.person

    @property
    def principal_id(self) -> UUID | None:
        return self.mandate.principal_id if self.mandate else None

    def may_for_other(self, scope: MandateScope) -> bool:
        """True when acting for oneself, or within the mandate's scope."""
        return self.mandate is None or self.mandate.allows(scope)

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that count now, wherever."""
        if self.person is None:
            return frozenset()
        if self.acting:
            return frozenset({self.acting.role})
        roles = {Role.UNVERIFIED}
        return frozenset(roles.union(*(stay.roles for stay in self.stays)))

    @property
    def permissions(self) -> frozenset[StrEnum]:
        """All permissions that the actor has somewhere."""
        return frozenset[StrEnum]().union(*(_GRANTS.get(role, set()) for role in self.roles))

    def paths_for(self, permission: StrEnum) -> tuple[str, ...]:
        """The places where the actor has the permission; everything below them is meant too."""
        if self.person is None:
            return ()
        if self.acting:
            return self.acting.paths if permission in _GRANTS[self.acting.role] else ()
        paths = [stay.path for stay in self.stays if any(permission in _GRANTS[role] for role in stay.roles)]
        return tuple(dict.fromkeys(paths))


def may(actor: Actor, permission: StrEnum, place: Area | str) -> bool:
    """Whether the actor has the permission at the place. Deny by default.

    Raises LookupError for a permission that no app registered.
    """
    if permission not in _KNOWN:
        raise LookupError(permission)
    path = place if isinstance(place, str) else place.path
    return any(path.startswith(own) for own in actor.paths_for(permission))


def holds(actor: Actor, permission: StrEnum) -> bool:
    """Whether the acting post gives the permission: at its places or, of a civic group's post, on the group's own site."""
    return actor.acting is not None and permission in _GRANTS[actor.acting.role]


def may_anywhere(actor: Actor, permission: StrEnum) -> bool:
    """Whether there is any place where the actor has the permission."""
    return bool(actor.paths_for(permission))


def load_holdings(person: Person, day: date) -> tuple[Holding, ...]:
    """The posts in force of a person, the oldest first; one query without any, four with some."""
    posts = Post.objects.filter(person=person).held_on(day).prefetch_related("body__places__area")
    return tuple(
        Holding(
            post.pk,
            post.body_id,
            post.body.name,
            Role(post.role),
            post.title,
            post.is_head,
            () if _is_of_group(post) else tuple(p.area.path for p in post.body.places.all() if p.since <= day and (p.until is None or p.until > day)),
            post.until,
        )
        for post in sorted(posts, key=lambda post: (post.since, post.pk))
    )


def _is_of_group(post: Post) -> bool:
    """A civic group's own editor shapes its site (`sites.may_at`); where the group stands he has no more say than before."""
    return post.role == Role.SITE_EDITOR and post.body.kind == BodyKind.SOCIAL_ORG


def load_stays(person: Person, day: date) -> tuple[Stay, ...]:
    """The verified residencies of a person. A home makes one a member of its compound; one query."""
    return tuple(stay_of(row) for row in prepared.rows(_stays_of, values=(person.pk, day)))


UP = ("", "__parent", "__parent__parent", "__parent__parent__parent")  # a home, its entrance, building and compound
STAY = ("kind", "area_id", *(f"area{up}__{name}" for up in UP for name in ("level", "path")))  # of a residency


def stay_of(row: Sequence[Any]) -> Stay:
    """A residency from its fields `STAY`."""
    kind, area, *chain = row
    levels, paths = chain[::2], chain[1::2]
    path = next((path for level, path in zip(levels[1:], paths[1:], strict=True) if level == Level.COMPOUND), paths[0])
    return Stay(area, path, levels[0], kind in OWNING, kind in OF_HOME)


def _stays_of(person: UUID, day: date) -> QuerySet[Residency, Any]:
    return Residency.objects.filter(person=person).verified_on(day).order_by("pk").values_list(*STAY)


def load_stays_under(mandate: Mandate, day: date) -> tuple[Stay, ...]:
    """The principal's residencies, where the mandate lets one act in the affairs of a home; else none."""
    if not (mandate.allows(MandateScope.REQUESTS) or mandate.allows(MandateScope.APPLICATIONS)):
        return ()
    return load_stays(mandate.principal, day)
