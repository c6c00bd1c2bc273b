"""What happened to persons, their posts and the places where they live."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ResidencyVerified:
    """A claim was proved: the rights of a resident or owner begin."""

    residency_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class ResidencyEnded:
    """Somebody moved out, or his stay ran out: the rights are gone."""

    residency_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class ResidencyRefused:
    """The committee did not find a claim proved; the reason stands in its history."""

    residency_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class ResidencyWithdrawn:
    """A claim was taken back before anybody decided it."""

    residency_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class ResidencyReopened:
    """A claim that was refused or had run out waits once more."""

    residency_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class PostBegan:
    """A person's term in a post began."""

    post_id: UUID
    person_id: UUID
    body_id: UUID


@dataclass(frozen=True)
class PostEnded:
    """A person's term in a post is over, by its date or before it. Told for each date that was set: read the post."""

    post_id: UUID
    person_id: UUID
    body_id: UUID


@dataclass(frozen=True)
class AccountsMerged:
    """Two accounts of one person became one: what is keyed by the dropped one goes to the kept one."""

    kept_id: UUID
    dropped_id: UUID


@dataclass(frozen=True)
class AccountClosed:
    """A person closed his account; what belongs to him goes."""

    person_id: UUID
